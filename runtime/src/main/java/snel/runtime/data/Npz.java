package snel.runtime.data;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import snel.runtime.kernel.ProblemKind;

/// Reads and writes NumPy's NPZ archives: named NPY arrays in a zip file.
public final class Npz {
  private static final String KIND = "an NPZ archive";
  private static final String SUFFIX = ".npy";

  private Npz() {}

  public static ArrayFile read(DataFile file) {
    return FileContent.seek(file, KIND, content -> arrays(file.name(), content));
  }

  /// One array of an archive.
  public static NumberArray read(DataFile file, String name) {
    ArrayFile arrays = read(file);
    NumberArray found = arrays.get(name);
    if (found == null) {
      throw DataProblem.found(
          ProblemKind.COLUMN_MISSING,
          file.name(),
          "an array \"" + name + "\"",
          String.join(", ", arrays.names()));
    }
    return found;
  }

  private static ArrayFile arrays(String file, Path content) throws IOException {
    var arrays = new LinkedHashMap<String, Supplier<NumberArray>>();
    try (ZipFile zip = opened(file, content)) {
      requireOnce(file, zip);
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        if (name.endsWith(SUFFIX)) {
          String place = file + " (" + name + ")";
          byte[] bytes = bytes(zip, entry, place);
          arrays.put(
              name.substring(0, name.length() - SUFFIX.length()), () -> Npy.parse(place, bytes));
        }
      }
    }
    if (arrays.isEmpty()) {
      throw DataProblem.found(file, KIND, "no array in it");
    }
    return new ArrayFile(arrays);
  }

  /// A member is found by its name only.
  private static void requireOnce(String file, ZipFile zip) {
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (!names.add(entry.getName())) {
        throw DataProblem.found(
            ProblemKind.FILE_UNREADABLE,
            file,
            KIND + " with one array of each name",
            "two members `" + entry.getName() + "`");
      }
    }
  }

  private static ZipFile opened(String file, Path content) throws IOException {
    try {
      return new ZipFile(content.toFile());
    } catch (ZipException noDirectory) {
      byte[] first = first(content);
      if (!FileKind.ZIP.begins(first)) {
        throw DataProblem.found(file, KIND + " (first bytes 50 4B 03 04)", FileKind.told(first));
      }
      Optional<ZipArchiveEntry> other = packedOtherwise(content);
      if (other.isPresent()) {
        throw DataProblem.found(
            file + " (" + other.get().getName() + ")",
            "an array that is not packed, or packed by deflate",
            "one packed by "
                + method(other.get())
                + "; `np.savez` or `np.savez_compressed` of NumPy writes one that is read");
      }
      throw DataProblem.truncated(file, KIND + " with a list of its arrays at the end", "none");
    }
  }

  /// The first member that Java cannot unpack. Its own list ends there.
  private static Optional<ZipArchiveEntry> packedOtherwise(Path content) {
    try (var zip =
        org.apache.commons.compress.archivers.zip.ZipFile.builder().setPath(content).get()) {
      return Collections.list(zip.getEntries()).stream()
          .filter(entry ->
              entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED)
          .findFirst();
    } catch (IOException isDamaged) {
      return Optional.empty();
    }
  }

  private static String method(ZipArchiveEntry entry) {
    ZipMethod known = ZipMethod.getMethodByCode(entry.getMethod());
    return known == null || known == ZipMethod.UNKNOWN
        ? "method " + entry.getMethod()
        : known.name().toLowerCase(Locale.ROOT);
  }

  private static byte[] first(Path content) throws IOException {
    try (InputStream in = Files.newInputStream(content)) {
      return in.readNBytes(FileKind.LOOKED_AT);
    }
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry, String place) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = BoundedStream.all(in, place, Npy.KIND);
      var sum = new CRC32();
      sum.update(bytes);
      if (sum.getValue() != entry.getCrc()) {
        throw new ZipException(entry.getName() + " has another check sum");
      }
      return bytes;
    }
  }

  /// Writes named arrays; the bytes depend on the arrays only, not on the time.
  public static void write(Map<String, NumberArray> arrays, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Map.Entry<String, NumberArray> array : arrays.entrySet()) {
      zip.putNextEntry(entry(array.getKey()));
      OutputStream buffered = new BufferedOutputStream(zip, 1 << 16);
      Npy.write(array.getValue(), buffered);
      buffered.flush();
      zip.closeEntry();
    }
    zip.finish();
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name + SUFFIX);
    entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
    return entry;
  }

  /// An archive in memory whose arrays are not packed: whoever reads it need not unpack them.
  public static byte[] unpacked(Map<String, NumberArray> arrays) {
    var out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, NumberArray> array : arrays.entrySet()) {
        var content = new ByteArrayOutputStream();
        Npy.write(array.getValue(), content);
        var sum = new CRC32();
        sum.update(content.toByteArray());
        ZipEntry entry = entry(array.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.size());
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        content.writeTo(zip);
        zip.closeEntry();
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toByteArray();
  }

  /// An archive in memory.
  public static byte[] toBytes(Map<String, NumberArray> arrays) {
    var out = new ByteArrayOutputStream();
    try {
      write(arrays, out);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toByteArray();
  }
}
