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
        Duration.ofSteps(
            List.of(
                run(100),
                new Action.Present(List.of(), new Term.Whole(200), PLACE),
                new Action.Rest(new Term.Whole(50), PLACE))));
  }

  @Test
  void loopsOfKnownLengthMultiply() {
    assertEquals(
        3 * 4 * 10,
        Duration.ofSteps(
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
        Duration.ofSteps(
            List.of(
                new Action.Run(unknown, List.of(), PLACE),
                new Action.Run(new Term.Whole(1_000), List.of(unknown), PLACE),
                new Action.If(unknown, List.of(run(5)), List.of(run(6)), PLACE),
                new Action.RepeatUntil(0, unknown, List.of(run(7)), PLACE))));
  }

  private static Action run(long steps) {
    return new Action.Run(new Term.Whole(steps), List.of(), PLACE);
  }
}
