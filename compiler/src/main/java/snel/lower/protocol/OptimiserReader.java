package snel.lower.protocol;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.elaborate.Val;
import snel.ir.Training;
import snel.syntax.Expression;
import snel.syntax.TrainingStatement;

/// Reads what `train … with` gives: the optimiser, and what stands beside it for all weights.
final class OptimiserReader {
  /// What stands beside an optimiser for all weights.
  private static final Set<String> ONCE = Set.of("clip_norm", "warm_up", "cosine");

  private final Block block;
  private final Work work;
  private final Lesson lesson;

  OptimiserReader(Block block) {
    this.block = block;
    this.work = block.work();
    this.lesson = work.lesson();
  }

  Optional<Training.Optimiser> read(TrainingStatement.Train train) {
    Optional<MethodOptions> main = Optional.empty();
    double clip = Double.POSITIVE_INFINITY;
    int warmUp = 0;
    int cosine = 0;
    List<Training.Levels> levels = new ArrayList<>();
    Set<String> given = new HashSet<>();
    for (Expression each : train.optimisers()) {
      if (!(each.ungrouped()
          instanceof Expression.Call(Expression.Variable(var name, _), var arguments, var span))) {
        throw MethodOptions.unknown(Places.text(each.span()));
      }
      var options = new MethodOptions(block, name.text(), arguments, span);
      if (ONCE.contains(name.text()) && !given.add(name.text())) {
        lesson.doubt(span, "a second `" + name.text() + "`", "leave one of them out");
      }
      switch (name.text()) {
        case "clip_norm" ->
            clip = options.within("norm", 0, 1, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
        case "warm_up" -> warmUp = options.whole("updates", 0, 0, 0);
        case "cosine" -> cosine = options.whole("updates", 0, 1, 1);
        case "rounded" -> {
          if (levels.stream().anyMatch(before -> before.of().isEmpty())) {
            lesson.doubt(
                span,
                "a `rounded` behind one that speaks of all weights",
                "write `of: [NAME]` in the first one, or leave one of them out");
          }
          levels(options).ifPresent(levels::add);
        }
        case "adam", "adamw", "gradient_descent" -> {
          if (main.isPresent()) {
            lesson.doubt(span, "a second optimiser");
          }
          main = Optional.of(options);
        }
        default -> throw MethodOptions.unknown(name.text());
      }
    }
    double norm = clip;
    Training.Schedule schedule = new Training.Schedule(warmUp, cosine);
    List<Training.Levels> rounding = List.copyOf(levels);
    if (main.isEmpty()) {
      lesson.doubt(train.span(), "no optimiser: write `with adam(1e-3)`");
    }
    return main.map(options -> optimiser(options, norm, schedule, rounding));
  }

  /// `rounded(bits: 8, range: 1, of: [a])`: as many levels on each side of 0 as the bits allow.
  private Optional<Training.Levels> levels(MethodOptions options) {
    int bits = options.whole("bits", 0, 8, 0);
    double range = options.number("range", 1, 1);
    if (bits < 2 || bits > 16 || !(range > 0)) {
      work.fault(
          Code.WRONG_KIND, "`rounded` wants 2 to 16 bits and a range above 0", options.span());
      return Optional.empty();
    }
    List<String> of = new ArrayList<>();
    Optional<Expression> given = options.given("of", -1);
    given
        .map(OptimiserReader::elements)
        .orElse(List.of())
        .forEach(each -> {
          switch (block.reader().read(each)) {
            case Meaning.Fixed(Val.Wires(String path), var _) -> of.add(path);
            case Meaning.Fixed(Val.Bad _, var _), Meaning.Faulty _ -> {}
            default ->
                work.fault(
                    Code.WRONG_KIND, "a projection named by `as` is wanted here", each.span());
          }
        });
    return Optional.of(new Training.Levels((1 << (bits - 1)) - 1, range, of));
  }

  private static List<Expression> elements(Expression given) {
    return given.ungrouped() instanceof Expression.Array(var elements, _)
        ? elements
        : List.of(given);
  }

  private static Training.Optimiser optimiser(
      MethodOptions options,
      double clip,
      Training.Schedule schedule,
      List<Training.Levels> levels) {
    boolean adaptive = !options.name().equals("gradient_descent");
    return new Training.Optimiser(
        adaptive,
        options.within("rate", 0, adaptive ? 1e-3 : 0.01, 0, Double.POSITIVE_INFINITY),
        adaptive ? 0 : options.share("momentum", 1, 0),
        adaptive ? options.share("beta_1", -1, 0.9) : 0,
        adaptive ? options.share("beta_2", -1, 0.999) : 0,
        adaptive
            ? options.within("epsilon", -1, 1e-8, Double.MIN_VALUE, Double.POSITIVE_INFINITY)
            : 0,
        options.within(
            "weight_decay",
            -1,
            options.name().equals("adamw") ? 0.01 : 0,
            0,
            Double.POSITIVE_INFINITY),
        options.name().equals("adamw"),
        options.within("decay", -1, 1, 0, Double.POSITIVE_INFINITY),
        options.whole("every", -1, 1, 1),
        clip,
        schedule,
        levels);
  }
}
