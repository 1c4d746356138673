package snel.runtime.data;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import snel.runtime.kernel.ProblemKind;

/// The header of an NPY file (NumPy enhancement proposal 1): element type, order of the dimensions
/// and shape, written as a Python dictionary after a magic word.
public record NpyHeader(String type, boolean lastIndexFastest, Shape shape) {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /// An entry of the dictionary, whose keys Python may write in any order and with either quotes.
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*(['\"])(?<key>descr|fortran_order|shape)\\1\\s*:"
              + "\\s*(?<value>'[^'\"]*'|\"[^'\"]*\"|True|False|\\([\\d,\\sL]*\\))\\s*(,|(?=}))");

  private static final Pattern TYPE = Pattern.compile("['\"].*['\"]");
  private static final Pattern ORDER = Pattern.compile("True|False");
  private static final Pattern SHAPE = Pattern.compile("\\(.*\\)", Pattern.DOTALL);

  /// A header padded to `bytes`, so that the shape can be written anew in the same place.
  public byte[] toBytes(int bytes) {
    String dictionary =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
            .formatted(type, lastIndexFastest ? "False" : "True", lengths());
    byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
    int prefix = MAGIC.length + 4;
    if (prefix + text.length + 1 > bytes) {
      throw new IllegalArgumentException("an NPY header of " + bytes + " bytes is too short");
    }
    byte[] out = new byte[bytes];
    System.arraycopy(MAGIC, 0, out, 0, MAGIC.length);
    out[6] = 1; // version 1.0: the length takes two bytes
    out[8] = (byte) (bytes - prefix);
    out[9] = (byte) (bytes - prefix >> 8);
    System.arraycopy(text, 0, out, prefix, text.length);
    java.util.Arrays.fill(out, prefix + text.length, bytes - 1, (byte) ' ');
    out[bytes - 1] = '\n';
    return out;
  }

  /// A header as NumPy pads it, to a multiple of 64 bytes.
  public byte[] toBytes() {
    return toBytes(128 + 64 * (shape.dimensions() / 8));
  }

  static NpyHeader parse(String file, String dictionary) {
    Map<String, String> entries = entries(dictionary);
    boolean isWhole =
        has(entries, "descr", TYPE)
            && has(entries, "fortran_order", ORDER)
            && has(entries, "shape", SHAPE);
    if (!isWhole) {
      throw DataProblem.found(
          file, "an NPY header of plain numbers", "the header " + dictionary.strip());
    }
    List<Integer> lengths = new ArrayList<>();
    for (String length : inner(entries, "shape").replace("L", "").split(",")) {
      if (!length.isBlank()) {
        lengths.add(length(file, length.strip()));
      }
    }
    boolean lastIndexFastest = "False".equals(entries.get("fortran_order"));
    return new NpyHeader(inner(entries, "descr"), lastIndexFastest, new Shape(lengths));
  }

  /// The values by their keys; none if there is anything else.
  private static Map<String, String> entries(String dictionary) {
    Map<String, String> entries = new HashMap<>();
    String text = dictionary.strip();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      return Map.of();
    }
    Matcher entry = ENTRY.matcher(text);
    int at = 1;
    while (entry.region(at, text.length()).lookingAt()) {
      entries.put(entry.group("key"), entry.group("value"));
      at = entry.end();
    }
    return text.substring(at, text.length() - 1).isBlank() ? entries : Map.of();
  }

  private static boolean has(Map<String, String> entries, String key, Pattern value) {
    return value.matcher(entries.getOrDefault(key, "")).matches();
  }

  /// A value without its quotes or parentheses.
  private static String inner(Map<String, String> entries, String key) {
    String value = entries.getOrDefault(key, "");
    return value.substring(1, value.length() - 1);
  }

  private static int length(String file, String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException _) {
      throw DataProblem.found(
          ProblemKind.FILE_UNREADABLE,
          file,
          "fewer than 2,147,483,648 elements a dimension",
          digits);
    }
  }

  ByteOrder order() {
    return type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private String lengths() {
    return switch (shape.dimensions()) {
      case 0 -> "";
      case 1 -> shape.length(0) + ",";
      default -> shape.toString().replace("[", "").replace("]", "");
    };
  }
}
