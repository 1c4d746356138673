package snel.cli.start;

import java.util.ArrayList;
import java.util.List;
import snel.cli.Main;

/// Starts the command for several command lines one after the other, so that a cache which the Java
/// machine makes of this start holds the classes that they need. A start has all classes of the
/// cache loaded at once, so others are left out.
public final class Training {
  /// Stands between two command lines.
  private static final String THEN = "+";

  private Training() {}

  public static void main(String[] arguments) {
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
}
