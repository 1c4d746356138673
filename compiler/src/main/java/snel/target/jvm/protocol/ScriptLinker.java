package snel.target.jvm.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import snel.ir.protocol.Action;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.Evaluation;
import snel.runtime.schedule.ParameterRange;
import snel.runtime.schedule.Picked;
import snel.runtime.schedule.ProtocolProblem;
import snel.runtime.schedule.SampleThreads;
import snel.runtime.schedule.Script;
import snel.runtime.schedule.Value;

/// Turns an experiment into straight code: loops become jumps, and whatever a loop remembers
/// becomes a slot, so that a checkpoint need only hold a counter and the slots.
public final class ScriptLinker {
  private final ScriptWriter writer;
  private final Map<Integer, Loop> loops = new HashMap<>();
  private final Map<Integer, Evaluation> exitConditions = new HashMap<>();

  /// @param passes slot with the number of the present pass, from 1
  /// @param exits jumps that leave it
  private record Loop(int passes, List<Integer> exits) {}

  private ScriptLinker(int slots) {
    this.writer = new ScriptWriter(slots);
  }

  public static Script link(Experiment experiment) {
    return link(experiment.name(), experiment.slots(), experiment.body(), experiment.place());
  }

  /// Links any body of actions, such as a sweep's.
  public static Script link(String name, int slots, List<Action> body, Place place) {
    ScriptLinker linker = new ScriptLinker(slots);
    linker.all(body);
    linker.writer.add(place, machine -> machine.end());
    return linker.writer.script(name);
  }

  private void all(List<Action> body) {
    body.forEach(this::one);
  }

  private void one(Action action) {
    switch (action) {
      case Action.Run(var steps, var until, Place place) -> run(steps, until, place);
      case Action.Present present -> present(present);
      case Action.Rest(var steps, Place place) -> {
        Evaluation count = TermLinker.link(steps);
        writer.add(place, m -> m.beginRest(count.evaluate(m).whole()));
        writer.add(place, m -> m.advance(null));
      }
      case Action.Send send -> send(send);
      case Action.Assign(String path, var selection, var value, Place place) -> {
        Picked picked = TermLinker.link(selection);
        Evaluation linked = TermLinker.link(value);
        writer.add(place, m -> m.assign(path, picked, linked.evaluate(m)));
      }
      case Action.AssignSynapses assign -> {
        SynapseCells cells =
            new SynapseCells(
                assign.projection(), TermLinker.link(assign.pre()), TermLinker.link(assign.post()));
        Evaluation linked = TermLinker.link(assign.value());
        writer.add(
            assign.place(),
            m -> {
              int[] indices = cells.indices(m);
              m.assigned(indices.length);
              m.assignCells(assign.path(), indices, linked.evaluate(m));
            });
      }
      case Action.Define(int slot, String _, var value, Place place) -> {
        Evaluation linked = TermLinker.link(value);
        writer.add(place, m -> m.slot(slot, linked.evaluate(m)));
      }
      case Action.If(var condition, var then, var otherwise, Place place) ->
          branch(condition, then, otherwise, place);
      case Action.ForRange loop -> forRange(loop);
      case Action.ForEach loop -> forEach(loop);
      case Action.RepeatTimes(int loop, var times, var body, Place place) ->
          repeatTimes(loop, times, body, place);
      case Action.RepeatUntil(int loop, var condition, var body, Place place) ->
          repeatUntil(loop, condition, body, place);
      case Action.EveryPasses(int loop, var passes, var body, Place place) ->
          everyPasses(loop, passes, body, place);
      case Action.EveryTime(int timer, var steps, var body, Place place) -> {
        Evaluation period = TermLinker.link(steps);
        int handler = handler(body, place);
        writer.add(place, m -> m.every(timer, period.evaluate(m).whole(), handler));
      }
      case Action.After(int timer, var steps, var captures, var body, Place place) -> {
        Evaluation delay = TermLinker.link(steps);
        int handler = handler(body, place);
        int[] from = captures.stream().mapToInt(Action.Capture::from).toArray();
        int[] to = captures.stream().mapToInt(Action.Capture::to).toArray();
        writer.add(place, m -> m.after(timer, delay.evaluate(m).whole(), handler, from, to));
      }
      case Action.StopWhen(int loop, var condition, Place place) ->
          stopWhen(loop, condition, place);
      case Action.Freeze(boolean all, var paths, Place place) ->
          writer.add(place, m -> m.freeze(all, paths, true));
      case Action.Unfreeze(boolean all, var paths, Place place) ->
          writer.add(place, m -> m.freeze(all, paths, false));
      case Action.Reset(boolean all, var paths, Place place) ->
          writer.add(place, m -> m.reset(all, paths));
      case Action.Record(var targets, Place place) ->
          targets.forEach(target -> record(target, place));
      case Action.Report report -> OutcomeLinker.report(writer, report);
      case Action.Expect expect -> OutcomeLinker.expect(writer, expect);
      case Action.Checkpoint(Place place) -> writer.add(place, m -> m.askCheckpoint());
      case Action.Bounded(
              var path,
              var low,
              var high,
              var closed,
              var factor,
              var unit,
              Place place) -> {
        var range = new ParameterRange(path, low, high, closed, factor, unit);
        writer.add(place, m -> range.check(m.view()));
      }
      case Action.Save(var file, Place place) -> {
        Evaluation name = TermLinker.link(file);
        writer.add(place, m -> m.host().save(m, name.evaluate(m).text()));
      }
      case Action.Load(var file, Place place) -> {
        Evaluation name = TermLinker.link(file);
        writer.add(place, m -> m.host().load(m, name.evaluate(m).text()));
      }
      case Action.Convert(var conversion, Place place) ->
          ConversionLinker.link(writer, conversion, place);
      case Action.Fit(String readOut, var label, Place place) -> {
        Evaluation linked = TermLinker.link(label);
        writer.add(place, m -> m.readOuts().fit(m, readOut, linked.evaluate(m)));
      }
      case Action.Score(String readOut, var label, var sample, Place place) -> {
        Evaluation linked = TermLinker.link(label);
        Evaluation of = sample.map(TermLinker::link).orElse(_ -> Value.NOTHING);
        writer.add(place, m -> m.readOuts().score(m, readOut, linked.evaluate(m), of.evaluate(m)));
      }
      case Action.BeginTally(String readOut, Place place) ->
          writer.add(place, m -> m.readOuts().begin(m, readOut));
      case Action.Learn(var what, var targets, Place place) -> learn(what, targets, place);
      case Action.RunExperiment(String experiment, Place place) ->
          writer.add(place, m -> m.host().runExperiment(m, experiment));
    }
  }

  private void learn(Action.Learning what, List<Term> targets, Place place) {
    List<Evaluation> linked = targets.stream().map(TermLinker::link).toList();
    writer.add(
        place,
        m -> {
          switch (what) {
            case WATCH -> m.learner().watch(true);
            case REST -> m.learner().watch(false);
            case MINIMISE ->
                m.learner()
                    .minimise(linked.stream().map(each -> each.evaluate(m).numbers()).toList());
            case UPDATE -> m.learner().update();
            case END_PASS -> m.learner().endPass();
            case TELL -> m.learner().tell();
            case KEEP -> m.learner().keep();
            case RESTORE -> m.learner().restore();
          }
        });
  }

  private void run(Term steps, List<Term> until, Place place) {
    Evaluation count = TermLinker.link(steps);
    writer.add(place, m -> m.beginRun(count.evaluate(m).whole()));
    if (until.isEmpty()) {
      writer.add(place, m -> m.advance(null));
    } else {
      Evaluation condition = TermLinker.link(until.getFirst());
      writer.add(place, m -> m.advance(condition));
    }
  }

  private void present(Action.Present present) {
    PresentLinker linked = PresentLinker.of(present.bindings());
    Evaluation count = TermLinker.link(present.steps());
    writer.add(present.place(), m -> linked.begin(m, count.evaluate(m).whole()));
    writer.add(present.place(), m -> m.advance(null));
  }

  private void send(Action.Send send) {
    Picked picked = TermLinker.link(send.selection());
    List<Evaluation> arguments = send.arguments().stream().map(TermLinker::link).toList();
    Evaluation after = TermLinker.link(send.after());
    writer.add(
        send.place(),
        m -> {
          int[] indices = picked.indices(m, m.view().port(send.port()).pending().length);
          List<double[]> values =
              arguments.stream().map(argument -> argument.evaluate(m).numbers()).toList();
          m.send(send.port(), indices, values, after.evaluate(m).whole());
        });
  }

  private void branch(Term condition, List<Action> then, List<Action> otherwise, Place place) {
    int test = writer.reserve(place);
    all(then);
    int skip = otherwise.isEmpty() ? -1 : writer.reserve(place);
    int elseAt = writer.here();
    all(otherwise);
    int after = writer.here();
    Evaluation linked = TermLinker.link(condition);
    writer.fill(
        test,
        m -> {
          if (!linked.evaluate(m).truth()) {
            m.jump(elseAt);
          }
        });
    if (skip >= 0) {
      writer.fill(skip, m -> m.jump(after));
    }
  }

  /// Code that a timer calls: it is jumped over.
  private int handler(List<Action> body, Place place) {
    int over = writer.reserve(place);
    int begin = writer.here();
    all(body);
    writer.add(place, m -> m.comeBack());
    int after = writer.here();
    writer.fill(over, m -> m.jump(after));
    return begin;
  }

  private Loop open(int number, Place place) {
    int passes = writer.newSlot();
    writer.add(place, m -> m.slot(passes, new Value.Whole(0)));
    Loop loop = new Loop(passes, new ArrayList<>());
    loops.put(number, loop);
    return loop;
  }

  private void nextPass(Loop loop, Place place) {
    writer.add(place, m -> m.slot(loop.passes, new Value.Whole(m.slot(loop.passes).whole() + 1)));
  }

  private void close(int number, Loop loop) {
    int after = writer.here();
    for (int exit : loop.exits) {
      fillExit(exit, after);
    }
    loops.remove(number);
  }

  private void fillExit(int exit, int after) {
    Evaluation condition = Objects.requireNonNull(exitConditions.get(exit));
    writer.fill(
        exit,
        m -> {
          if (condition.evaluate(m).truth()) {
            m.jump(after);
          }
        });
  }

  private void stopWhen(int number, Term condition, Place place) {
    Evaluation linked = TermLinker.link(condition);
    Loop loop = loops.get(number);
    if (loop == null) {
      writer.add(
          place,
          m -> {
            if (linked.evaluate(m).truth()) {
              m.end();
            }
          });
      return;
    }
    int exit = writer.reserve(place);
    exitConditions.put(exit, linked);
    loop.exits.add(exit);
  }

  private void forRange(Action.ForRange range) {
    Evaluation from = TermLinker.link(range.from());
    Evaluation to = TermLinker.link(range.to());
    int last = writer.newSlot();
    Place place = range.place();
    writer.add(place, m -> m.slot(last, to.evaluate(m)));
    writer.add(place, m -> m.slot(range.slot(), new Value.Whole(from.evaluate(m).whole() - 1)));
    Loop loop = open(range.loop(), place);
    int depth = loops.size();
    int head = writer.reserve(place);
    nextPass(loop, place);
    all(range.body());
    writer.add(place, m -> m.jump(head));
    int after = writer.here();
    writer.fill(
        head,
        m -> {
          long next = m.slot(range.slot()).whole() + 1;
          if (next > m.slot(last).whole()) {
            m.jump(after);
          } else {
            m.slot(range.slot(), new Value.Whole(next));
            m.pass(depth, m.slot(loop.passes).whole(), m.slot(last).whole() - next + 1);
          }
        });
    close(range.loop(), loop);
  }

  private void forEach(Action.ForEach each) {
    Evaluation elements = TermLinker.link(each.elements());
    int list = writer.newSlot();
    Place place = each.place();
    writer.add(place, m -> m.slot(list, elements.evaluate(m)));
    Loop loop = open(each.loop(), place);
    int depth = loops.size();
    int head = writer.reserve(place);
    nextPass(loop, place);
    int begin = writer.here();
    Optional<ApartPasses> apart = ApartPasses.of(each);
    all(apart.isPresent() ? apart.get().sample() : each.body());
    int end = writer.here();
    apart.flatMap(ApartPasses::update).ifPresent(this::one);
    writer.add(place, m -> m.jump(head));
    int after = writer.here();
    var samples = new SampleThreads.Loop(list, loop.passes, each.slots(), begin, end);
    long period = apart.map(ApartPasses::period).orElse(0L);
    writer.fill(
        head,
        m -> {
          int at = Math.toIntExact(m.slot(loop.passes).whole());
          Value all = m.slot(list);
          if (at >= all.size()) {
            m.jump(after);
            return;
          }
          m.pass(depth, at, all.size() - at);
          if (period > 0
              && m.ahead(samples, at, (int) Math.min(all.size() - at, period - at % period)) > 0) {
            m.jump(end);
          } else {
            m.element(each.slots(), all.element(at));
          }
        });
    close(each.loop(), loop);
  }

  private void repeatTimes(int number, Term times, List<Action> body, Place place) {
    Evaluation count = TermLinker.link(times);
    int total = writer.newSlot();
    writer.add(place, m -> m.slot(total, count.evaluate(m)));
    Loop loop = open(number, place);
    int depth = loops.size();
    int head = writer.reserve(place);
    nextPass(loop, place);
    all(body);
    writer.add(place, m -> m.jump(head));
    int after = writer.here();
    writer.fill(
        head,
        m -> {
          long done = m.slot(loop.passes).whole();
          if (done >= m.slot(total).whole()) {
            m.jump(after);
          } else {
            m.pass(depth, done, m.slot(total).whole() - done);
          }
        });
    close(number, loop);
  }

  private void repeatUntil(int number, Term condition, List<Action> body, Place place) {
    Evaluation until = TermLinker.link(condition);
    Loop loop = open(number, place);
    int head = writer.here();
    nextPass(loop, place);
    all(body);
    writer.add(
        place,
        m -> {
          if (!until.evaluate(m).truth()) {
            m.jump(head);
          }
        });
    close(number, loop);
  }

  private void everyPasses(int number, Term passes, List<Action> body, Place place) {
    Loop loop = loops.get(number);
    if (loop == null) {
      throw new IllegalStateException("`every … passes` outside its loop");
    }
    Evaluation period = TermLinker.link(passes);
    int test = writer.reserve(place);
    all(body);
    int after = writer.here();
    writer.fill(
        test,
        m -> {
          long every = period.evaluate(m).whole();
          if (every < 1) {
            throw new ProtocolProblem(
                ProblemKind.BAD_VALUE, "passes are counted from 1 on, not " + every);
          }
          if (m.slot(loop.passes).whole() % every != 0) {
            m.jump(after);
          }
        });
  }

  private void record(Action.Target target, Place place) {
    switch (target) {
      case Action.Target.Spikes(String population, var selection) -> {
        Picked picked = TermLinker.link(selection);
        writer.add(place, m -> m.recordSpikes(population, picked));
      }
      case Action.Target.Samples samples -> {
        SampleLinker linked = SampleLinker.of(samples);
        writer.add(place, linked::begin);
      }
    }
  }
}
