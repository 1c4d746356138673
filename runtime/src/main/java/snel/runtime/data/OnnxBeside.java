package snel.runtime.data;

import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.runtime.file.MachineRefused;

/// Files beside an ONNX model in which numbers of its arrays lie. None lies outside its folder.
record OnnxBeside(DataFile model) {
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final String KIND = "a file of numbers in the folder of the model";

  /// The file that entries of an array speak of.
  static String location(List<UnknownFieldSet> entries) {
    return words(entries).getOrDefault("location", "");
  }

  private static Map<String, String> words(List<UnknownFieldSet> entries) {
    Map<String, String> all = new HashMap<>();
    entries.forEach(entry -> all.put(OnnxFields.text(entry, KEY), OnnxFields.text(entry, VALUE)));
    return all;
  }

  /// @param entries where the numbers lie
  /// @param wanted how many bytes they are
  ByteBuffer bytes(String place, List<UnknownFieldSet> entries, long wanted) {
    Map<String, String> words = words(entries);
    Path path = path(place, words.getOrDefault("location", ""));
    long from = whole(place, words, "offset", 0);
    long length = whole(place, words, "length", wanted);
    if (length != wanted || wanted > Integer.MAX_VALUE) {
      throw DataProblem.found(
          place, Math.min(wanted, Integer.MAX_VALUE) + " bytes", "a length of " + length);
    }
    try (FileChannel stored = FileChannel.open(path)) {
      if (from > stored.size() - length) {
        throw DataProblem.truncated(
            path.toString(),
            length + " bytes from byte " + from + " on, for " + place,
            stored.size() + " bytes in all");
      }
      return read(stored, from, (int) length);
    } catch (IOException problem) {
      throw MachineRefused.reading(path.toString(), problem);
    }
  }

  private static ByteBuffer read(FileChannel stored, long from, int length) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(length);
    while (content.hasRemaining() && stored.read(content, from + content.position()) >= 0) {
      // more is to come
    }
    return content.flip();
  }

  private static long whole(String place, Map<String, String> words, String key, long otherwise) {
    String text = words.get(key);
    try {
      long number = text == null ? otherwise : Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw DataProblem.found(place, "a number of bytes as `" + key + "`", "\"" + text + "\"");
  }

  /// The file itself, once it is known to lie in the model's folder.
  Path path(String place, String location) {
    if (!(model instanceof DataFile.OnDisk(Path file))) {
      throw DataProblem.found(place, "its numbers", "that they lie in another file");
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    try {
      if (folder == null || location.isEmpty()) {
        throw outside(place, location);
      }
      Path path = folder.resolve(location).normalize();
      if (!path.startsWith(folder)) {
        throw outside(place, location);
      }
      if (!Files.isRegularFile(path)) {
        throw DataProblem.missing(path.toString(), "the numbers of " + place);
      }
      if (!path.toRealPath().startsWith(folder.toRealPath())) {
        throw outside(place, location);
      }
      return path;
    } catch (InvalidPathException _) {
      throw outside(place, location);
    } catch (IOException problem) {
      throw MachineRefused.reading(location, problem);
    }
  }

  private static DataProblem outside(String place, String location) {
    return DataProblem.found(place, KIND, "\"" + location + "\"");
  }
}
