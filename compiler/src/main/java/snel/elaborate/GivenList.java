package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Prose;
import snel.math.Expr;
import snel.syntax.Binding;
import snel.syntax.Expression;
import snel.syntax.Type;

/// A parameter that is a list is given one, as long as it is declared. E0410.
final class GivenList {
  /// A length that nothing tells.
  private static final int OPEN = -1;

  private final Context context;
  private final Env env;

  /// @param env where the lengths of the declaration are read
  GivenList(Context context, Env env) {
    this.context = context;
    this.env = env;
  }

  /// @param model that declares the parameter
  /// @return the value, or [Val#BAD] if it does not fit, which is then told
  Val check(String model, Binding binding, Val value, Expression written) {
    if (value instanceof Val.Bad) {
      return value;
    }
    List<Integer> wanted = declared(binding);
    if (fits(value, wanted)) {
      return value;
    }
    String found = isEven(value) ? described(shape(value)) : "a list of unequal parts";
    return context.fault(
        Diagnostic.of(
                Code.UNLIKE_SHAPES,
                "`%s` of `%s` wants %s, but `%s` is %s"
                    .formatted(
                        binding.name().text(),
                        model,
                        described(wanted),
                        written.span().text(),
                        found),
                written.span(),
                "this is " + found)
            .label(binding.name().span(), "declared here")
            .help("write " + values(wanted) + " in square brackets"));
  }

  private List<Integer> declared(Binding binding) {
    if (binding.type() instanceof Type.Product(_, var lengths, _)) {
      return lengths.stream().map(this::length).toList();
    }
    Expression fallback = binding.value();
    return fallback == null ? List.of() : shape(new Evaluator(context, env).eval(fallback));
  }

  private int length(Expression length) {
    return new Evaluator(context, env)
        .scalar(length).stream()
            .filter(e -> e instanceof Expr.Num)
            .mapToInt(e -> (int) ((Expr.Num) e).value().toDouble())
            .findFirst()
            .orElse(OPEN);
  }

  private static List<Integer> shape(Val value) {
    return switch (value) {
      case Val.Num(_, var shape) -> shape;
      case Val.Items(var items) -> {
        List<Integer> shape = new ArrayList<>(List.of(items.size()));
        items.stream().findFirst().ifPresent(first -> shape.addAll(shape(first)));
        yield shape;
      }
      default -> List.of();
    };
  }

  private static boolean fits(Val value, List<Integer> wanted) {
    if (!(value instanceof Val.Items(var items))) {
      return shape(value).equals(wanted);
    }
    if (wanted.isEmpty() || wanted.getFirst() != OPEN && wanted.getFirst() != items.size()) {
      return false;
    }
    List<Integer> inner = wanted.subList(1, wanted.size());
    return items.stream().allMatch(item -> fits(item, inner));
  }

  private static boolean isEven(Val value) {
    return !(value instanceof Val.Items(var items))
        || items.stream().allMatch(GivenList::isEven)
            && items.stream().map(GivenList::shape).distinct().count() <= 1;
  }

  private static String described(List<Integer> shape) {
    if (shape.isEmpty()) {
      return "one value";
    }
    if (shape.contains(OPEN)) {
      return shape.size() == 1 ? "a list" : "a list of lists";
    }
    return shape.size() == 1 ? "a list of " + shape.getFirst() : "a list of the shape " + shape;
  }

  private static String values(List<Integer> wanted) {
    return wanted.size() == 1 && !wanted.contains(OPEN)
        ? Prose.counted(wanted.getFirst(), "value")
        : "the values";
  }
}
