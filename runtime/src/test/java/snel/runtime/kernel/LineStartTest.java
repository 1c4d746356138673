package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where arrays lie, in JVMs that tell it and in one that does not.
class LineStartTest {
  private static final String TOLD = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

  /// What runs in those.
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      System.out.print(LineStart.ofMachine().map(Child::found).orElse("untold"));
    }

    private static String found(LineStart lines) {
      lines.tidyUp();
      List<Object> kept = new ArrayList<>();
      int moved = 0;
      for (int length = 100; length < 2000; length += 17) {
        float[] floats = new float[length];
        floats[length - 1] = length;
        long[] longs = new long[length];
        longs[1] = -length;
        for (Object array : List.of(floats, longs, new byte[length], new char[length])) {
          Object copy = lines.of(array);
          if (lines.past(copy) != 0 || lines.of(copy) != copy) {
            return "past " + lines.past(copy);
          }
          moved += copy == array ? 0 : 1;
          kept.add(copy);
        }
        boolean isSame =
            kept.get(kept.size() - 4) instanceof float[] f
                && f.length == length
                && f[length - 1] == length
                && kept.get(kept.size() - 3) instanceof long[] l
                && l[1] == -length;
        if (!isSame) {
          return "differs";
        }
      }
      float[] small = new float[3];
      return moved > 0 && lines.of(small) == small ? "at lines" : "none moved";
    }
  }

  @Test
  void arraysBeginWithLines() throws IOException, InterruptedException {
    assertEquals("at lines", ChildJvm.run(Child.class, TOLD, "-XX:+UseSerialGC"));
    assertEquals("at lines", ChildJvm.run(Child.class, TOLD, "-XX:+UseSerialGC", "-Xmx512m"));
    assertEquals(
        "at lines",
        ChildJvm.run(
            Child.class, TOLD, "-XX:+UseSerialGC", "-Xmx512m", "-XX:PretenureSizeThreshold=4096"));
    assertEquals(
        "at lines", ChildJvm.run(Child.class, TOLD, "-XX:+UseSerialGC", "-XX:-UseCompressedOops"));
  }

  @Test
  void arraysStayWhereTheJvmDoesNotTell() throws IOException, InterruptedException {
    assertEquals("untold", ChildJvm.run(Child.class));
  }
}
