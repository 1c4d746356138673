package snel.target.c;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.CompilerBug;
import snel.target.Artifact;

/// The run-time library in C, which travels with every program: the resources beside this class
/// that `library.txt` lists.
final class CLibrary {
  private CLibrary() {}

  static List<Artifact.File> files() {
    List<Artifact.File> files = new ArrayList<>();
    for (String name : resource("library.txt").strip().split("\n")) {
      files.add(Artifact.File.of(name, resource(name)));
    }
    return files;
  }

  private static String resource(String name) {
    try (InputStream in = CLibrary.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new CompilerBug("the C library lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CompilerBug("the C library cannot be read", e);
    }
  }
}
