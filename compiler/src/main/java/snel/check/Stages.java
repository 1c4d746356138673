package snel.check;

import java.util.List;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.types.Type;

/// `stream | stage`: samples through `take`, `last`, `shuffle`, `batch`. E0121, E0213, E0217.
final class Stages {
  static final List<String> NAMES = List.of("take", "last", "shuffle", "batch");

  /// What choosing some of the samples is called elsewhere.
  private static final Set<String> CHOOSING = Set.of("filter", "where", "select");

  private final Expressions expressions;
  private final Context context;

  Stages(Expressions expressions) {
    this.expressions = expressions;
    this.context = expressions.context();
  }

  Type type(Expression.Pipe pipe) {
    Type stream = expressions.resolved(pipe.stream());
    switch (pipe.stage().ungrouped()) {
      case Expression.Variable(var name, _) -> stage(name, List.of(), pipe.stage());
      case Expression.Call(Expression.Variable(var name, _), var arguments, _) ->
          stage(name, arguments, pipe.stage());
      case Expression.Missing _ -> {}
      default -> unknown(Wording.text(pipe.stage().span()), pipe.stage());
    }
    return switch (stream) {
      case Things.Dataset(_, var sample) -> new Type.Stream(sample);
      case Type.Stream _, Type.Sequence _, Type.Array _, Type.Unknown() -> stream;
      case Things.Interval(var of) -> new Type.Sequence(of);
      default -> WrongKind.report(context, stream, pipe.stream().span(), "a stream of samples");
    };
  }

  private void stage(Name name, List<Argument> arguments, Expression at) {
    if (!NAMES.contains(name.text())) {
      unknown(name.text(), at);
      return;
    }
    boolean counted = !name.text().equals("shuffle");
    if (counted != (arguments.size() == 1)) {
      context.report(
          Diagnostic.of(
              Code.WRONG_ARGUMENT_COUNT,
              counted
                  ? "`" + name.text() + "` wants one number: `" + name.text() + "(100)`"
                  : "`shuffle` takes no arguments",
              at.span()));
    }
    boolean isBatch = name.text().equals("batch");
    for (Argument argument : arguments) {
      Sizes.counted(
          context,
          expressions.scope(),
          argument.value(),
          isBatch ? "the size of a batch" : "the number of samples",
          isBatch ? 1 : 0);
    }
  }

  private void unknown(String name, Expression at) {
    var diagnostic =
        Diagnostic.of(
                Code.UNKNOWN_OPTION,
                "no stage of a stream is called `" + name + "`" + Nearest.hint(name, NAMES),
                at.span(),
                "no stage")
            .note("there are " + Prose.codes(NAMES));
    context.report(
        CHOOSING.contains(name)
            ? diagnostic.help("choose samples where the data set is declared: `split NAME where …`")
            : diagnostic);
  }
}
