package snel.runtime.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.record.Json;

/// Reads safetensors files: the length of a header, the header in JSON with the type, shape and
/// place of each array, and the arrays (https://github.com/huggingface/safetensors).
public final class Safetensors {
  private static final String KIND = "a safetensors file";
  private static final String METADATA = "__metadata__";

  private static final Comparator<Place> IN_FILE =
      Comparator.comparingLong(Place::from).thenComparingLong(Place::to);

  private Safetensors() {}

  public static ArrayFile read(DataFile file) {
    byte[] content = FileContent.bytes(file, KIND);
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (content.length < 8) {
      throw DataProblem.found(file.name(), KIND, FileKind.told(content));
    }
    long header = bytes.getLong(0);
    int behind = content.length - 8;
    boolean begins = FileKind.isSafetensors(content);
    if (begins && header > behind) {
      throw DataProblem.truncated(
          file.name(), "a header of " + header + " bytes", behind + " bytes");
    }
    if (header < 2 || header > behind) {
      String found = "a header of %d bytes in a file of %d".formatted(header, content.length);
      throw DataProblem.found(
          file.name(), KIND, begins ? found : FileKind.of(content).orElse(found));
    }
    int data = (int) header + 8;
    String text = new String(content, 8, (int) header, StandardCharsets.UTF_8);
    List<Place> places = new ArrayList<>();
    for (Map.Entry<String, Object> entry : Json.object(file.name(), text).entrySet()) {
      if (!entry.getKey().equals(METADATA)) {
        places.add(place(file.name(), entry.getKey(), entry.getValue()));
      }
    }
    requireCovered(file.name(), places, content.length - data);
    Map<String, Supplier<NumberArray>> arrays = new LinkedHashMap<>();
    places.forEach(place -> arrays.put(place.name, () -> array(place, bytes, data)));
    return new ArrayFile(arrays);
  }

  /// Where an array lies behind the header.
  ///
  /// @param words name it in a problem
  private record Place(String name, String words, String type, Shape shape, long from, long to) {}

  private static Place place(String file, String name, Object entry) {
    String words = file + ", `" + name + "`";
    if (!(entry instanceof Map<?, ?> fields)
        || !(fields.get("dtype") instanceof String type)
        || !(fields.get("shape") instanceof List<?> lengths)
        || !(fields.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2) {
      throw DataProblem.found(words, "type, shape and place of an array", String.valueOf(entry));
    }
    Shape shape = Shape.read(words, lengths.stream().map(length -> whole(words, length)).toList());
    long from = whole(words, offsets.get(0));
    long to = whole(words, offsets.get(1));
    if (from < 0) {
      throw DataProblem.found(
          words, "a place that begins at byte 0 or later", "one that begins at " + from);
    }
    Optional<TensorBytes> kind = kind(type);
    if (kind.isPresent() && to - from != shape.bytes(kind.get().width())) {
      throw DataProblem.found(
          words,
          shape.bytes(kind.get().width())
              + " bytes for numbers of type "
              + type
              + " and shape "
              + shape,
          "that its place has " + (to - from));
    }
    return new Place(name, words, type, shape, from, to);
  }

  /// Arrays lie one behind the other, from the header to the end.
  private static void requireCovered(String file, List<Place> places, long bytes) {
    long end = 0;
    for (Place place : places.stream().sorted(IN_FILE).toList()) {
      if (place.from != end || place.to < place.from) {
        throw DataProblem.found(
            ProblemKind.FILE_UNREADABLE,
            place.words,
            "a place that begins at byte " + end + ", where the one before ends",
            "one from byte " + place.from + " to byte " + place.to);
      }
      end = place.to;
    }
    if (end > bytes) {
      throw DataProblem.truncated(
          file, end + " bytes of arrays, as its header says", bytes + " bytes");
    }
    if (end < bytes) {
      throw DataProblem.found(
          ProblemKind.FILE_UNREADABLE,
          file,
          end + " bytes of arrays, as its header says",
          bytes + " bytes");
    }
  }

  private static NumberArray array(Place place, ByteBuffer bytes, int data) {
    TensorBytes kind =
        kind(place.type)
            .orElseThrow(() ->
                DataProblem.found(
                    place.words, "numbers of a type such as F32", "the type " + place.type));
    int length = (int) (place.to - place.from);
    return new NumberArray(place.shape, kind.read(bytes.slice(data + (int) place.from, length)));
  }

  private static Optional<TensorBytes> kind(String type) {
    return Arrays.stream(TensorBytes.values())
        .filter(known -> known.name().equals(type))
        .findFirst();
  }

  private static long whole(String place, Object number) {
    if (number instanceof Number known && known.doubleValue() == known.longValue()) {
      return known.longValue();
    }
    throw DataProblem.found(place, "a whole number", String.valueOf(number));
  }
}
