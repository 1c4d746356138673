package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.elaborate.DrawParameters;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Expr;

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
      case "uniform" -> Optional.of(draw(Term.Distribution.UNIFORM, Type.REAL));
      case "normal" -> Optional.of(draw(Term.Distribution.NORMAL, Type.REAL));
      case "lognormal" -> Optional.of(draw(Term.Distribution.LOGNORMAL, Type.REAL));
      case "exponential" -> Optional.of(draw(Term.Distribution.EXPONENTIAL, Type.REAL));
      case "gamma" -> Optional.of(draw(Term.Distribution.GAMMA, Type.REAL));
      case "binomial" -> Optional.of(draw(Term.Distribution.BINOMIAL, Type.REAL));
      case "bernoulli" -> Optional.of(draw(Term.Distribution.BERNOULLI, Type.TRUTH));
      default -> Optional.empty();
    };
  }

  private Meaning draw(Term.Distribution distribution, Type type) {
    if (call.expression("min", -1).isPresent() || call.expression("max", -1).isPresent()) {
      return call.work()
          .fault(
              Code.NO_MEANING_HERE,
              "`"
                  + call.function()
                  + "` takes no bounds in an experiment: write `clip("
                  + call.function()
                  + "(…), …, …)`",
              call.span());
    }
    List<String> names = Expr.Draw.parameters(call.function());
    List<Term> parameters = new ArrayList<>();
    String unit = "";
    for (int k = 0; k < names.size(); k++) {
      Meaning meaning = call.meaning(names.get(k), k);
      if (unit.isEmpty()) {
        unit = ExpressionReader.unit(meaning).text();
      }
      call.reader().term(meaning, call.span()).ifPresent(parameters::add);
    }
    if (parameters.size() < names.size()) {
      return Meaning.FAULTY;
    }
    Optional<String> fault =
        DrawParameters.fault(call.function(), parameters.stream().map(KnownNumber::of).toList());
    if (fault.isPresent()) {
      return call.work()
          .fault(Code.OUT_OF_RANGE, "`" + call.function() + "` " + fault.get(), call.span());
    }
    int slot = call.work().variable("draws", Type.INTEGER).slot();
    return Meaning.of(
        new Term.Draw(distribution, parameters, call.work().nextStream(), slot, List.of(), type),
        unit);
  }
}
