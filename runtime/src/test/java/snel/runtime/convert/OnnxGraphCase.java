package snel.runtime.convert;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.runtime.connect.Maps;
import snel.runtime.convert.Structure.Activation;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Store;
import snel.runtime.convert.Structure.Weights;
import snel.runtime.convert.Structure.Wiring;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
import snel.runtime.data.OnnxGraph;

/// Graphs, programs that they fill, and what both say. Samples lie along the first axis.
abstract class OnnxGraphCase {
  static final double[] W = {1, 2, 0.5, 1};

  // Graphs

  static final class Graph {
    private final List<OnnxGraph.Node> nodes = new ArrayList<>();
    private final Map<String, NumberArray> constants = new HashMap<>();
    private final Map<String, List<Integer>> inputs = new HashMap<>();
    private final List<String> outputs = new ArrayList<>();

    Graph with(String name, int[] shape, double... values) {
      constants.put(name, NumberArray.of(values, shape));
      return this;
    }

    Graph takes(String input, Integer... lengths) {
      inputs.put(input, List.of(lengths));
      return this;
    }

    Graph gives(String output) {
      outputs.add(output);
      return this;
    }

    Graph node(String operation, String output, String... inputs) {
      return node(operation, Map.of(), Map.of(), output, inputs);
    }

    Graph node(
        String operation,
        Map<String, List<Double>> numbers,
        Map<String, String> texts,
        String output,
        String... inputs) {
      nodes.add(
          new OnnxGraph.Node("", operation, List.of(inputs), List.of(output), numbers, texts));
      return this;
    }

    OnnxGraph graph() {
      return OnnxGraph.of(nodes, constants, inputs, outputs);
    }
  }

  static Map<String, List<Double>> numbers(Object... pairs) {
    Map<String, List<Double>> all = new HashMap<>();
    for (int k = 0; k < pairs.length; k += 2) {
      int[] values = (int[]) pairs[k + 1];
      all.put((String) pairs[k], Arrays.stream(values).mapToObj(v -> (double) v).toList());
    }
    return all;
  }

  static int[] whole(int... values) {
    return values;
  }

  // Programs

  static Layer input(int size) {
    return new Layer("x", size, List.of(), Optional.empty(), Activation.OTHER);
  }

  static Layer layer(String name, int size, Activation activation, Link... links) {
    return new Layer(
        name, size, List.of(links), Optional.of(new Store(name + ".bias", 1)), activation);
  }

  static Link filled(String name, int source, Wiring wiring) {
    return new Link(name, source, wiring, new Weights.Stored(new Store(name + ".w", 1)), false);
  }

  static Link constant(String name, int source, Wiring wiring, double weight) {
    return new Link(name, source, wiring, new Weights.Constant(weight, Optional.empty()), false);
  }

  static Wiring full(int sources, int targets) {
    return new Wiring.Full(new Stack(sources, 1), new Stack(targets, 1));
  }

  static Structure program(Layer... layers) {
    return new Structure(List.of(layers));
  }

  static Structure chain() {
    return program(
        input(2),
        layer("h", 2, Activation.RECTIFIED, filled("w1", 0, full(2, 2))),
        layer("y", 2, Activation.LINEAR, filled("w2", 1, full(2, 2))));
  }

  static double[] last(Structure structure, Graph graph, double... input) {
    var conversion =
        new Conversion(
            Conversion.Format.ONNX, List.of(), List.of(), false, new Scaling.None(), 1, structure);
    Conversion.Trained trained = conversion.read("net", graph.graph());
    return new Analog(structure, trained.weights(), trained.biases())
        .activities(input, false)
        .getLast();
  }

  static void assertRefused(Structure structure, Graph graph, String... words) {
    var conversion =
        new Conversion(
            Conversion.Format.ONNX, List.of(), List.of(), false, new Scaling.None(), 1, structure);
    DataProblem problem =
        assertThrows(DataProblem.class, () -> conversion.read("net", graph.graph()));
    for (String word : words) {
      assertTrue(problem.getMessage().contains(word), problem.getMessage());
    }
  }

  static Maps line(int from, int width, int to, int out, int kernel, int stride, int pad) {
    return new Maps(from, 1, width, to, 1, out, 1, kernel, stride, stride, 0, pad, 1, 1, 1, false);
  }

  static Structure moving(int channels, int width, int to, int out, int kernel, int padding) {
    Maps maps = line(channels, width, to, out, kernel, 1, padding);
    return program(
        input(channels * width),
        layer("y", to * out, Activation.LINEAR, filled("k", 0, new Wiring.Convolution(maps))));
  }
}
