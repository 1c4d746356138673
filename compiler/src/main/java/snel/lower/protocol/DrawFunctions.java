package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import snel.diagnostics.Code;
import snel.elaborate.DrawParameters;
import snel.elaborate.NarrowDraws;
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
    Optional<Term> low = call.term("min", -1, new Term.Number(Double.NEGATIVE_INFINITY));
    Optional<Term> high = call.term("max", -1, new Term.Number(Double.POSITIVE_INFINITY));
    if (parameters.size() < names.size() || low.isEmpty() || high.isEmpty()) {
      return Meaning.FAULTY;
    }
    List<OptionalDouble> known = parameters.stream().map(KnownNumber::of).toList();
    Optional<String> fault = DrawParameters.fault(call.function(), known);
    if (fault.isPresent()) {
      return call.work()
          .fault(Code.OUT_OF_RANGE, "`" + call.function() + "` " + fault.get(), call.span());
    }
    boolean isBounded =
        call.expression("min", -1).isPresent() || call.expression("max", -1).isPresent();
    if (isBounded) {
      NarrowDraws.check(
          call.function(),
          known,
          new NarrowDraws.Between(KnownNumber.of(low.get()), KnownNumber.of(high.get())),
          call.span(),
          call.work().context().diagnostics());
    }
    Optional<Term.Bounds> bounds =
        isBounded ? Optional.of(new Term.Bounds(low.get(), high.get())) : Optional.empty();
    int slot = call.work().variable("draws", Type.INTEGER).slot();
    return Meaning.of(
        new Term.Draw(
            distribution, parameters, bounds, call.work().nextStream(), slot, List.of(), type),
        unit);
  }
}
