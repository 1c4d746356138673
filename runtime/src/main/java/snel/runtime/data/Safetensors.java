package snel.runtime.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import snel.runtime.record.Json;

/// Reads safetensors files: the length of a header, the header in JSON with the type, shape and
/// place of each array, and the arrays (https://github.com/huggingface/safetensors).
public final class Safetensors {
  private static final String KIND = "a safetensors file";
  private static final String METADATA = "__metadata__";

  private Safetensors() {}

  public static ArrayFile read(DataFile file) {
    byte[] content = FileContent.bytes(file, KIND);
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    long header = content.length < 8 ? -1 : bytes.getLong(0);
    if (header < 2 || header > content.length - 8) {
      throw DataProblem.found(file.name(), KIND, "a header of " + header + " bytes");
    }
    int data = (int) header + 8;
    String text = new String(content, 8, (int) header, StandardCharsets.UTF_8);
    Map<String, Supplier<NumberArray>> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : Json.object(file.name(), text).entrySet()) {
      if (!entry.getKey().equals(METADATA)) {
        String place = file.name() + ", `" + entry.getKey() + "`";
        arrays.put(entry.getKey(), () -> array(place, entry.getValue(), bytes, data));
      }
    }
    return new ArrayFile(arrays);
  }

  private static NumberArray array(String place, Object entry, ByteBuffer bytes, int data) {
    if (!(entry instanceof Map<?, ?> fields)
        || !(fields.get("dtype") instanceof String type)
        || !(fields.get("shape") instanceof List<?> lengths)
        || !(fields.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2) {
      throw DataProblem.found(place, "type, shape and place of an array", String.valueOf(entry));
    }
    TensorBytes kind = kind(place, type);
    Shape shape =
        Shape.read(place, lengths.stream().map(length -> (long) whole(place, length)).toList());
    long from = data + (long) whole(place, offsets.get(0));
    long to = data + (long) whole(place, offsets.get(1));
    if (from < data) {
      throw DataProblem.found(
          place, "a place that begins at byte 0 or later", "one that begins at " + (from - data));
    }
    if (to - from != shape.bytes(kind.width())) {
      throw DataProblem.found(
          place,
          shape.bytes(kind.width()) + " bytes for numbers of type " + type + " and shape " + shape,
          "that its place has " + (to - from));
    }
    if (to > bytes.limit()) {
      throw DataProblem.truncated(place, "its end at byte " + to, bytes.limit() + " bytes");
    }
    return new NumberArray(shape, kind.read(bytes.slice((int) from, (int) (to - from))));
  }

  private static TensorBytes kind(String place, String type) {
    for (TensorBytes known : TensorBytes.values()) {
      if (known.name().equals(type)) {
        return known;
      }
    }
    throw DataProblem.found(place, "numbers of a type such as F32", "the type " + type);
  }

  private static int whole(String place, Object number) {
    if (number instanceof Number known && known.doubleValue() == known.intValue()) {
      return known.intValue();
    }
    throw DataProblem.found(place, "a whole number", String.valueOf(number));
  }
}
