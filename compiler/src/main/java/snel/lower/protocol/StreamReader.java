package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.lower.StreamNames;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;

/// `stream | stage`.
final class StreamReader {
  private static final List<String> STAGES = List.of("take", "last", "shuffle", "batch");

  private final ExpressionReader reader;
  private final Work work;

  StreamReader(ExpressionReader reader) {
    this.reader = reader;
    this.work = reader.work();
  }

  Meaning pipe(Expression stream, Expression stage, Span span) {
    Optional<Term> source = reader.term(stream);
    if (source.isEmpty()) {
      return Meaning.FAULTY;
    }
    return switch (stage.ungrouped()) {
      case Expression.Variable(var name, _) when name.text().equals("shuffle") ->
          shuffle(source.get());
      case Expression.Call(Expression.Variable(var name, _), var arguments, var at) ->
          staged(source.get(), name.text(), arguments, at);
      case Expression other -> unknown(Places.text(other.span()), other.span());
    };
  }

  private Meaning staged(Term source, String stage, List<Argument> arguments, Span span) {
    if (stage.equals("shuffle") && arguments.isEmpty()) {
      return shuffle(source);
    }
    if (stage.equals("batch")) {
      work.fault(
          Diagnostic.of(
                  Code.MISPLACED_STATEMENT,
                  "`batch` is the last stage of what a loop goes over",
                  span,
                  "no stage comes behind it")
              .help("write `for batch in … | shuffle | take(1_000) | batch(100)`"));
      return Meaning.FAULTY;
    }
    if (!stage.equals("take") && !stage.equals("last")) {
      return unknown(stage, span);
    }
    if (arguments.size() != 1) {
      return work.fault(Code.WRONG_ARGUMENT_COUNT, "`" + stage + "` wants one number", span);
    }
    Term.Stage known = stage.equals("take") ? Term.Stage.TAKE : Term.Stage.LAST;
    return reader
        .term(arguments.getFirst().value())
        .map(count -> Meaning.of(new Term.Staged(source, known, count, 0, 0, source.type())))
        .orElse(Meaning.FAULTY);
  }

  /// A new order each time the stream begins.
  private Meaning shuffle(Term source) {
    int epochs = work.variable("epochs", Type.INTEGER).slot();
    Term none = new Term.Whole(0);
    int random = StreamNames.of(name(source), "shuffle", 0);
    return Meaning.of(
        new Term.Staged(source, Term.Stage.SHUFFLE, none, random, epochs, source.type()));
  }

  private String name(Term source) {
    return switch (source) {
      case Term.Data(String dataSet, _, _) -> dataSet;
      case Term.Staged staged -> name(staged.stream());
      default -> work.experiment();
    };
  }

  private Meaning unknown(String stage, Span span) {
    return work.fault(
        Code.UNKNOWN_NAME, "unknown stage `" + stage + "`" + Nearest.hint(stage, STAGES), span);
  }
}
