package snel.runtime.data;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import snel.runtime.kernel.ProblemKind;

/// Reads and writes NumPy's NPZ archives: named NPY arrays in a zip file.
public final class Npz {
  private static final String KIND = "an NPZ archive";
  private static final String SUFFIX = ".npy";

  private Npz() {}

  public static ArrayFile read(DataFile file) {
    return FileContent.read(file, KIND, content -> arrays(file.name(), content));
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

  private static ArrayFile arrays(String file, InputStream content) throws IOException {
    var arrays = new LinkedHashMap<String, Supplier<NumberArray>>();
    ZipInputStream zip = new ZipInputStream(content);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String name = entry.getName();
      if (name.endsWith(SUFFIX)) {
        String place = file + " (" + name + ")";
        byte[] bytes = BoundedStream.all(zip, place, Npy.KIND);
        arrays.put(
            name.substring(0, name.length() - SUFFIX.length()), () -> Npy.parse(place, bytes));
      }
    }
    if (arrays.isEmpty()) {
      throw DataProblem.found(file, KIND, "no array in it");
    }
    return new ArrayFile(arrays);
  }

  /// Writes named arrays; the bytes depend on the arrays only, not on the time.
  public static void write(Map<String, NumberArray> arrays, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Map.Entry<String, NumberArray> array : arrays.entrySet()) {
      ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
      entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
      zip.putNextEntry(entry);
      OutputStream buffered = new BufferedOutputStream(zip, 1 << 16);
      Npy.write(array.getValue(), buffered);
      buffered.flush();
      zip.closeEntry();
    }
    zip.finish();
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
