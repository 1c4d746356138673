package snel.runtime.readout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

class SimpleReadoutsTest {
  private static final double SILENT = Double.POSITIVE_INFINITY;

  @Test
  void theLargestCountOfAGroupWins() {
    MaxCount pairs = MaxCount.of(6, 2);
    assertEquals(3, pairs.classes());
    assertEquals(2, pairs.predict(Response.of(3, 0, 1, 2, 2, 2)));
    assertEquals(0, pairs.predict(Response.of(2, 1, 1, 2, 0, 0)));
    assertEquals(0, pairs.predict(Response.ofCounts(new int[6])));
    assertThrows(IllegalArgumentException.class, () -> MaxCount.of(7, 2));
  }

  @Test
  void theFirstSpikeWinsAndSilenceIsNoAnswer() {
    var first = new FirstSpike(4, 2);
    assertEquals(1, first.predict(Response.of(5, 4, 3, 6)));
    assertEquals(0, first.predict(Response.of(SILENT, 3, 3, 6)));
    assertEquals(3, first.decided(Response.of(SILENT, 3, 3, 6), 9));
    Response silent = Response.of(SILENT, SILENT, SILENT, SILENT);
    assertEquals(Readout.NO_ANSWER, first.predict(silent));
    assertEquals(9, first.decided(silent, 9));
  }

  @Test
  void potentialsDecideBetweenFirstSpikesOfOneTimeAndWhenNobodySpiked() {
    var first = new FirstSpike(4, 2);
    double[] potentials = {9, 1, 2, 2};
    var tie = new Response(new double[] {5, 3, 3, 3}, potentials);
    assertEquals(2, first.winner(tie));
    assertEquals(1, first.predict(tie));
    var none = new Response(new double[] {SILENT, SILENT, SILENT, SILENT}, potentials);
    assertEquals(0, first.predict(none));
    assertEquals(9, first.decided(none, 9));
    var lowest = new Response(none.values(), new double[] {-4, -4, -3, -3});
    assertEquals(2, first.winner(lowest));
  }

  @Test
  void theLargestPotentialWins() {
    assertEquals(2, new MaxPotential(3).predict(Response.of(-70, -65, -60)));
    assertEquals(0, new MaxPotential(3).predict(Response.of(-60, -65, -60)));
  }

  @Test
  void neuronsAreLabelledByTheirMeanResponse() {
    var labels = new ResponseLabels(4, 2);
    DataProblem early =
        assertThrows(DataProblem.class, () -> labels.predict(Response.of(3, 2, 0, 0)));
    assertEquals(ProblemKind.NOT_YET, early.problem());
    // class 0 is shown three times, class 1 once: sums alone would mislead neuron 1
    labels.fit(Response.of(3, 2, 0, 0), 0);
    labels.fit(Response.of(3, 2, 0, 0), 0);
    labels.fit(Response.of(3, 2, 0, 0), 0);
    labels.fit(Response.of(1, 4, 4, 0), 1);
    assertArrayEquals(new int[] {0, 1, 1, Readout.NO_ANSWER}, labels.labels());
    // means: class 0 has 3 / 1, class 1 has 5 / 2
    assertEquals(0, labels.predict(Response.of(3, 4, 1, 9)));
    assertEquals(1, labels.predict(Response.of(2, 4, 1, 9)));
    assertEquals(0, labels.predict(Response.of(0, 0, 0, 9)));
    var copy = new ResponseLabels(4, 2);
    copy.restore(labels.state());
    assertEquals(List.of("sums", "presentations"), List.copyOf(labels.state().keySet()));
    assertArrayEquals(labels.labels(), copy.labels());
    assertEquals(
        "label 2 does not fit a read-out of 2 classes, numbered from 0",
        assertThrows(DataProblem.class, () -> labels.fit(Response.of(1, 1, 1, 1), 2)).getMessage());
  }

  @Test
  void aTallyCountsAnswersByClassAndGroup() {
    Tally tally = new Tally(2);
    assertEquals(Double.NaN, tally.accuracy());
    tally.begin(90);
    tally.add(0, 0, new Tally.Scored("rows", 3), new Tally.Cost(10, 100));
    tally.add(1, 0, new Tally.Scored("rows", 0), new Tally.Cost(20, 250));
    tally.add(Readout.NO_ANSWER, 1, Tally.Scored.UNKNOWN, new Tally.Cost(50, 250));
    tally.add(1, 1, new Tally.Scored("other", 3), new Tally.Cost(0.5, 490));
    assertEquals(0.5, tally.accuracy());
    assertArrayEquals(new long[][] {{1, 1, 0}, {0, 1, 1}}, tally.confusion());
    assertEquals(
        Map.of("ada", 1.0, "bob", 1 / 3.0), tally.accuracyBy(List.of("ada", "bob", "bob", "bob")));
    Tally copy = new Tally(2);
    copy.restore(tally.state());
    assertArrayEquals(tally.confusion(), copy.confusion());
    assertEquals(
        List.of(
            new Tally.Scored("rows", 3),
            new Tally.Scored("rows", 0),
            Tally.Scored.UNKNOWN,
            new Tally.Scored("other", 3)),
        copy.samples());
    assertEquals(80.5 / 4, tally.latency());
    assertEquals(tally.latency(), copy.latency());
    assertEquals(100, tally.operations());
    assertEquals(100, copy.operations());
    tally.begin(1_000);
    assertEquals(0, tally.count());
  }
}
