package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Binding;
import snel.syntax.Expression;
import snel.types.Type;
import snel.units.Dimension;

/// `param` and `state`: the type is written or told by the default, and the default and the bounds
/// fit it. E0215.
final class Bindings {
  private final Context context;
  private final Scope scope;

  Bindings(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  void parameters(List<Binding> bindings) {
    List<Binding> alone = withoutAny(bindings);
    bindings.stream().filter(binding -> !alone.contains(binding)).forEach(this::parameter);
  }

  void states(List<Binding> bindings) {
    List<Binding> alone = withoutAny(bindings);
    bindings.stream().filter(binding -> !alone.contains(binding)).forEach(this::state);
  }

  /// Names before one with a type and a value that would be theirs too in other languages: `state
  /// a, b : real = 0`. They are told about together.
  private List<Binding> withoutAny(List<Binding> bindings) {
    List<Binding> alone = new ArrayList<>();
    for (Binding binding : bindings) {
      if (binding.type() == null && binding.value() == null) {
        alone.add(binding);
      } else if (!alone.isEmpty()) {
        context.report(shared(alone, binding));
        return alone;
      }
    }
    return List.of();
  }

  private static Diagnostic shared(List<Binding> alone, Binding last) {
    String written = last.span().text().substring(last.name().text().length()).strip();
    String each = " " + written;
    String all =
        alone.stream()
            .map(binding -> binding.name().text() + each)
            .collect(Collectors.joining(", "));
    Span span = alone.getFirst().name().span().to(alone.getLast().name().span());
    return Diagnostic.of(
            Code.TYPE_NEEDED,
            "what stands behind `" + last.name().text() + "` is said of it alone",
            span,
            "without a type of " + (alone.size() == 1 ? "its" : "their") + " own")
        .label(last.span(), "said of `" + last.name().text() + "`")
        .fix("write `" + all + "`", span, all);
  }

  void parameter(Binding binding) {
    if (binding.type() == null && binding.value() == null) {
      context.report(
          Diagnostic.of(
                  Code.TYPE_NEEDED,
                  "nothing tells the type of `" + binding.name().text() + "`",
                  binding.name().span(),
                  "no type and no default")
              .help("write it: `param " + binding.name().text() + " : time`"));
      return;
    }
    check(binding);
    BoundedDefaults.check(context, scope, binding);
  }

  void state(Binding binding) {
    if (binding.type() == null) {
      context.report(untyped(binding));
    }
    check(binding);
    FixedStates.check(context, scope, binding, context.type(scope, binding.name()));
  }

  private void check(Binding binding) {
    Type type = context.type(scope, binding.name());
    if (binding.value() != null) {
      value(type, binding.value(), binding.name());
    }
    bounds(context, scope, type, binding.bounds(), binding.name());
  }

  private void value(Type type, Expression value, snel.syntax.Name name) {
    new Fits(context, scope).check(type, value, "`" + name.text() + "`", Optional.of(name.span()));
  }

  /// Both ends are of the kind that they bound.
  static void bounds(
      Context context,
      Scope scope,
      Type type,
      Expression.@Nullable Range bounds,
      snel.syntax.Name name) {
    if (bounds == null) {
      return;
    }
    for (Expression end : new Expression[] {bounds.lower(), bounds.upper()}) {
      new Fits(context, scope)
          .check(type.single(), end, "a bound of `" + name.text() + "`", Optional.of(name.span()));
    }
  }

  private Diagnostic untyped(Binding binding) {
    String name = binding.name().text();
    var diagnostic =
        Diagnostic.of(
            Code.TYPE_NEEDED,
            "the type of the state `" + name + "` is not written",
            binding.name().span(),
            "no type");
    String known =
        Wording.dimension(context.type(scope, binding.name()))
            .map(Dimension::toString)
            .orElse("voltage");
    return binding.value() == null
        ? diagnostic.help("write it: `state " + name + " : voltage`")
        : diagnostic.fix(
            "write `" + name + " : " + known + "`", binding.name().span(), name + " : " + known);
  }
}
