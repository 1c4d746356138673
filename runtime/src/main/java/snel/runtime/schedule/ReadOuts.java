package snel.runtime.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.runtime.readout.FittedReadout;
import snel.runtime.readout.Readout;
import snel.runtime.readout.Response;
import snel.runtime.readout.Tally;

/// The read-outs of a network, and their tallies.
public final class ReadOuts {
  private final Map<String, Open> all = new LinkedHashMap<>();

  /// @param population whose activity is read
  /// @param features what the latest episode gives it, of the kind that it wants
  /// @param ties what decides between equals, if it has it
  public record Declaration(
      String name,
      String population,
      Evaluation features,
      Optional<Evaluation> ties,
      Readout readout) {}

  private record Open(Declaration declaration, Tally tally) {}

  ReadOuts(List<Declaration> declarations) {
    for (Declaration declaration : declarations) {
      Tally tally = new Tally(declaration.readout().classes());
      all.put(declaration.name(), new Open(declaration, tally));
    }
  }

  public void fit(Machine machine, String name, Value label) {
    Open open = open(name);
    if (open.declaration.readout() instanceof FittedReadout fitted) {
      Response response = response(machine, open);
      machine.order().later(() -> fitted.fit(response, label.whole()));
    } else {
      throw new IllegalStateException(name + " cannot be fitted");
    }
  }

  /// @param sample that is answered; nothing where that is not known
  public void score(Machine machine, String name, Value label, Value sample) {
    Open open = open(name);
    Readout readout = open.declaration.readout();
    Response response = response(machine, open);
    double time = readout.decided(response, Measures.duration(machine));
    long operations = Measures.synapticOperations(machine.view());
    machine
        .order()
        .later(() -> {
          var cost = new Tally.Cost(time, operations + machine.order().carried());
          open.tally.add(readout.predict(response), label.whole(), scored(sample), cost);
        });
  }

  private static Tally.Scored scored(Value sample) {
    return sample instanceof Value.Sample(Records records, int index)
        ? new Tally.Scored(records.name(), index)
        : Tally.Scored.UNKNOWN;
  }

  public Value label(Machine machine, String name) {
    Open open = open(name);
    int answer = open.declaration.readout().predict(response(machine, open));
    return answer == Readout.NO_ANSWER ? Value.NOTHING : new Value.Whole(answer);
  }

  /// A loop that scores begins its tally afresh.
  public void begin(Machine machine, String name) {
    open(name).tally.begin(Measures.synapticOperations(machine.view()));
  }

  /// Those that have been scored.
  public List<Declaration> scored() {
    return all.values().stream()
        .filter(open -> open.tally.count() > 0)
        .map(Open::declaration)
        .toList();
  }

  public Tally tally(String name) {
    return open(name).tally;
  }

  private static Response response(Machine machine, Open open) {
    double[] values = open.declaration.features().evaluate(machine).numbers();
    return open.declaration
        .ties()
        .map(ties -> new Response(values, ties.evaluate(machine).numbers()))
        .orElse(Response.of(values));
  }

  private Open open(String name) {
    @Nullable Open open = all.get(name);
    if (open == null) {
      throw new IllegalStateException("no read-out " + name);
    }
    return open;
  }

  /// What each has learnt: kept by checkpoints, and taken over by experiments that start from this
  /// one.
  Map<String, Map<String, double[]>> learnt() {
    Map<String, Map<String, double[]>> kept = new LinkedHashMap<>();
    all.forEach((name, open) -> {
      if (open.declaration.readout() instanceof FittedReadout fitted) {
        kept.put(name, fitted.state());
      }
    });
    return kept;
  }

  void learnt(Map<String, Map<String, double[]>> kept) {
    kept.forEach((name, state) -> {
      if (all.get(name) instanceof Open(var declaration, var _)
          && declaration.readout() instanceof FittedReadout fitted) {
        fitted.restore(state);
      }
    });
  }

  Map<String, Map<String, int[]>> tallies() {
    Map<String, Map<String, int[]>> kept = new LinkedHashMap<>();
    all.forEach((name, open) -> kept.put(name, open.tally.state()));
    return kept;
  }

  void tallies(Map<String, Map<String, int[]>> kept) {
    kept.forEach((name, state) -> open(name).tally.restore(state));
  }
}
