package snel.runtime.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import snel.runtime.data.DataProblem;

class ResultLineTest {
  @Test
  void theLineHoldsWhatToolsRead() {
    var results = new LinkedHashMap<String, Object>();
    results.put("accuracy", 0.845);
    results.put("rate.E", Double.NaN);
    results.put("each", List.of(1, 2.5));
    var line =
        new ResultLine(
            "evaluate",
            ResultLine.State.DONE,
            results,
            Map.of("E", 123_456_789_012L),
            new ResultLine.Operations(7, 8, OptionalLong.of(9)),
            new ResultLine.Times(12.5, 3, 4_000, 4_100, 3_900),
            new ResultLine.Expectations(2, 1));
    String json = line.toJson();
    assertEquals(
        "{\"experiment\":\"evaluate\",\"state\":\"done\","
            + "\"results\":{\"accuracy\":0.845,\"rate.E\":null,\"each\":[1,2.5]},"
            + "\"spikes\":{\"E\":123456789012},\"synaptic_operations\":7,"
            + "\"neuron_updates\":8,\"plastic_updates\":9,"
            + "\"compile_ms\":12.5,\"build_ms\":3.0,\"run_ms\":4000.0,\"run_cpu_ms\":4100.0,"
            + "\"run_thread_cpu_ms\":3900.0,"
            + "\"expectations\":{\"passed\":2,\"failed\":1}}",
        json);
    ResultLine read = ResultLine.parse("result.json", json);
    assertEquals(123_456_789_012L, read.spikes().get("E"));
    assertEquals(0.845, read.results().get("accuracy"));
    assertEquals(json, read.toJson());
    String older =
        json.replace("\"run_thread_cpu_ms\":3900.0,", "")
            .replace("\"neuron_updates\":8,\"plastic_updates\":9,", "");
    assertEquals(0, ResultLine.parse("result.json", older).times().runThreadCpu());
    assertEquals(
        new ResultLine.Operations(7, 0, OptionalLong.empty()),
        ResultLine.parse("result.json", older).operations());
  }

  @Test
  void theLineKeepsWhatDidNotHold() {
    var unmet = new ResultLine.Unmet("a.snn", 3, "expect g > 5", "it is 1");
    var line =
        new ResultLine(
            "e",
            ResultLine.State.DONE,
            Map.of(),
            Map.of(),
            new ResultLine.Operations(0, 0, OptionalLong.empty()),
            new ResultLine.Times(0, 0, 0, 0, 0),
            new ResultLine.Expectations(2, 1, List.of(unmet)));
    String json = line.toJson();
    assertTrue(
        json.endsWith(
            "\"expectations\":{\"passed\":2,\"failed\":1,\"unmet\":[{\"file\":\"a.snn\","
                + "\"line\":3,\"statement\":\"expect g > 5\",\"found\":\"it is 1\"}]}}"),
        json);
    assertEquals(line.expectations(), ResultLine.parse("r.json", json).expectations());
  }

  @Test
  void otherTextsAreRefused() {
    assertEquals(
        "r.json: expected a JSON object; found other text",
        assertThrows(DataProblem.class, () -> ResultLine.parse("r.json", "{\"a\":")).getMessage());
    assertEquals(
        "r.json: expected a result with \"expectations\"; found none",
        assertThrows(DataProblem.class, () -> ResultLine.parse("r.json", "{}")).getMessage());
  }
}
