package snel.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Holds the code against the table of rooms.
class RoomsTest {
  private static final Path PAGE = Path.of("../docs/internals/rooms.md");

  private static final List<String> EVERYWHERE =
      List.of("java.", "javax.", "jdk.", "snel.", "org.jspecify.");

  private static final RoomTable TABLE = RoomTable.read();
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("snel");

  @Test
  void everyPackageHasARoom() {
    var homeless = new TreeSet<String>();
    for (JavaClass each : CLASSES) {
      if (TABLE.of(each.getPackageName()).isEmpty()) {
        homeless.add(each.getPackageName());
      }
    }
    assertEquals(List.of(), List.copyOf(homeless), "add these packages to rooms.txt");
    assertTrue(CLASSES.size() > 100, "only " + CLASSES.size() + " classes were found");
  }

  @Test
  void roomsImportOnlyWhatTheTableAllows() {
    var faults = new TreeSet<String>();
    for (JavaClass each : CLASSES) {
      Room room = room(each);
      for (var dependency : each.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith("snel.") && !room.mayImport(room(target))) {
          faults.add(each.getName() + " uses " + target.getName());
        }
      }
    }
    assertEquals("", String.join("\n", faults));
  }

  @Test
  void roomsUseOnlyTheirLibraries() {
    var faults = new TreeSet<String>();
    for (JavaClass each : CLASSES) {
      Room room = room(each);
      for (var dependency : each.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getName();
        if (isOfLibrary(target) && room.libraries().stream().noneMatch(target::startsWith)) {
          faults.add(each.getName() + " uses " + target);
        }
      }
    }
    assertEquals("", String.join("\n", faults));
  }

  private static boolean isOfLibrary(String className) {
    return className.contains(".") && EVERYWHERE.stream().noneMatch(className::startsWith);
  }

  @Test
  void noRoomsImportEachOther() {
    var imports = new TreeMap<String, TreeSet<String>>();
    for (JavaClass each : CLASSES) {
      var used = imports.computeIfAbsent(room(each).name(), name -> new TreeSet<>());
      for (var dependency : each.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith("snel.")) {
          used.add(room(target).name());
        }
      }
      used.remove(room(each).name());
    }
    var free = new HashSet<String>();
    while (free.size() < imports.size()) {
      var next = imports.keySet().stream().filter(name -> !free.contains(name)).toList();
      var ready = next.stream().filter(n -> free.containsAll(imports.get(n))).toList();
      assertTrue(!ready.isEmpty(), "in a circle: " + next);
      free.addAll(ready);
    }
  }

  @Test
  void theCompilerIsPure() {
    var faults = new ArrayList<String>();
    for (JavaClass each : CLASSES) {
      boolean generated = room(each).name().equals("grammar");
      if (room(each).isPure() && !generated) {
        faults.addAll(Purity.faults(each));
      }
    }
    faults.sort(null);
    assertEquals("", String.join("\n", faults));
  }

  /// With `-Drooms.update` the page is written anew instead.
  @Test
  void thePageIsMadeFromTheTable() throws IOException {
    String wanted = TABLE.markdown();
    if (System.getProperty("rooms.update") != null) {
      Files.writeString(PAGE, wanted);
    }
    assertEquals(wanted, Files.readString(PAGE), "run this test with -Drooms.update");
  }

  private Room room(JavaClass each) {
    return TABLE.of(each.getPackageName()).orElseThrow(() -> new AssertionError(each.getName()));
  }
}
