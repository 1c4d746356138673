package snel.lower.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.ir.Paths;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.math.Bounds;
import snel.math.Interval;
import snel.model.Population;
import snel.model.Synapse;
import snel.model.Variable;
import snel.source.Span;

/// What is assigned to a state, weight or delay is clipped to its range, as in a handler; what is
/// assigned to a parameter must lie in it, which of values that only the run knows it checks.
final class AssignedRanges {
  private final Work work;

  AssignedRanges(Work work) {
    this.work = work;
  }

  /// The value that is stored; nothing, and reported, if it lies out of the range.
  ///
  /// @param span of what gives the value
  Optional<Term> kept(String path, Term value, Span span) {
    Optional<Variable> parameter = parameter(path);
    Optional<Variable> checked = parameter.or(() -> stateOfNeurons(path));
    if (checked.filter(variable -> !isInRange(variable.bounds(), value)).isPresent()) {
      work.fault(Code.OUT_OF_RANGE, "the value lies outside the range of `" + path + "`", span);
      return Optional.empty();
    }
    return Optional.of(
        parameter
            .map(known -> within(path, known, value))
            .or(() -> clipping(path).map(known -> clipped(known.bounds(), value)))
            .orElse(value));
  }

  /// Whether all of what is known of the value lies there.
  private static boolean isInRange(Bounds bounds, Term value) {
    return Arrays.stream(numbers(value)).allMatch(n -> bounds.contain(new Interval(n, n)));
  }

  private static double[] numbers(Term value) {
    return switch (value) {
      case Term.Numbers(var _, double[] all) -> all;
      default -> KnownNumber.of(value).stream().toArray();
    };
  }

  private static Term within(String path, Variable parameter, Term value) {
    Interval range = parameter.bounds().constant();
    if (range.equals(Interval.UNKNOWN) || numbers(value).length > 0) {
      return value;
    }
    List<Term> arguments =
        List.of(
            value,
            new Term.Number(range.low()),
            new Term.Number(range.high()),
            new Term.Truth(parameter.bounds().closed()),
            new Term.Number(parameter.factor()),
            new Term.Word(parameter.unit()),
            new Term.Word(path));
    return new Term.Call(Function.WITHIN, arguments, value.type());
  }

  private static Term clipped(Bounds bounds, Term value) {
    Interval range = bounds.constant();
    return range.equals(Interval.UNKNOWN)
        ? value
        : new Term.Call(
            Function.CLIP,
            List.of(value, new Term.Number(range.low()), new Term.Number(range.high())),
            value.type());
  }

  private Optional<Variable> parameter(String path) {
    String name = Paths.name(path);
    return population(path)
        .flatMap(population -> population.parameter(name))
        .or(() -> synapse(path).flatMap(synapse -> named(name, synapse.parameters().stream())))
        .or(() -> named(path, work.elaborated().network().parameters().stream()));
  }

  private Optional<Variable> stateOfNeurons(String path) {
    return population(path).flatMap(population -> population.state(Paths.name(path)));
  }

  private Optional<Variable> clipping(String path) {
    return stateOfNeurons(path)
        .or(() -> synapse(path).flatMap(synapse -> named(Paths.name(path), clipping(synapse))))
        .or(() -> named(path, work.elaborated().network().states().stream()));
  }

  private static Stream<Variable> clipping(Synapse synapse) {
    return Stream.of(synapse.weight().stream(), synapse.delay().stream(), synapse.states().stream())
        .flatMap(variables -> variables);
  }

  private Optional<Population> population(String path) {
    return work.population(Paths.owner(path));
  }

  private Optional<Synapse> synapse(String path) {
    return work.projection(Paths.owner(path)).map(projection -> projection.synapse());
  }

  private static Optional<Variable> named(String name, Stream<Variable> variables) {
    return variables.filter(variable -> variable.name().equals(name)).findFirst();
  }
}
