package snel.house;

import java.util.List;

/// One line of `rooms.txt`.
record Room(
    String name, String purpose, List<String> imports, List<String> libraries, String wing) {
  private static final String ROOT = "snel.";

  boolean isPure() {
    return wing.startsWith("Compiler");
  }

  /// Whether the package lies in this room or below it.
  boolean holds(String packageName) {
    return (packageName + ".").startsWith(ROOT + name + ".");
  }

  boolean mayImport(Room other) {
    return other.name.equals(name) || imports.contains(other.name);
  }
}
