package snel.target;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The files that a target makes of a program.
public record Artifact(List<File> files) {
  public Artifact {
    files = List.copyOf(files);
  }

  /// @param path relative, with `/`
  public record File(String path, String text) {
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /// The text of one file.
  public String text(String path) {
    for (File file : files) {
      if (file.path().equals(path)) {
        return file.text();
      }
    }
    throw new IllegalArgumentException("no file " + path);
  }
}
