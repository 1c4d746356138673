package snel.cli.start;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Copies the jars of the class path into a folder, with classes that start more quickly and do the
/// same ([QuickClass]).
final class QuickJars {
  private QuickJars() {}

  /// @param arguments the folder, which is made
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (part.endsWith(".jar")) {
        copy(Path.of(part), folder);
      }
    }
  }

  private static void copy(Path jar, Path folder) throws IOException {
    try (JarFile from = new JarFile(jar.toFile());
        OutputStream out = Files.newOutputStream(folder.resolve(jar.getFileName()));
        JarOutputStream to = new JarOutputStream(out)) {
      for (Enumeration<JarEntry> entries = from.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        byte[] content = from.getInputStream(entry).readAllBytes();
        JarEntry copied = new JarEntry(entry.getName());
        copied.setTime(entry.getTime());
        to.putNextEntry(copied);
        to.write(isClass(entry.getName()) ? QuickClass.of(content) : content);
        to.closeEntry();
      }
    }
  }

  /// Descriptors of modules and classes for other versions of Java stay as they are.
  private static boolean isClass(String name) {
    return name.endsWith(".class")
        && !name.startsWith("META-INF/")
        && !name.endsWith("module-info.class");
  }
}
