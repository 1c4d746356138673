package snel.lower.protocol;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostics;
import snel.elaborate.Context;
import snel.elaborate.Env;
import snel.elaborate.Evaluator;
import snel.elaborate.Settings;
import snel.elaborate.Val;
import snel.math.Exact;
import snel.math.Expr;
import snel.model.Network;
import snel.source.Span;
import snel.syntax.Binding;
import snel.syntax.Expression;
import snel.syntax.ModelItem;
import snel.syntax.Name;
import snel.syntax.Statement;
import snel.syntax.TestItem;
import snel.units.Rational;

/// What an experiment says about its runs before it runs anything: step, seed, numerics. What it
/// leaves out it has from the experiment it starts from.
///
/// @param fast whether equality of bits is given up
/// @param preciseTimes where it asks for spike times within the step
public record Header(
    Optional<Rational> step,
    OptionalInt seed,
    Optional<Network.Numerics> numerics,
    Optional<Boolean> fast,
    Optional<Span> preciseTimes) {
  public static final Header NOTHING =
      new Header(
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static final long SEEDS = 1L << 32;

  /// Of a ms: so many are exact in quotients of whole numbers.
  private static final int MOST_DECIMALS = 18;

  /// This header, with what it leaves out taken from `base`.
  public Header over(Header base) {
    return new Header(
        step.or(base::step),
        seed.isPresent() ? seed : base.seed,
        numerics.or(base::numerics),
        fast.or(base::fast),
        preciseTimes.or(base::preciseTimes));
  }

  private Header with(Optional<Rational> other) {
    return new Header(other, seed, numerics, fast, preciseTimes);
  }

  private Header with(OptionalInt other) {
    return new Header(step, other, numerics, fast, preciseTimes);
  }

  /// Reads the header of an experiment or test.
  ///
  /// @param settings what was set from outside, by `EXPERIMENT.name`
  public static Header read(
      String experiment,
      List<? extends TestItem> body,
      Env env,
      Settings settings,
      Diagnostics diagnostics,
      Context.Files files) {
    Context context = new Context(Rational.ONE, diagnostics, files);
    Env inside = env.inner();
    Header header = NOTHING;
    for (TestItem item : body) {
      switch (item) {
        case ModelItem.Parameters(var bindings, _, _) ->
            bindings.forEach(b -> parameter(experiment, b, context, inside, settings));
        case Statement.Step(var duration, _) ->
            header = header.with(step(duration, context, inside).or(header::step));
        case Statement.Seed(var number, _) -> header = header.with(seed(number, context, inside));
        case Statement.Numerics(var choices, _) ->
            header =
                new Header(
                    header.step,
                    header.seed,
                    numerics(choices, context),
                    fast(choices),
                    header.preciseTimes);
        case Statement.PreciseSpikeTimes(var span) ->
            header =
                new Header(
                    header.step, header.seed, header.numerics, header.fast, Optional.of(span));
        default -> {}
      }
    }
    Optional<Val> seed = settings.override(experiment, "seed");
    if (seed.isPresent() && seed.get() instanceof Val.Num(Expr.Num(var value), _)) {
      header = header.with(OptionalInt.of((int) (long) value.toDouble()));
    }
    Optional<Val> step = settings.override(experiment, "step");
    if (step.isPresent() && step.get() instanceof Val.Num(Expr.Num(Exact value), _)) {
      header = header.with(Optional.of(rational(value)));
    }
    return header;
  }

  private static void parameter(
      String experiment, Binding binding, Context context, Env env, Settings settings) {
    String name = binding.name().text();
    Optional<Val> set = settings.override(experiment, name);
    Expression value = binding.value();
    if (set.isPresent()) {
      env.define(name, set.get());
    } else if (value != null) {
      // only constants can matter here; anything else is read when the body is lowered
      Context quiet = new Context(Rational.ONE, new Diagnostics(), noFiles());
      env.define(name, new Evaluator(quiet, env).eval(value));
    }
  }

  private static Context.Files noFiles() {
    return new Context.Files() {
      @Override
      public Val csv(String folder, String name, boolean header, char separator) {
        return Val.BAD;
      }

      @Override
      public Val npy(String folder, String name) {
        return Val.BAD;
      }
    };
  }

  /// A step as an experiment or a setting writes it; what is wrong with it is reported.
  public static Optional<Rational> step(Expression duration, Context context, Env env) {
    Optional<Exact> value = new Evaluator(context, env).constant(duration, "the step");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Rational step = rational(value.get());
    if (step.signum() <= 0) {
      context.fault(Code.BAD_STEP, "the step must be longer than zero", duration.span());
      return Optional.empty();
    }
    if (new BigDecimal(Double.toString(step.toDouble())).scale() > MOST_DECIMALS) {
      String found = "the step has more than " + MOST_DECIMALS + " decimals of a millisecond";
      context.fault(Code.BAD_STEP, found, duration.span());
      return Optional.empty();
    }
    return Optional.of(step);
  }

  private static Rational rational(Exact value) {
    return switch (value) {
      case Exact.Ratio(var ratio) -> ratio;
      case Exact.Approximate(double number) -> Rational.ofShortest(number);
    };
  }

  /// A seed as an experiment or a setting writes it; what is wrong with it is reported.
  public static OptionalInt seed(Expression number, Context context, Env env) {
    Optional<Long> value = new Evaluator(context, env).whole(number, "the seed");
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (value.get() < 0 || value.get() >= SEEDS) {
      context.fault(Code.OUT_OF_RANGE, "a seed lies in 0 ..< 4_294_967_296", number.span());
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) (long) value.get());
  }

  private static Optional<Boolean> fast(List<Name> choices) {
    return choices.stream()
        .map(Name::text)
        .filter(text -> text.equals("fast") || text.equals("strict"))
        .map(text -> text.equals("fast"))
        .findFirst();
  }

  private static Optional<Network.Numerics> numerics(List<Name> choices, Context context) {
    Optional<Network.Numerics> numerics = Optional.empty();
    for (Name choice : choices) {
      switch (choice.text()) {
        case "f32" -> numerics = Optional.of(Network.Numerics.F32);
        case "f64" -> numerics = Optional.of(Network.Numerics.F64);
        case "strict", "fast" -> {}
        default ->
            context.fault(
                Code.UNKNOWN_OPTION,
                "there are no numerics `" + choice.text() + "`: f32, f64, strict, fast",
                choice.span());
      }
    }
    return numerics;
  }
}
