package snel.lower.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.ir.protocol.Function;
import snel.ir.protocol.ReadOut;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.model.Readout;
import snel.model.Slice;

/// Lowers the read-outs of a network.
final class ReadOutLowering {
  private static final Set<String> LARGEST =
      Set.of("argmax", "max", "softmax", "winner", "largest");

  private static final String WINNER =
      "`MaxPotential(y)` is the neuron with the largest potential, `MaxCount(y)` that with the most"
          + " spikes: `import std.decode.MaxPotential`";

  private static final Map<String, ReadOut.Kind> KINDS =
      new TreeMap<>(
          Map.of(
              "ResponseLabels", ReadOut.Kind.RESPONSE_LABELS,
              "MaxCount", ReadOut.Kind.MAX_COUNT,
              "FirstSpike", ReadOut.Kind.FIRST_SPIKE,
              "MaxPotential", ReadOut.Kind.MAX_POTENTIAL,
              "Ridge", ReadOut.Kind.RIDGE,
              "LinearSvm", ReadOut.Kind.LINEAR_SVM));

  private static final double RIDGE_PENALTY = 1e-3;
  private static final double SVM_PRICE = 1;

  private final Work work;

  ReadOutLowering(Work work) {
    this.work = work;
  }

  Optional<ReadOut> lower(Readout readout) {
    if (readout.source().isEmpty()) {
      work.fault(
          Diagnostic.of(Code.WRONG_KIND, "a read-out wants a population", readout.span())
              .help(WINNER));
      return Optional.empty();
    }
    Slice slice = readout.source().get();
    Optional<ReadOut.Kind> kind = kind(readout);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    int inputs = slice.size();
    var options = new ReadOutOptions(work, readout);
    if (!options.areInRange()) {
      return Optional.empty();
    }
    int classes = classes(readout, kind.get(), inputs);
    if (classes < 1 || !options.fit((long) inputs * samples(readout), classes)) {
      return Optional.empty();
    }
    double penalty =
        switch (kind.get()) {
          case RIDGE -> readout.numbers().getOrDefault("penalty", RIDGE_PENALTY);
          case LINEAR_SVM -> readout.numbers().getOrDefault("C", SVM_PRICE);
          case RESPONSE_LABELS, MAX_COUNT, FIRST_SPIKE, MAX_POTENTIAL -> 0;
        };
    Optional<Term> features = features(readout, kind.get(), slice);
    if (features.isEmpty()) {
      return Optional.empty();
    }
    var made =
        new ReadOut(
            readout.name(),
            kind.get(),
            features.get(),
            new Potentials(work).ties(readout, slice),
            inputs * samples(readout),
            classes,
            penalty,
            work.place(readout.span()));
    made.terms().forEach(term -> TermPaths.in(term).forEach(work.demands()::observes));
    return Optional.of(made);
  }

  private Optional<ReadOut.Kind> kind(Readout readout) {
    Optional<ReadOut.Kind> kind = Optional.ofNullable(KINDS.get(readout.kind()));
    if (kind.isEmpty()) {
      Diagnostic unknown =
          Diagnostic.of(
                  Code.UNKNOWN_NAME,
                  "there is no read-out `"
                      + readout.kind()
                      + "`"
                      + Nearest.hint(readout.kind(), KINDS.keySet()),
                  readout.span())
              .note("there is " + Prose.codes(KINDS.keySet()));
      work.fault(LARGEST.contains(readout.kind()) ? unknown.help(WINNER) : unknown);
    }
    return kind;
  }

  private int classes(Readout readout, ReadOut.Kind kind, int inputs) {
    int classes =
        switch (kind) {
          case MAX_COUNT -> {
            int group = (int) (double) readout.numbers().getOrDefault("group", 1.0);
            yield inputs % group != 0 ? 0 : inputs / group;
          }
          case MAX_POTENTIAL -> inputs;
          case RESPONSE_LABELS, FIRST_SPIKE, RIDGE, LINEAR_SVM ->
              (int) (double) readout.numbers().getOrDefault("classes", 0.0);
        };
    boolean named = kind != ReadOut.Kind.MAX_COUNT && kind != ReadOut.Kind.MAX_POTENTIAL;
    if (named && !readout.numbers().containsKey("classes")) {
      work.fault(
          Diagnostic.of(
                  Code.WRONG_ARGUMENT_COUNT,
                  "`" + readout.kind() + "` is not told how many classes there are",
                  readout.span())
              .help("write `" + readout.kind() + "(…, classes: 10)`, for example"));
      return 0;
    }
    boolean uneven = kind == ReadOut.Kind.FIRST_SPIKE && classes > 0 && inputs % classes != 0;
    if (classes < 1 || uneven) {
      work.fault(
          Code.UNLIKE_SHAPES,
          "the " + inputs + " neurons of this read-out do not divide into classes",
          readout.span());
      return 0;
    }
    return classes;
  }

  private Optional<Term> features(Readout readout, ReadOut.Kind kind, Slice slice) {
    Term neurons = new Term.Neurons(slice.population(), Selections.of(slice));
    Type row = new Type.Array(List.of(slice.size()));
    return switch (kind) {
      case RESPONSE_LABELS, MAX_COUNT ->
          Optional.of(new Term.Call(Function.COUNT_EACH, List.of(neurons), row));
      case FIRST_SPIKE ->
          Optional.of(new Term.Call(Function.FIRST_SPIKE_EACH, List.of(neurons), row));
      case MAX_POTENTIAL -> new Potentials(work).largest(readout, slice);
      case RIDGE, LINEAR_SVM -> Optional.of(given(readout, slice, neurons, row));
    };
  }

  /// How often filtered trains are looked at in an episode.
  private static int samples(Readout readout) {
    return (int) (double) readout.numbers().getOrDefault("samples", 1.0);
  }

  private Term given(Readout readout, Slice slice, Term neurons, Type row) {
    return switch (readout.member()) {
      case "count" -> new Term.Call(Function.COUNT_EACH, List.of(neurons), row);
      case "first_spike" -> new Term.Call(Function.FIRST_SPIKE_EACH, List.of(neurons), row);
      case "spiked" ->
          new Term.Compare(
              Term.Comparison.GREATER,
              new Term.Call(Function.COUNT_EACH, List.of(neurons), row),
              new Term.Number(0),
              row);
      case "filtered" -> {
        work.demands().spikes(slice.population());
        Term tau = new Term.Number(readout.numbers().getOrDefault("tau", 20.0));
        int samples = samples(readout);
        yield new Term.Call(
            Function.FILTERED,
            List.of(neurons, tau, new Term.Whole(samples)),
            new Type.Array(List.of(slice.size() * samples)));
      }
      default ->
          new Term.Read(slice.population() + "." + readout.member(), Selections.of(slice), row);
    };
  }
}
