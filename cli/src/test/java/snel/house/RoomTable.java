package snel.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The rooms of the house, in the order of `rooms.txt`.
record RoomTable(List<Room> rooms) {
  private static final String ALL = "*";
  private static final int FEW = 10;

  static RoomTable read() {
    var rooms = new ArrayList<Room>();
    String wing = "";
    for (String line : text().lines().toList()) {
      if (line.startsWith("## ")) {
        wing = line.substring(3);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        rooms.add(room(line, wing, rooms));
      }
    }
    return new RoomTable(List.copyOf(rooms));
  }

  private static Room room(String line, String wing, List<Room> above) {
    String[] cells = line.split("\\|");
    if (cells.length != 4) {
      throw new IllegalArgumentException("four cells wanted: " + line);
    }
    List<String> imports =
        names(cells[2]).stream()
            .flatMap(name -> name.equals(ALL) ? above.stream().map(Room::name) : Stream.of(name))
            .toList();
    return new Room(cells[0].strip(), cells[1].strip(), imports, names(cells[3]), wing);
  }

  private static List<String> names(String cell) {
    return cell.strip().equals("-")
        ? List.of()
        : Arrays.stream(cell.split(",")).map(String::strip).toList();
  }

  private static String text() {
    try (var stream = RoomTable.class.getResourceAsStream("/rooms.txt")) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The innermost room that holds a package.
  Optional<Room> of(String packageName) {
    return rooms.stream()
        .filter(room -> room.holds(packageName))
        .max(Comparator.comparingInt(room -> room.name().length()));
  }

  /// The table as `docs/internals/rooms.md` shows it.
  String markdown() {
    var out = new StringBuilder();
    out.append(
        """
        # Rooms

        Made from `cli/src/test/resources/rooms.txt`, which a test holds against the code. A package may
        import its own room, those named in its line, and the Java library (the compiler's rooms without
        files, clocks, console, random numbers and mutable statics).
        """);
    String wing = "";
    for (Room room : rooms) {
      if (!room.wing().equals(wing)) {
        wing = room.wing();
        out.append("\n## ").append(wing).append("\n\n");
        out.append("| room | lives there | may import | libraries |\n|---|---|---|---|\n");
      }
      String imports = cell(shown(room, rooms.subList(0, rooms.indexOf(room))));
      out.append("| `snel.").append(room.name()).append("` | ").append(room.purpose());
      out.append(" | ").append(imports).append(" | ").append(cell(room.libraries())).append(" |\n");
    }
    return out.toString();
  }

  /// All rooms above are not listed where they are many.
  private static List<String> shown(Room room, List<Room> above) {
    List<String> names = above.stream().map(Room::name).toList();
    if (names.size() <= FEW || !room.imports().containsAll(names)) {
      return room.imports();
    }
    Stream<String> others = room.imports().stream().filter(name -> !names.contains(name));
    return Stream.concat(Stream.of("all above"), others).toList();
  }

  private static String cell(List<String> names) {
    return names.isEmpty() ? "–" : String.join(", ", names);
  }
}
