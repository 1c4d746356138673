package snel.ir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DurationTest {
  private static final Place PLACE = new Place("a.snn", 1, "");

  @Test
  void constantEpisodesAreAddedUp() {
    assertEquals(
        350,
        steps(
            List.of(
                run(100),
                new Action.Present(List.of(), new Term.Whole(200), PLACE),
                new Action.Rest(new Term.Whole(50), PLACE))));
  }

  @Test
  void loopsOfKnownLengthMultiply() {
    assertEquals(
        3 * 4 * 10,
        steps(
            List.of(
                new Action.ForRange(
                    0,
                    0,
                    new Term.Whole(2),
                    new Term.Whole(4),
                    List.of(new Action.RepeatTimes(1, new Term.Whole(4), List.of(run(10)), PLACE)),
                    PLACE))));
  }

  @Test
  void whatDependsOnTheRunCountsForTheLeast() {
    Term unknown = new Term.None();
    assertEquals(
        7,
        steps(
            List.of(
                new Action.Run(unknown, List.of(), PLACE),
                new Action.Run(new Term.Whole(1_000), List.of(unknown), PLACE),
                new Action.If(unknown, List.of(run(5)), List.of(run(6)), PLACE),
                new Action.RepeatUntil(0, unknown, List.of(run(7)), PLACE))));
  }

  @Test
  void loopsOverDataTakeAsManyPassesAsThereAreRecords() {
    Term all = new Term.Data("digits", "", Type.INTEGER);
    Term few = new Term.Staged(all, Term.Stage.TAKE, new Term.Whole(3), 0, 0, Type.INTEGER);
    Term many = new Term.Staged(all, Term.Stage.LAST, new Term.Whole(500), 0, 0, Type.INTEGER);
    Term mixed = new Term.Staged(all, Term.Stage.SHUFFLE, new Term.Whole(0), 0, 0, Type.INTEGER);
    assertEquals(
        2 * 20 * 10 + 3 * 10 + 20 * 10 + 20 * 10 + 10,
        steps(
            List.of(
                new Action.RepeatTimes(0, new Term.Number(2), List.of(each(all)), PLACE),
                each(few),
                each(many),
                each(mixed),
                each(new Term.None()))));
  }

  private static Action each(Term elements) {
    return new Action.ForEach(1, List.of(0), elements, List.of(run(10)), PLACE);
  }

  private static long steps(List<Action> body) {
    return Duration.ofSteps(body, _ -> 20);
  }

  private static Action run(long steps) {
    return new Action.Run(new Term.Whole(steps), List.of(), PLACE);
  }
}
