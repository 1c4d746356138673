package snel.runtime.checkpoint;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import snel.runtime.data.DataProblem;
import snel.runtime.file.DurableFile;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.record.Json;

/// The form of a checkpoint on disk, little-endian: the word `SNELCKP1`, the length of the header,
/// the header in JSON (origin, facts, and name, type and length of each section), the sections in
/// that order, then the CRC-32C of everything before it.
final class CheckpointFile {
  private static final byte[] MAGIC = "SNELCKP1".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_HEADER = 1 << 28;

  private CheckpointFile() {}

  static void write(Checkpoint checkpoint, Path file) {
    byte[] header = Json.line(header(checkpoint)).getBytes(StandardCharsets.UTF_8);
    DurableFile.write(
        file,
        out -> {
          var checked = new CheckedOutputStream(out, new CRC32C());
          checked.write(MAGIC);
          checked.write(littleEndian(4).putInt(header.length).array());
          checked.write(header);
          for (Object array : checkpoint.sections().values()) {
            ArrayBytes.write(array, checked);
          }
          sum(checked, out);
        });
  }

  private static void sum(CheckedOutputStream checked, OutputStream out) throws IOException {
    out.write(littleEndian(4).putInt((int) checked.getChecksum().getValue()).array());
  }

  private static Map<String, Object> header(Checkpoint checkpoint) {
    List<Map<String, Object>> sections = new ArrayList<>();
    checkpoint
        .sections()
        .forEach((name, array) -> {
          var section = new LinkedHashMap<String, Object>();
          section.put("name", name);
          section.put("type", SectionType.of(array).name());
          section.put("length", Array.getLength(array));
          sections.add(section);
        });
    var header = new LinkedHashMap<String, Object>();
    header.put("semantics", checkpoint.origin().semantics());
    header.put("source_sha256", checkpoint.origin().sourceSha256());
    header.put("experiment", checkpoint.origin().experiment());
    header.put("key", checkpoint.origin().key());
    header.put("facts", checkpoint.facts());
    header.put("sections", sections);
    return header;
  }

  static Checkpoint read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(file, new CheckedInputStream(in, new CRC32C()));
    } catch (NoSuchFileException _) {
      throw new DataProblem(
          ProblemKind.FILE_MISSING,
          file + ": expected a checkpoint; there is no such file" + Checkpoint.AGAIN);
    } catch (EOFException _) {
      throw new DataProblem(
          ProblemKind.FILE_UNREADABLE,
          file + " is a checkpoint that is cut off; it cannot be used" + Checkpoint.AGAIN);
    } catch (IOException problem) {
      throw MachineRefused.reading(file.toString(), problem);
    }
  }

  private static Checkpoint read(Path file, CheckedInputStream in) throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw DataProblem.found(
          file.toString(), "a checkpoint of Snel", "another kind of file" + Checkpoint.AGAIN);
    }
    int length = ByteBuffer.wrap(exactly(in, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length < 0 || length > LONGEST_HEADER) {
      throw damaged(file);
    }
    byte[] text = exactly(in, length);
    Map<String, Object> header;
    Map<String, Object> sections = new LinkedHashMap<>();
    try {
      header = Json.object(file.toString(), new String(text, StandardCharsets.UTF_8));
      for (Object entry : list(header, "sections")) {
        if (entry instanceof Map<?, ?> section
            && section.get("name") instanceof String name
            && section.get("type") instanceof String type
            && section.get("length") instanceof Integer size) {
          sections.put(name, ArrayBytes.read(SectionType.valueOf(type), size, in));
        }
      }
    } catch (DataProblem | IllegalArgumentException | ClassCastException _) {
      throw damaged(file);
    }
    int expected = (int) in.getChecksum().getValue();
    int found = ByteBuffer.wrap(exactly(in, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (expected != found || in.read() >= 0) {
      throw damaged(file);
    }
    return checkpoint(file, header, sections);
  }

  private static Checkpoint checkpoint(
      Path file, Map<String, Object> header, Map<String, Object> sections) {
    if (header.get("semantics") instanceof Integer semantics
        && header.get("source_sha256") instanceof String source
        && header.get("experiment") instanceof String experiment
        && header.get("key") instanceof String key
        && header.get("facts") instanceof Map<?, ?> facts) {
      Map<String, Object> known = new LinkedHashMap<>();
      facts.forEach((name, value) -> known.put(String.valueOf(name), value));
      return new Checkpoint(new Origin(semantics, source, experiment, key), known, sections);
    }
    throw damaged(file);
  }

  private static List<?> list(Map<String, Object> header, String name) {
    return header.get(name) instanceof List<?> list ? list : List.of();
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  private static DataProblem damaged(Path file) {
    return new DataProblem(
        ProblemKind.FILE_UNREADABLE,
        file + " is a damaged checkpoint: its checksum does not fit" + Checkpoint.AGAIN);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
