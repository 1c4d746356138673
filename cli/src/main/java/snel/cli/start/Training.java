package snel.cli.start;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import snel.cli.Main;

/// Starts the command with all classes of Snel loaded, so that a cache which the Java machine makes
/// of this start holds them all, not only those that short runs need. What is made when a line of
/// code is first reached is held only if one of the command lines reaches it.
public final class Training {
  private static final String OURS = "snel/";

  /// Names classes of the module of vectors, which is not there when the cache is made.
  private static final String IN_VECTORS = "snel/runtime/rng/PhiloxVector";

  /// Stands between two command lines.
  private static final String THEN = "+";

  private Training() {}

  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (part.endsWith(".jar")) {
        load(part);
      }
    }
    List<String> line = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.equals(THEN)) {
        Main.run(line.toArray(String[]::new));
        line.clear();
      } else {
        line.add(argument);
      }
    }
    Main.main(line.toArray(String[]::new));
  }

  private static void load(String jar) throws IOException, ClassNotFoundException {
    try (JarFile file = new JarFile(jar)) {
      for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
        String entry = entries.nextElement().getName();
        if (entry.startsWith(OURS) && entry.endsWith(".class") && !entry.startsWith(IN_VECTORS)) {
          String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
          Class.forName(name, false, Training.class.getClassLoader());
        }
      }
    }
  }
}
