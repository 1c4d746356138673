package snel.house;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a compiler room must not touch: files, clocks, the console, random numbers, mutable
/// statics.
final class Purity {
  private static final List<String> PACKAGES =
      List.of("java.io", "java.nio.file", "java.nio.channels", "java.net", "java.time");

  /// What reading a resource of one's own jar takes; none of them opens a file.
  private static final Set<String> HARMLESS =
      Set.of(
          "java.io.IOException",
          "java.io.InputStream",
          "java.io.Serializable",
          "java.io.UncheckedIOException");

  private static final Set<String> CLASSES =
      Set.of(
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.security.SecureRandom",
          "java.util.Date",
          "java.util.Random",
          "java.util.Timer",
          "java.util.UUID",
          "java.util.concurrent.ThreadLocalRandom");

  private static final Set<String> MEMBERS =
      Set.of(
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.err",
          "java.lang.System.exit",
          "java.lang.System.getProperty",
          "java.lang.System.getenv",
          "java.lang.System.in",
          "java.lang.System.nanoTime",
          "java.lang.System.out",
          "java.lang.Throwable.printStackTrace");

  private Purity() {}

  static List<String> faults(JavaClass each) {
    var faults = new ArrayList<String>();
    for (var dependency : each.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      String name = target.getName();
      boolean outside = PACKAGES.stream().anyMatch(p -> name.startsWith(p + "."));
      if (CLASSES.contains(name) || outside && !HARMLESS.contains(name)) {
        faults.add(each.getName() + " uses " + name);
      }
    }
    for (JavaAccess<?> access : each.getAccessesFromSelf()) {
      String member = access.getTargetOwner().getName() + "." + access.getName();
      if (MEMBERS.contains(member)) {
        faults.add(each.getName() + " uses " + member);
      }
    }
    for (JavaField field : each.getFields()) {
      boolean mutable =
          field.getModifiers().contains(JavaModifier.STATIC)
              && !field.getModifiers().contains(JavaModifier.FINAL);
      if (mutable) {
        faults.add(each.getName() + " has the mutable static " + field.getName());
      }
    }
    return faults.stream().distinct().toList();
  }
}
