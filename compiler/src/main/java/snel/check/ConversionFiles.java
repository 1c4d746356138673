package snel.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.types.Type;

/// `load onnx("net.onnx", …)`: a file of a trained network of another kind. E0108, E0118, E0213,
/// E0217.
public final class ConversionFiles {
  /// The kinds of files.
  public static final List<String> NAMES = List.of("onnx", "npz", "hdf5", "safetensors");

  private static final Set<String> OPTIONS =
      Set.of("file", "of", "map", "scale", "calibrate", "maximum", "normalised", "peak");

  private ConversionFiles() {}

  static void check(Context context, Scope scope, Expression.Call call) {
    if (call.callee() instanceof Expression.Variable(var name, var span)
        && !NAMES.contains(name.text())) {
      context.report(
          Diagnostic.of(
              Code.UNKNOWN_NAME,
              "there is no kind of file `" + name.text() + "`" + Nearest.hint(name.text(), NAMES),
              span,
              "not known"));
      return;
    }
    Map<String, Expression> given = new HashMap<>();
    for (Argument argument : call.arguments()) {
      String option = argument.name() == null ? "file" : argument.name().text();
      Expression first = given.putIfAbsent(option, argument.value());
      if (first != null) {
        String shown = Wording.text(call.callee().span());
        context.report(GivenArguments.twice(option, shown, first, argument.value()));
        continue;
      }
      switch (option) {
        case "file" -> {
          Type type = context.in(scope).resolved(argument.value());
          if (!(type instanceof Type.Text) && !Wording.isOpen(type)) {
            WrongKind.report(context, type, argument.value().span(), "the name of a file");
          }
        }
        case "map", "normalised" -> entries(context, scope, option, argument.value());
        case "maximum", "calibrate", "peak" -> context.in(scope).type(argument.value());
        case "of" -> experiment(context, scope, argument.value());
        case "scale" -> {} // words of its own, read when it is lowered
        default ->
            context.report(
                Diagnostic.of(
                    Code.UNKNOWN_ARGUMENT,
                    "`load` has no `" + option + "`" + Nearest.hint(option, OPTIONS),
                    argument.span(),
                    "not known"));
      }
    }
  }

  /// Names in the file with what they stand for here; entries may differ in kind.
  private static void entries(Context context, Scope scope, String option, Expression given) {
    List<Expression> entries =
        given.ungrouped() instanceof Expression.Array(var elements, _) ? elements : List.of(given);
    for (Expression entry : entries) {
      if (entry.ungrouped() instanceof Expression.Tuple(var parts, _) && parts.size() > 1) {
        List<Type> types = parts.stream().map(context.in(scope)::resolved).toList();
        target(context, option, parts, types.get(1));
      } else {
        context.in(scope).type(entry);
      }
    }
  }

  private static void target(Context context, String option, List<Expression> entry, Type target) {
    boolean isMap = option.equals("map");
    if (!(isMap ? target instanceof Things.Cells : target instanceof Things.Wires)) {
      return;
    }
    Expression name = entry.get(1);
    String pair = Wording.text(entry.get(0).span()) + ", " + Wording.text(name.span());
    context.report(
        Diagnostic.of(
                Code.WRONG_KIND,
                "`%s` wants a %s, but `%s` is %s"
                    .formatted(
                        option,
                        isMap ? "projection" : "population",
                        Wording.text(name.span()),
                        target.described()),
                name.span(),
                "this is " + target.described())
            .help(
                isMap
                    ? "a batch normalisation is folded by `normalised: [(" + pair + ")]`"
                    : "weights are taken by `map: [(" + pair + ")]`"));
  }

  private static void experiment(Context context, Scope scope, Expression of) {
    boolean known =
        of.ungrouped() instanceof Expression.Variable(var name, _)
            && scope.file().find(name.text()).filter(FromChains::isExperiment).isPresent();
    if (!known) {
      context.report(
          Diagnostic.of(
              Code.UNKNOWN_NAME,
              "`" + Wording.text(of.span()) + "` is no experiment of this file",
              of.span(),
              "an experiment is wanted here"));
    }
  }
}
