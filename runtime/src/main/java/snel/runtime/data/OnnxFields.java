package snel.runtime.data;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Fields of a protocol buffer by their numbers.
final class OnnxFields {
  private OnnxFields() {}

  static String text(UnknownFieldSet from, int field) {
    List<String> texts = texts(from, field);
    return texts.isEmpty() ? "" : texts.getFirst();
  }

  static List<String> texts(UnknownFieldSet from, int field) {
    return from.getField(field).getLengthDelimitedList().stream()
        .map(ByteString::toStringUtf8)
        .toList();
  }

  static List<UnknownFieldSet> parts(UnknownFieldSet from, int field) throws IOException {
    List<UnknownFieldSet> all = new ArrayList<>();
    for (ByteString each : from.getField(field).getLengthDelimitedList()) {
      all.add(UnknownFieldSet.parseFrom(each));
    }
    return all;
  }

  /// The first part, with nothing in it if there is none.
  static UnknownFieldSet part(UnknownFieldSet from, int field) throws IOException {
    List<UnknownFieldSet> all = parts(from, field);
    return all.isEmpty() ? UnknownFieldSet.getDefaultInstance() : all.getFirst();
  }

  static int whole(UnknownFieldSet from, int field, int otherwise) throws IOException {
    long[] all = wholes(from, field);
    return all.length == 0 ? otherwise : (int) all[0];
  }

  /// Whole numbers, packed or one by one.
  static long[] wholes(UnknownFieldSet from, int field) throws IOException {
    List<Long> all = new ArrayList<>(from.getField(field).getVarintList());
    for (ByteString packed : from.getField(field).getLengthDelimitedList()) {
      CodedInputStream in = packed.newCodedInput();
      while (!in.isAtEnd()) {
        all.add(in.readInt64());
      }
    }
    return all.stream().mapToLong(Long::longValue).toArray();
  }

  static double[] floats(UnknownFieldSet from, int field) {
    List<Double> all = new ArrayList<>();
    for (int bits : from.getField(field).getFixed32List()) {
      all.add((double) Float.intBitsToFloat(bits));
    }
    addPacked(from, field, TensorBytes.F32, all);
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static double[] doubles(UnknownFieldSet from, int field) {
    List<Double> all = new ArrayList<>();
    for (long bits : from.getField(field).getFixed64List()) {
      all.add(Double.longBitsToDouble(bits));
    }
    addPacked(from, field, TensorBytes.F64, all);
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void addPacked(
      UnknownFieldSet from, int field, TensorBytes kind, List<Double> all) {
    for (ByteString packed : from.getField(field).getLengthDelimitedList()) {
      Numbers numbers = kind.read(packed.asReadOnlyByteBuffer());
      for (int k = 0; k < numbers.length(); k++) {
        all.add(numbers.real(k));
      }
    }
  }
}
