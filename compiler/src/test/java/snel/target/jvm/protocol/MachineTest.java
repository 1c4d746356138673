package snel.target.jvm.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static snel.target.jvm.protocol.SmallNetwork.HERE;
import static snel.target.jvm.protocol.SmallNetwork.n;
import static snel.target.jvm.protocol.SmallNetwork.r;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import snel.ir.protocol.Action;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Function;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.ir.protocol.Unit;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.ProtocolProblem;
import snel.runtime.schedule.Value;

class MachineTest {
  private static final Term CELLS = new Term.Neurons("cell", Selection.ALL);
  private static final Term COUNT = new Term.Call(Function.COUNT, List.of(CELLS), Type.INTEGER);

  private static Action run(long steps) {
    return new Action.Run(n(steps), List.of(), HERE);
  }

  private static Action present(double input, long steps) {
    return new Action.Present(
        List.of(new Action.Binding.Hold("cell.I", Selection.ALL, r(input))), n(steps), HERE);
  }

  private static Action set(int slot, Term value) {
    return new Action.Define(slot, "x", value, HERE);
  }

  private static Term variable(int slot, Type type) {
    return new Term.Variable(slot, "x", type);
  }

  private static Term plus(Term left, Term right, Type type) {
    return new Term.Arithmetic(Term.Operator.ADD, left, right, type);
  }

  private static double[] potentials(Machine machine) {
    return (double[]) machine.view().variable("cell.v").array();
  }

  @Test
  void anInputHoldsForItsPresentationOnly() {
    Machine machine = SmallNetwork.ran(2, present(0.25, 3), run(5), set(0, COUNT));
    assertArrayEquals(new double[] {0.75, 0.75}, potentials(machine));
    assertEquals(0, machine.slot(0).whole());
  }

  @Test
  void anAssignedInputIsBackAfterAPresentationAndSilentWhileResting() {
    Action assign = new Action.Assign("cell.I", new Selection.Range(0, 1), r(0.125), HERE);
    Machine machine =
        SmallNetwork.ran(1, assign, present(0.25, 1), run(1), new Action.Rest(n(10), HERE));
    assertArrayEquals(new double[] {0.375, 0.25}, potentials(machine));
  }

  @Test
  void measuresSpeakOfTheLatestEpisodeAndNotOfARest() {
    Machine machine =
        SmallNetwork.ran(
            4,
            present(0.5, 4),
            set(0, COUNT),
            new Action.Assign("cell.v", Selection.ALL, r(3), HERE),
            new Action.Rest(n(2), HERE),
            set(1, COUNT),
            set(2, new Term.Call(Function.FIRST_SPIKE, List.of(CELLS), Type.REAL)),
            set(3, new Term.Call(Function.RATE, List.of(CELLS), Type.REAL)));
    assertEquals(4, machine.slot(0).whole());
    assertEquals(4, machine.slot(1).whole());
    assertEquals(2, machine.slot(2).real());
    assertEquals(0.5, machine.slot(3).real());
    assertEquals(8, machine.view().population("cell").total()[0]);
  }

  @Test
  void playsSpikesIntoTheSlotOfTheirStamp() {
    Action play =
        new Action.Present(
            List.of(
                new Action.Binding.Play(
                    "x",
                    Selection.ALL,
                    new Term.SpikeTimes(
                        List.of(new double[] {0, 3, 3.0001e0 - 0.0001}, new double[] {2})))),
            n(10),
            HERE);
    Action record =
        new Action.Record(
            List.of(
                new Action.Target.Samples(
                    "cell.v",
                    "cell.v",
                    "",
                    new Selection.Range(0, 1),
                    Selection.ALL,
                    n(1),
                    false,
                    Unit.NONE)),
            HERE);
    var notes = new SmallNetwork.Notes();
    SmallNetwork.machine(SmallNetwork.experiment(1, record, play), notes).run();
    assertEquals(
        List.of("cell.v 1 0.5", "cell.v 2 0.5", "cell.v 3 0.5", "cell.v 4 0.0"),
        notes.lines.subList(0, 4));
  }

  /// They are in their file; in memory, and in checkpoints, they would only grow.
  @Test
  void samplesThatNobodyAsksForAreNotKept() {
    Action record =
        new Action.Record(
            List.of(
                new Action.Target.Samples(
                    "cell.v", "cell.v", "", Selection.ALL, Selection.ALL, n(1), false, Unit.NONE)),
            HERE);
    assertEquals(
        SmallNetwork.ran(0, record, run(5)).position().length,
        SmallNetwork.ran(0, record, run(500)).position().length);
  }

  @Test
  void aSpikeOffTheGridIsRefused() {
    Action play =
        new Action.Present(
            List.of(
                new Action.Binding.Play(
                    "x",
                    Selection.ALL,
                    new Term.SpikeTimes(List.of(new double[] {1.5}, new double[0])))),
            n(10),
            HERE);
    ProtocolProblem problem = assertThrows(ProtocolProblem.class, () -> SmallNetwork.ran(0, play));
    assertEquals(
        "a spike of x at 1.5 ms is not a multiple of the step 1 ms: 1 ms or 2 ms? (or"
            + " `to_step(…)`)",
        problem.getMessage());
  }

  @Test
  void sendsAnEventIntoItsStep() {
    Action send =
        new Action.Send("cell.kick", new Selection.Range(1, 2), List.of(r(1.25)), n(2), HERE);
    var notes = new SmallNetwork.Notes();
    Action record =
        new Action.Record(List.of(new Action.Target.Spikes("cell", Selection.ALL)), HERE);
    SmallNetwork.machine(SmallNetwork.experiment(0, record, send, run(5)), notes).run();
    assertEquals(List.of("cell[1] 3"), notes.lines);
  }

  /// For a person who looks on: each number, three digits of it, and the next of a curve.
  @Test
  void numbersAreToldWhenTheyAreReported() {
    Term curve = new Term.Call(Function.OVER_TIME, List.of(r(-0.000123456)), new Type.Figure());
    Action report =
        new Action.Report(
            List.of(
                new Action.Item(0, "time", r(0.0123456), new Unit("s", 0.001)),
                new Action.Item(1, "count", n(1_234_567), Unit.NONE),
                new Action.Item(2, "large", r(1234.5678), Unit.NONE),
                new Action.Item(3, "curve", curve, Unit.NONE),
                new Action.Item(4, "word", new Term.Text(List.of()), Unit.NONE)),
            HERE);
    var notes = new SmallNetwork.Notes();
    SmallNetwork.machine(SmallNetwork.experiment(0, report), notes).run();
    assertEquals(
        List.of("time 12.3 s", "count 1234567", "large 1235", "curve -0.000123"), notes.told);
  }

  @Test
  void runsUntilAConditionHolds() {
    Action assign = new Action.Assign("cell.I", Selection.ALL, r(0.5), HERE);
    Term enough = new Term.Compare(Term.Comparison.AT_LEAST, COUNT, n(6), Type.TRUTH);
    Machine machine = SmallNetwork.ran(0, assign, new Action.Run(n(100), List.of(enough), HERE));
    assertEquals(6, machine.episodes().step());
  }

  @Test
  void timersRunTheirCodeBetweenSteps() {
    Action every =
        new Action.EveryTime(
            0, n(10), List.of(set(0, plus(variable(0, Type.INTEGER), n(1), Type.INTEGER))), HERE);
    Action after =
        new Action.After(
            1,
            n(25),
            List.of(new Action.Capture(2, 3)),
            List.of(set(1, variable(3, Type.INTEGER))),
            HERE);
    Machine machine =
        SmallNetwork.ran(
            4, every, set(2, n(42)), after, set(2, n(43)), run(20), run(15), present(0, 5));
    assertEquals(4, machine.slot(0).whole());
    assertEquals(42, machine.slot(1).whole());
  }

  @Test
  void loopsStopCountAndNest() {
    Term sum = plus(variable(1, Type.INTEGER), variable(0, Type.INTEGER), Type.INTEGER);
    Action inner =
        new Action.EveryPasses(
            0, n(3), List.of(set(2, plus(variable(2, Type.INTEGER), n(1), Type.INTEGER))), HERE);
    Action stop =
        new Action.StopWhen(
            0,
            new Term.Compare(Term.Comparison.GREATER, variable(1, Type.INTEGER), n(50), Type.TRUTH),
            HERE);
    Machine machine =
        SmallNetwork.ran(
            3, new Action.ForRange(0, 0, n(1), n(100), List.of(set(1, sum), inner, stop), HERE));
    assertEquals(55, machine.slot(1).whole());
    assertEquals(10, machine.slot(0).whole());
    assertEquals(3, machine.slot(2).whole());
  }

  @Test
  void presentationsAreNumberedAndRestsBelongToThem() {
    Machine machine =
        SmallNetwork.ran(0, run(3), present(0, 2), present(0, 4), new Action.Rest(n(3), HERE));
    assertArrayEquals(new long[] {12, 7, 2, 3, 5}, machine.view().clock());
    Machine outside = SmallNetwork.ran(0, present(0, 2), run(3));
    assertArrayEquals(new long[] {5, 5, 0, 3, 2}, outside.view().clock());
  }

  @Test
  void everyCheckpointLeadsToTheSameEnd() {
    Action record =
        new Action.Record(
            List.of(
                new Action.Target.Spikes("cell", Selection.ALL),
                new Action.Target.Samples(
                    "cell.v", "cell.v", "", Selection.ALL, Selection.ALL, n(2), false, Unit.NONE)),
            HERE);
    Term draw =
        new Term.Draw(
            Term.Distribution.UNIFORM,
            List.of(r(0.1), r(0.4)),
            Optional.empty(),
            99,
            1,
            List.of(),
            Type.REAL);
    Action loop =
        new Action.ForEach(
            0,
            List.of(0),
            new Term.Listing(List.of(r(0.25), r(0.5), r(0.125)), new Type.Listing(Type.REAL)),
            List.of(
                new Action.Present(
                    List.of(
                        new Action.Binding.Hold(
                            "cell.I",
                            Selection.ALL,
                            plus(variable(0, Type.REAL), draw, Type.REAL))),
                    n(7),
                    HERE),
                new Action.Rest(n(3), HERE),
                new Action.Report(List.of(new Action.Item(0, "count", COUNT, Unit.NONE)), HERE)),
            HERE);
    Action every =
        new Action.EveryTime(
            0, n(4), List.of(new Action.Assign("cell.I", Selection.ALL, draw, HERE)), HERE);
    Experiment experiment = SmallNetwork.experiment(2, record, every, run(11), loop, run(9));

    var whole = new SmallNetwork.Notes();
    Machine first = SmallNetwork.machine(experiment, whole);
    first.run();

    var eager = new SmallNetwork.Notes();
    eager.eager = true;
    SmallNetwork.machine(experiment, eager).run();
    assertEquals(sorted(whole), sorted(eager));

    assertFalse(eager.checkpoints.isEmpty());
    for (SmallNetwork.Kept checkpoint : eager.checkpoints) {
      var notes = new SmallNetwork.Notes();
      notes.lines.addAll(checkpoint.lines());
      Machine resumed = SmallNetwork.machine(experiment, notes);
      checkpoint.restore(resumed);
      resumed.run();
      assertEquals(sorted(whole), sorted(notes));
      assertEquals(first.view().network().stateHash(), resumed.view().network().stateHash());
      assertArrayEquals(first.view().clock(), resumed.view().clock());
      assertEquals(first.results().values().get("count"), resumed.results().values().get("count"));
    }
  }

  /// Spikes and samples go to different files: only the order within each counts.
  private static List<String> sorted(SmallNetwork.Notes notes) {
    return notes.lines.stream()
        .sorted(Comparator.comparing(line -> line.startsWith("cell.v")))
        .toList();
  }

  @Test
  void integersAreExactAndOverflowIsTold() {
    Term huge = n(Long.MAX_VALUE);
    Machine machine =
        SmallNetwork.ran(
            1,
            set(
                0,
                new Term.Arithmetic(
                    Term.Operator.MULTIPLY, n(3_037_000_499L), n(3_037_000_499L), Type.INTEGER)));
    assertEquals(new Value.Whole(9_223_372_030_926_249_001L), machine.slot(0));
    assertThrows(
        ProtocolProblem.class, () -> SmallNetwork.ran(1, set(0, plus(huge, n(1), Type.INTEGER))));
  }
}
