package snel.runtime.data;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Reads ONNX models. They are protocol buffers; the numbers of the fields are those of the ONNX
/// standard (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
public final class Onnx {
  private static final String KIND = "an ONNX model";
  private static final String CONSTANT = "Constant";
  private static final Set<String> STANDARD = Set.of("", "ai.onnx");
  private static final int OPEN = -1;
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_CONSTANT = 5;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;
  private static final int INPUT_NAME = 1;
  private static final int OUTPUT_NAME = 1;
  private static final int INPUT_TYPE = 2;
  private static final int TYPE_TENSOR = 1;
  private static final int TENSOR_SHAPE = 2;
  private static final int SHAPE_LENGTH = 1;
  private static final int LENGTH_NUMBER = 1;
  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_NAME = 3;
  private static final int NODE_OPERATION = 4;
  private static final int NODE_ATTRIBUTE = 5;
  private static final int NODE_DOMAIN = 7;
  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_NUMBER = 2;
  private static final int ATTRIBUTE_WHOLE = 3;
  private static final int ATTRIBUTE_TEXT = 4;
  private static final int ATTRIBUTE_TENSOR = 5;
  private static final int ATTRIBUTE_NUMBERS = 7;
  private static final int ATTRIBUTE_WHOLES = 8;
  private static final int ATTRIBUTE_TYPE = 20;

  /// Types of attributes that are one number.
  private static final Set<Integer> ONE_NUMBER = Set.of(1, 2);

  private final DataFile file;
  private final OnnxBeside beside;
  private final Map<String, Supplier<NumberArray>> constants = new LinkedHashMap<>();

  private Onnx(DataFile file) {
    this.file = file;
    beside = new OnnxBeside(file);
  }

  /// Reads from the graph of a model.
  private interface Reading<T> {
    T from(UnknownFieldSet graph) throws IOException;
  }

  public static OnnxGraph read(DataFile file) {
    return read(file, graph -> new Onnx(file).graph(graph));
  }

  /// Files beside a model in which numbers of it lie, by the names that it has for them.
  public static SortedMap<String, DataFile> beside(DataFile file) {
    OnnxBeside beside = new OnnxBeside(file);
    SortedMap<String, DataFile> all = new TreeMap<>();
    return read(
        file,
        graph -> {
          for (UnknownFieldSet tensor : OnnxFields.parts(graph, GRAPH_CONSTANT)) {
            String place = place(file, OnnxTensor.name(tensor));
            OnnxTensor.elsewhere(tensor)
                .ifPresent(name -> all.put(name, DataFile.at(beside.path(place, name))));
          }
          return all;
        });
  }

  private static <T> T read(DataFile file, Reading<T> reading) {
    byte[] content = FileContent.bytes(file, KIND);
    try {
      UnknownFieldSet model = UnknownFieldSet.parseFrom(content);
      List<ByteString> graphs = model.getField(MODEL_GRAPH).getLengthDelimitedList();
      if (graphs.isEmpty()) {
        throw DataProblem.found(file.name(), KIND, FileKind.of(content).orElse("no graph in it"));
      }
      return reading.from(UnknownFieldSet.parseFrom(graphs.getFirst()));
    } catch (IOException problem) {
      throw DataProblem.found(
          file.name(),
          KIND,
          FileKind.of(content).orElse("damaged or cut off content, " + FileKind.first(content)));
    }
  }

  private OnnxGraph graph(UnknownFieldSet graph) throws IOException {
    for (UnknownFieldSet tensor : OnnxFields.parts(graph, GRAPH_CONSTANT)) {
      stored(OnnxTensor.name(tensor), tensor);
    }
    List<OnnxGraph.Node> nodes = new ArrayList<>();
    for (UnknownFieldSet node : OnnxFields.parts(graph, GRAPH_NODE)) {
      nodes.add(node(node));
    }
    List<String> outputs = new ArrayList<>();
    for (UnknownFieldSet output : OnnxFields.parts(graph, GRAPH_OUTPUT)) {
      outputs.add(OnnxFields.text(output, OUTPUT_NAME));
    }
    return new OnnxGraph(nodes, new ArrayFile(constants), inputs(graph), outputs);
  }

  private void stored(String name, UnknownFieldSet tensor) {
    constants.put(name, () -> new OnnxTensor(tensor, place(file, name), beside).read());
  }

  private static String place(DataFile file, String array) {
    return file.name() + ", `" + array + "`";
  }

  /// Those whose lengths are said.
  private static Map<String, List<Integer>> inputs(UnknownFieldSet graph) throws IOException {
    Map<String, List<Integer>> all = new LinkedHashMap<>();
    for (UnknownFieldSet input : OnnxFields.parts(graph, GRAPH_INPUT)) {
      UnknownFieldSet tensor = OnnxFields.part(OnnxFields.part(input, INPUT_TYPE), TYPE_TENSOR);
      if (tensor.hasField(TENSOR_SHAPE)) {
        List<Integer> lengths = new ArrayList<>();
        UnknownFieldSet shape = OnnxFields.part(tensor, TENSOR_SHAPE);
        for (UnknownFieldSet length : OnnxFields.parts(shape, SHAPE_LENGTH)) {
          // Some write what is open as 0 or less.
          int number = OnnxFields.whole(length, LENGTH_NUMBER, OPEN);
          lengths.add(number < 1 ? OPEN : number);
        }
        all.put(OnnxFields.text(input, INPUT_NAME), lengths);
      }
    }
    return all;
  }

  private OnnxGraph.Node node(UnknownFieldSet node) throws IOException {
    String operation = operation(node);
    List<String> outputs = OnnxFields.texts(node, NODE_OUTPUT);
    Map<String, List<Double>> attributes = new LinkedHashMap<>();
    Map<String, String> words = new LinkedHashMap<>();
    for (UnknownFieldSet attribute : OnnxFields.parts(node, NODE_ATTRIBUTE)) {
      String name = OnnxFields.text(attribute, ATTRIBUTE_NAME);
      attributes.put(name, numbers(attribute));
      if (attribute.hasField(ATTRIBUTE_TEXT)) {
        words.put(name, OnnxFields.text(attribute, ATTRIBUTE_TEXT));
      }
      if (operation.equals(CONSTANT) && !outputs.isEmpty()) {
        constant(outputs.getFirst(), name, attribute);
      }
    }
    return new OnnxGraph.Node(
        OnnxFields.text(node, NODE_NAME),
        operation,
        OnnxFields.texts(node, NODE_INPUT),
        outputs,
        attributes,
        words);
  }

  private static String operation(UnknownFieldSet node) {
    String domain = OnnxFields.text(node, NODE_DOMAIN);
    String operation = OnnxFields.text(node, NODE_OPERATION);
    return STANDARD.contains(domain) ? operation : domain + "." + operation;
  }

  /// An array that lies in a node.
  private void constant(String name, String attribute, UnknownFieldSet content) throws IOException {
    List<UnknownFieldSet> tensors = OnnxFields.parts(content, ATTRIBUTE_TENSOR);
    if (tensors.isEmpty()) {
      numbers(attribute, numbers(content)).ifPresent(array -> constants.put(name, () -> array));
    } else {
      stored(name, tensors.getFirst());
    }
  }

  /// What an attribute of a `Constant` says that is no tensor: one number, or a list of some.
  private static Optional<NumberArray> numbers(String attribute, List<Double> numbers) {
    double[] values = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    return switch (attribute) {
      case "value_float", "value_int" ->
          values.length == 1 ? Optional.of(NumberArray.of(values)) : Optional.empty();
      case "value_floats", "value_ints" -> Optional.of(NumberArray.of(values, values.length));
      default -> Optional.empty();
    };
  }

  /// What an attribute has; a 0 may be left out.
  private static List<Double> numbers(UnknownFieldSet attribute) throws IOException {
    List<Double> all = new ArrayList<>();
    for (int field : new int[] {ATTRIBUTE_NUMBER, ATTRIBUTE_NUMBERS}) {
      for (double number : OnnxFields.floats(attribute, field)) {
        all.add(number);
      }
    }
    for (int field : new int[] {ATTRIBUTE_WHOLE, ATTRIBUTE_WHOLES}) {
      for (long number : OnnxFields.wholes(attribute, field)) {
        all.add((double) number);
      }
    }
    boolean isLeftOut =
        all.isEmpty() && ONE_NUMBER.contains(OnnxFields.whole(attribute, ATTRIBUTE_TYPE, 0));
    return isLeftOut ? List.of(0.0) : all;
  }
}
