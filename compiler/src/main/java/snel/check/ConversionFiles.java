package snel.check;

import java.util.List;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.types.Type;

/// `load onnx("net.onnx", …)`: a file of a trained network of another kind. E0108, E0118.
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
    for (Argument argument : call.arguments()) {
      String option = argument.name() == null ? "file" : argument.name().text();
      switch (option) {
        case "file" -> {
          Type type = context.in(scope).resolved(argument.value());
          if (!(type instanceof Type.Text) && !Wording.isOpen(type)) {
            WrongKind.report(context, type, argument.value().span(), "the name of a file");
          }
        }
        case "map", "maximum", "normalised", "calibrate", "peak" ->
            context.in(scope).type(argument.value());
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
