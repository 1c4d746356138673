package snel.runtime.data;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Reads an array of an ONNX model: its numbers lie in bytes, in one of the fields for numbers, or
/// in a file beside the model.
final class OnnxTensor {
  private static final int LENGTHS = 1;
  private static final int TYPE = 2;
  private static final int FLOATS = 4;
  private static final int INTS = 5;
  private static final int LONGS = 7;
  private static final int NAME = 8;
  private static final int BYTES = 9;
  private static final int DOUBLES = 10;
  private static final int UNSIGNED = 11;
  private static final int ELSEWHERE = 13;
  private static final int PLACE = 14;

  /// By their numbers in the standard.
  private static final List<String> TYPES =
      List.of(
          "UNDEFINED",
          "FLOAT",
          "UINT8",
          "INT8",
          "UINT16",
          "INT16",
          "INT32",
          "INT64",
          "STRING",
          "BOOL",
          "FLOAT16",
          "DOUBLE",
          "UINT32",
          "UINT64",
          "COMPLEX64",
          "COMPLEX128",
          "BFLOAT16");

  private final UnknownFieldSet tensor;
  private final String place;
  private final OnnxBeside beside;

  /// @param place names it in a problem
  OnnxTensor(UnknownFieldSet tensor, String place, OnnxBeside beside) {
    this.tensor = tensor;
    this.place = place;
    this.beside = beside;
  }

  static String name(UnknownFieldSet tensor) {
    return OnnxFields.text(tensor, NAME);
  }

  /// The file in which the numbers lie, where that is another.
  static Optional<String> elsewhere(UnknownFieldSet tensor) throws IOException {
    return isElsewhere(tensor)
        ? Optional.of(OnnxBeside.location(OnnxFields.parts(tensor, ELSEWHERE)))
        : Optional.empty();
  }

  private static boolean isElsewhere(UnknownFieldSet tensor) throws IOException {
    return tensor.hasField(ELSEWHERE) || OnnxFields.whole(tensor, PLACE, 0) == 1;
  }

  NumberArray read() {
    try {
      long[] lengths = OnnxFields.wholes(tensor, LENGTHS);
      Shape shape = Shape.read(place, LongStream.of(lengths).boxed().toList());
      Numbers values = numbers(OnnxFields.whole(tensor, TYPE, 0), shape);
      if (shape.size() != values.length()) {
        throw DataProblem.found(place, shape.size() + " numbers", String.valueOf(values.length()));
      }
      return new NumberArray(shape, values);
    } catch (IOException damaged) {
      throw DataProblem.found(place, "numbers", "damaged content");
    }
  }

  private Numbers numbers(int type, Shape shape) throws IOException {
    if (isElsewhere(tensor)) {
      TensorBytes kind = kind(type);
      ByteBuffer content =
          beside.bytes(place, OnnxFields.parts(tensor, ELSEWHERE), shape.bytes(kind.width()));
      return checked(kind, kind.read(content));
    }
    List<ByteString> raw = tensor.getField(BYTES).getLengthDelimitedList();
    if (!raw.isEmpty()) {
      return raw(kind(type), raw.getFirst());
    }
    return switch (kind(type)) {
      case F32 -> new Numbers.Doubles(OnnxFields.floats(tensor, FLOATS));
      case F64 -> new Numbers.Doubles(OnnxFields.doubles(tensor, DOUBLES));
      case I64 -> new Numbers.Longs(OnnxFields.wholes(tensor, LONGS));
      case U32, U64 ->
          checked(TensorBytes.U64, new Numbers.Longs(OnnxFields.wholes(tensor, UNSIGNED)));
      case F16 -> halves(OnnxFields.wholes(tensor, INTS), Float::float16ToFloat);
      case BF16 -> halves(OnnxFields.wholes(tensor, INTS), TensorBytes::upperHalf);
      case I8, I16, I32, U8, U16 -> new Numbers.Longs(OnnxFields.wholes(tensor, INTS));
    };
  }

  /// A number of 16 bits.
  private interface Half {
    float value(short bits);
  }

  private static Numbers halves(long[] bits, Half half) {
    double[] values = new double[bits.length];
    Arrays.setAll(values, k -> half.value((short) bits[k]));
    return new Numbers.Doubles(values);
  }

  private Numbers raw(TensorBytes kind, ByteString content) {
    if (content.size() % kind.width() != 0) {
      throw DataProblem.found(
          place, "numbers of " + kind.width() + " bytes each", content.size() + " bytes");
    }
    return checked(kind, kind.read(content.asReadOnlyByteBuffer()));
  }

  private Numbers checked(TensorBytes kind, Numbers numbers) {
    for (int k = 0; kind == TensorBytes.U64 && k < numbers.length(); k++) {
      if (numbers.whole(k) < 0) {
        throw DataProblem.found(
            place, "numbers below 2^63", Long.toUnsignedString(numbers.whole(k)));
      }
    }
    return numbers;
  }

  private TensorBytes kind(int type) {
    return switch (type) {
      case 1 -> TensorBytes.F32;
      case 2, 9 -> TensorBytes.U8; // 9 are truth values
      case 3 -> TensorBytes.I8;
      case 4 -> TensorBytes.U16;
      case 5 -> TensorBytes.I16;
      case 6 -> TensorBytes.I32;
      case 7 -> TensorBytes.I64;
      case 10 -> TensorBytes.F16;
      case 11 -> TensorBytes.F64;
      case 12 -> TensorBytes.U32;
      case 13 -> TensorBytes.U64;
      case 16 -> TensorBytes.BF16;
      default -> throw DataProblem.found(place, "numbers", "ONNX type " + text(type));
    };
  }

  private static String text(int type) {
    return type >= 0 && type < TYPES.size() ? TYPES.get(type) : String.valueOf(type);
  }
}
