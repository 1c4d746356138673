package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import snel.diagnostics.Code;
import snel.elaborate.Context;
import snel.elaborate.Times;
import snel.elaborate.Val;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Exact;
import snel.math.Expr;
import snel.syntax.Expression;

/// Times in whole steps.
final class Durations {
  private final Block block;

  Durations(Block block) {
    this.block = block;
  }

  /// A known time must lie on the grid; one that is computed is tested when it is used.
  Optional<Term> steps(Expression duration) {
    return steps(duration, _ -> true);
  }

  /// The same of what comes again and again, which takes some time.
  Optional<Term> period(Expression period) {
    Context context = block.work().context();
    return steps(period, ms -> Times.isLong(context, "a period", ms, period.span()));
  }

  private Optional<Term> steps(Expression duration, Predicate<Exact> isAllowed) {
    Meaning meaning = block.reader().read(duration);
    if (meaning instanceof Meaning.Fixed(Val.Num(Expr.Num(var ms), _), _)) {
      return Optional.of(ms)
          .filter(isAllowed)
          .flatMap(time -> Times.steps(block.work().context(), time, duration.span()))
          .map(Term.Whole::new);
    }
    if (meaning instanceof Meaning.Fixed(var value, _) && !(value instanceof Val.Bad)) {
      block.work().fault(Code.WRONG_KIND, "a time is wanted here", duration.span());
      return Optional.empty();
    }
    return block
        .reader()
        .term(meaning, duration.span())
        .map(term ->
            new Term.Call(Function.TO_STEPS, List.of(term, new Term.Truth(true)), Type.INTEGER));
  }
}
