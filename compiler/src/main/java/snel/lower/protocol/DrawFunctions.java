package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.syntax.Expression;

/// Random numbers: each evaluation draws anew.
final class DrawFunctions {
  static final List<String> NAMES =
      List.of("uniform", "normal", "lognormal", "exponential", "bernoulli", "gamma", "binomial");

  private final Arguments call;

  DrawFunctions(Arguments call) {
    this.call = call;
  }

  Optional<Meaning> read() {
    return switch (call.function()) {
      case "uniform" -> Optional.of(draw(Term.Distribution.UNIFORM, 2, Type.REAL));
      case "normal" -> Optional.of(draw(Term.Distribution.NORMAL, 2, Type.REAL));
      case "lognormal" -> Optional.of(draw(Term.Distribution.LOGNORMAL, 2, Type.REAL));
      case "exponential" -> Optional.of(draw(Term.Distribution.EXPONENTIAL, 1, Type.REAL));
      case "bernoulli" -> Optional.of(draw(Term.Distribution.BERNOULLI, 1, Type.TRUTH));
      case "gamma", "binomial" ->
          Optional.of(
              call.work()
                  .fault(
                      Code.NO_MEANING_HERE,
                      "`" + call.function() + "` cannot be drawn in an experiment",
                      call.span()));
      default -> Optional.empty();
    };
  }

  private Meaning draw(Term.Distribution distribution, int wanted, Type type) {
    List<Expression> given = call.unnamed();
    if (given.size() != wanted) {
      return call.work()
          .fault(
              Code.WRONG_ARGUMENT_COUNT,
              "`" + call.function() + "` wants " + wanted + " numbers, not " + given.size(),
              call.span());
    }
    List<Term> parameters = new ArrayList<>();
    String unit = "";
    for (Expression expression : given) {
      Meaning meaning = call.reader().read(expression);
      if (unit.isEmpty()) {
        unit = ExpressionReader.unit(meaning).text();
      }
      call.reader().term(meaning, expression.span()).ifPresent(parameters::add);
    }
    if (parameters.size() < wanted) {
      return Meaning.FAULTY;
    }
    int slot = call.work().variable("draws", Type.INTEGER).slot();
    return Meaning.of(
        new Term.Draw(distribution, parameters, call.work().nextStream(), slot, List.of(), type),
        unit);
  }
}
