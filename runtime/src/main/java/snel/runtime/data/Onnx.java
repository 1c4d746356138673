package snel.runtime.data;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// Reads ONNX models. They are protocol buffers; the numbers of the fields are those of the ONNX
/// standard (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
public final class Onnx {
  private static final String KIND = "an ONNX model";
  private static final String CONSTANT = "Constant";
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_CONSTANT = 5;
  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_NAME = 3;
  private static final int NODE_OPERATION = 4;
  private static final int NODE_ATTRIBUTE = 5;
  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_NUMBER = 2;
  private static final int ATTRIBUTE_WHOLE = 3;
  private static final int ATTRIBUTE_TEXT = 4;
  private static final int ATTRIBUTE_TENSOR = 5;
  private static final int ATTRIBUTE_NUMBERS = 7;
  private static final int ATTRIBUTE_WHOLES = 8;
  private static final int TENSOR_LENGTHS = 1;
  private static final int TENSOR_TYPE = 2;
  private static final int TENSOR_FLOATS = 4;
  private static final int TENSOR_INTS = 5;
  private static final int TENSOR_LONGS = 7;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_BYTES = 9;
  private static final int TENSOR_DOUBLES = 10;
  private static final int TENSOR_ELSEWHERE = 13;
  private static final int FLOAT = 1;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int DOUBLE = 11;

  private final String file;

  private Onnx(String file) {
    this.file = file;
  }

  public static OnnxGraph read(DataFile file) {
    byte[] content = FileContent.bytes(file, KIND);
    try {
      UnknownFieldSet model = UnknownFieldSet.parseFrom(content);
      List<ByteString> graphs = model.getField(MODEL_GRAPH).getLengthDelimitedList();
      if (graphs.isEmpty()) {
        throw DataProblem.found(file.name(), KIND, FileKind.of(content).orElse("no graph in it"));
      }
      return new Onnx(file.name()).graph(UnknownFieldSet.parseFrom(graphs.getFirst()));
    } catch (IOException problem) {
      throw DataProblem.found(
          file.name(),
          KIND,
          FileKind.of(content).orElse("damaged or cut off content, " + FileKind.first(content)));
    }
  }

  private OnnxGraph graph(UnknownFieldSet graph) throws IOException {
    Map<String, NumberArray> constants = new LinkedHashMap<>();
    for (ByteString each : graph.getField(GRAPH_CONSTANT).getLengthDelimitedList()) {
      UnknownFieldSet tensor = UnknownFieldSet.parseFrom(each);
      String name = text(tensor, TENSOR_NAME);
      constants.put(name, array(tensor, name));
    }
    List<OnnxGraph.Node> nodes = new ArrayList<>();
    for (ByteString each : graph.getField(GRAPH_NODE).getLengthDelimitedList()) {
      UnknownFieldSet node = UnknownFieldSet.parseFrom(each);
      nodes.add(node(node, constants));
    }
    return new OnnxGraph(nodes, constants);
  }

  /// @param constants get the arrays that lie in `Constant` nodes
  private OnnxGraph.Node node(UnknownFieldSet node, Map<String, NumberArray> constants)
      throws IOException {
    String operation = text(node, NODE_OPERATION);
    List<String> outputs = texts(node, NODE_OUTPUT);
    Map<String, List<Double>> attributes = new LinkedHashMap<>();
    Map<String, String> words = new LinkedHashMap<>();
    for (ByteString each : node.getField(NODE_ATTRIBUTE).getLengthDelimitedList()) {
      UnknownFieldSet attribute = UnknownFieldSet.parseFrom(each);
      List<ByteString> tensors = attribute.getField(ATTRIBUTE_TENSOR).getLengthDelimitedList();
      if (!tensors.isEmpty() && !outputs.isEmpty()) {
        String output = outputs.getFirst();
        constants.put(output, array(UnknownFieldSet.parseFrom(tensors.getFirst()), output));
      }
      String name = text(attribute, ATTRIBUTE_NAME);
      List<Double> numbers = numbers(attribute);
      attributes.put(name, numbers);
      if (operation.equals(CONSTANT) && !outputs.isEmpty()) {
        constant(name, numbers).ifPresent(array -> constants.put(outputs.getFirst(), array));
      }
      if (attribute.hasField(ATTRIBUTE_TEXT)) {
        words.put(name, text(attribute, ATTRIBUTE_TEXT));
      }
    }
    return new OnnxGraph.Node(
        text(node, NODE_NAME), operation, texts(node, NODE_INPUT), outputs, attributes, words);
  }

  /// What an attribute of a `Constant` says that is no tensor: one number, or a list of some.
  private static Optional<NumberArray> constant(String attribute, List<Double> numbers) {
    double[] values = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    return switch (attribute) {
      case "value_float", "value_int" ->
          values.length == 1 ? Optional.of(NumberArray.of(values)) : Optional.empty();
      case "value_floats", "value_ints" -> Optional.of(NumberArray.of(values, values.length));
      default -> Optional.empty();
    };
  }

  private static List<Double> numbers(UnknownFieldSet attribute) throws IOException {
    List<Double> all = new ArrayList<>();
    for (int field : new int[] {ATTRIBUTE_NUMBER, ATTRIBUTE_NUMBERS}) {
      for (double number : floats(attribute, field)) {
        all.add(number);
      }
    }
    for (int field : new int[] {ATTRIBUTE_WHOLE, ATTRIBUTE_WHOLES}) {
      for (long number : wholes(attribute, field)) {
        all.add((double) number);
      }
    }
    return all;
  }

  private NumberArray array(UnknownFieldSet tensor, String name) throws IOException {
    String place = file + ", `" + name + "`";
    if (tensor.hasField(TENSOR_ELSEWHERE)) {
      throw DataProblem.found(place, "its numbers", "that they lie in another file");
    }
    long[] lengths = wholes(tensor, TENSOR_LENGTHS);
    Shape shape = Shape.read(place, LongStream.of(lengths).boxed().toList());
    Numbers values = numbers(tensor, place);
    if (shape.size() != values.length()) {
      throw DataProblem.found(place, shape.size() + " numbers", String.valueOf(values.length()));
    }
    return new NumberArray(shape, values);
  }

  private static Numbers numbers(UnknownFieldSet tensor, String place) throws IOException {
    long[] types = wholes(tensor, TENSOR_TYPE);
    int type = types.length == 0 ? 0 : (int) types[0]; // 0 is an undefined type
    List<ByteString> raw = tensor.getField(TENSOR_BYTES).getLengthDelimitedList();
    if (!raw.isEmpty()) {
      return read(kind(type, place), raw.getFirst(), place);
    }
    return switch (type) {
      case FLOAT -> new Numbers.Doubles(floats(tensor, TENSOR_FLOATS));
      case DOUBLE -> new Numbers.Doubles(doubles(tensor, TENSOR_DOUBLES));
      case INT64 -> new Numbers.Longs(wholes(tensor, TENSOR_LONGS));
      case INT32 -> new Numbers.Longs(wholes(tensor, TENSOR_INTS));
      default -> throw DataProblem.found(place, "numbers", "ONNX type " + type);
    };
  }

  private static Numbers read(TensorBytes kind, ByteString content, String place) {
    if (content.size() % kind.width() != 0) {
      throw DataProblem.found(
          place, "numbers of " + kind.width() + " bytes each", content.size() + " bytes");
    }
    return kind.read(content.asReadOnlyByteBuffer());
  }

  private static TensorBytes kind(int type, String place) {
    return switch (type) {
      case FLOAT -> TensorBytes.F32;
      case 2, 9 -> TensorBytes.U8; // 9 are truth values
      case 3 -> TensorBytes.I8;
      case 5 -> TensorBytes.I16;
      case INT32 -> TensorBytes.I32;
      case INT64 -> TensorBytes.I64;
      case 10 -> TensorBytes.F16;
      case DOUBLE -> TensorBytes.F64;
      case 16 -> TensorBytes.BF16;
      default -> throw DataProblem.found(place, "numbers", "ONNX type " + type);
    };
  }

  private static String text(UnknownFieldSet from, int field) {
    List<String> texts = texts(from, field);
    return texts.isEmpty() ? "" : texts.getFirst();
  }

  private static List<String> texts(UnknownFieldSet from, int field) {
    return from.getField(field).getLengthDelimitedList().stream()
        .map(ByteString::toStringUtf8)
        .toList();
  }

  /// Whole numbers, packed or one by one.
  private static long[] wholes(UnknownFieldSet from, int field) throws IOException {
    List<Long> all = new ArrayList<>(from.getField(field).getVarintList());
    for (ByteString packed : from.getField(field).getLengthDelimitedList()) {
      CodedInputStream in = packed.newCodedInput();
      while (!in.isAtEnd()) {
        all.add(in.readInt64());
      }
    }
    return all.stream().mapToLong(Long::longValue).toArray();
  }

  private static double[] floats(UnknownFieldSet from, int field) {
    List<Double> all = new ArrayList<>();
    for (int bits : from.getField(field).getFixed32List()) {
      all.add((double) Float.intBitsToFloat(bits));
    }
    for (ByteString packed : from.getField(field).getLengthDelimitedList()) {
      Numbers numbers = TensorBytes.F32.read(packed.asReadOnlyByteBuffer());
      for (int k = 0; k < numbers.length(); k++) {
        all.add(numbers.real(k));
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] doubles(UnknownFieldSet from, int field) {
    List<Double> all = new ArrayList<>();
    for (long bits : from.getField(field).getFixed64List()) {
      all.add(Double.longBitsToDouble(bits));
    }
    for (ByteString packed : from.getField(field).getLengthDelimitedList()) {
      Numbers numbers = TensorBytes.F64.read(packed.asReadOnlyByteBuffer());
      for (int k = 0; k < numbers.length(); k++) {
        all.add(numbers.real(k));
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
