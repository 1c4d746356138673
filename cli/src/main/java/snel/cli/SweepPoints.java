package snel.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.compiler.Options;
import snel.elaborate.Literals;
import snel.ir.protocol.Plan;
import snel.runtime.data.DataFile;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.record.ResultLine;
import snel.runtime.run.Surroundings;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.ProtocolProblem;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Results;
import snel.runtime.schedule.Script;
import snel.runtime.schedule.Value;

/// What lies around a sweep: the experiments of its points.
final class SweepPoints implements Surroundings {
  private final Session session;
  private final Plan.Sweep sweep;
  private final Options options;
  private final ProgramFiles files;
  private final Map<String, ResultLine> results = new HashMap<>();
  private boolean prepared;

  SweepPoints(Session session, Plan.Sweep sweep, Options options, ProgramFiles files) {
    this.session = session;
    this.sweep = sweep;
    this.options = options;
    this.files = files;
  }

  private int point(Machine machine) {
    return Math.toIntExact(machine.slot(sweep.pointSlot()).whole());
  }

  @Override
  public void runExperiment(Machine machine, String experiment) {
    if (!prepared) {
      session.prepare(sweep, options);
      prepared = true;
    }
    int point = point(machine);
    FinishedRun done = session.experiment(experiment, options.with(sweep.settings(point))).whole();
    results.put(point + " " + experiment, done.line());
    done.withEarlier().forEach(run -> count(run, machine));
  }

  /// What the runs of a sweep expect, the sweep expects: each run counts once.
  private void count(FinishedRun run, Machine machine) {
    Results all = machine.results();
    if (!all.counts(run.folder().getFileName().toString())) {
      return;
    }
    ResultLine.Expectations expectations = run.line().expectations();
    for (int k = 0; k < expectations.passed(); k++) {
      all.pass();
    }
    String where = "; `" + run.line().experiment() + "` at " + sweep.shown(point(machine));
    for (ResultLine.Unmet unmet : expectations.unmet()) {
      all.fail(
          new Script.Spot(unmet.file(), unmet.line(), unmet.statement()), unmet.found() + where);
    }
    for (int k = expectations.unmet().size(); k < expectations.failed(); k++) {
      all.fail(machine.spot(), "a stored expectation did not hold" + where);
    }
  }

  /// Results of earlier points are asked for again when a sweep goes on from a checkpoint: the run
  /// is stored then.
  @Override
  public Value resultOf(Machine machine, String experiment, String result) {
    int point = point(machine);
    if (!results.containsKey(point + " " + experiment)) {
      runExperiment(machine, experiment);
    }
    ResultLine line = results.get(point + " " + experiment);
    Object value = line == null ? null : line.results().get(result);
    double factor = line == null ? 1 : Literals.factor(line.units().getOrDefault(result, ""));
    return switch (value) {
      case Number number -> new Value.Real(number.doubleValue() * factor);
      case Boolean truth -> Value.of(truth);
      case String text -> new Value.Text(text);
      case List<?> list when list.stream().allMatch(each -> each instanceof Number) ->
          Value.Array.row(
              list.stream().mapToDouble(each -> ((Number) each).doubleValue() * factor).toArray());
      case null, default ->
          throw new ProtocolProblem(
              ProblemKind.NOT_YET,
              "experiment `%s` reports no `%s`%s"
                  .formatted(
                      experiment,
                      result,
                      line == null ? "" : "; it reports " + line.results().keySet()));
    };
  }

  @Override
  public Records open(Machine machine, String dataSet) {
    throw new IllegalStateException("a sweep reads no data itself");
  }

  @Override
  public DataFile resultFile(String experiment, String file) {
    throw new IllegalStateException("a sweep loads no weights itself");
  }

  @Override
  public DataFile input(String file) {
    return files.find("", file);
  }
}
