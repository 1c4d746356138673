package snel.cli.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import picocli.CommandLine;

final class QuickClassTest {
  public sealed interface Shape {}

  public record Circle(double radius) implements Shape {}

  public record Box(int width, int height) implements Shape {}

  record All(
      boolean truth,
      byte small,
      short number,
      char letter,
      int index,
      long large,
      float single,
      double real,
      String text,
      List<Integer> list,
      int[] array) {}

  /// What is rewritten: guards make the switch start again behind a label.
  public static final class Describe implements Function<@Nullable Object, String> {
    @Override
    public String apply(@Nullable Object value) {
      return switch (value) {
        case null -> "nothing";
        case Box box when box.width() == box.height() -> "square";
        case Box(int width, int height) when width > height -> "wide";
        case Box _ -> "tall";
        case Circle(double radius) when Double.isNaN(radius) -> "no circle";
        case Circle _ -> "circle";
        case Shape _ -> "shape";
        case Integer _, Long _ -> "number";
        default -> "thing";
      };
    }
  }

  /// Loads rewritten classes of this test and of the libraries, everything else as it is.
  private static final class Quick extends ClassLoader {
    Quick() {
      super(QuickClassTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      boolean mine = name.startsWith(QuickClassTest.class.getName() + "$Describe");
      boolean library = name.startsWith("picocli.") || name.startsWith("org.objectweb.asm.");
      if (!mine && !library) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      byte[] quick = QuickClass.of(content(name));
      return defineClass(name, quick, 0, quick.length);
    }
  }

  private static byte[] content(String name) {
    try (InputStream in =
        QuickClassTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void aSwitchOverTypesChoosesTheSame() throws ReflectiveOperationException {
    Function<@Nullable Object, String> quick =
        (Function<@Nullable Object, String>)
            new Quick().loadClass(Describe.class.getName()).getConstructor().newInstance();
    Describe slow = new Describe();
    List<Object> values =
        List.of(
            new Box(2, 2),
            new Box(3, 2),
            new Box(2, 3),
            new Circle(1),
            new Circle(Double.NaN),
            1,
            2L,
            "text");
    assertEquals(values.stream().map(slow).toList(), values.stream().map(quick).toList());
    assertEquals("nothing", quick.apply(null));
  }

  @Test
  void aSwitchOverTypesNeedsNoLinking() {
    assertTrue(linked(content(Describe.class.getName())).contains("typeSwitch"));
    assertEquals(List.of(), linked(QuickClass.of(content(Describe.class.getName()))));
  }

  private static List<String> linked(byte[] content) {
    List<String> names = new ArrayList<>();
    new ClassReader(content)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitInvokeDynamicInsn(
                      String called, String type, Handle bootstrap, Object... arguments) {
                    names.add(called);
                  }
                };
              }
            },
            0);
    return names;
  }

  /// A record that is a copy of [All] but for its methods, which are rewritten.
  private static final class Records extends ClassLoader {
    Records() {
      super(QuickClassTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(All.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      byte[] quick = QuickClass.of(content(name));
      return known == null ? defineClass(name, quick, 0, quick.length) : known;
    }
  }

  private static List<Object[]> values() {
    int[] array = {1};
    Object[] first = {
      true, (byte) 3, (short) 4, 'c', 5, 1L << 40, 1.5f, -0.0, "text", List.of(1), array
    };
    List<Object[]> all = new ArrayList<>();
    all.add(first);
    Object[] others = {
      false, (byte) -3, (short) 400, 'd', 6, 1L, Float.NaN, 0.0, null, List.of(2), new int[] {1}
    };
    for (int part = 0; part < first.length; part++) {
      Object[] other = first.clone();
      other[part] = others[part];
      all.add(other);
    }
    return all;
  }

  @Test
  void recordsAreEqualAndHashAsBefore() throws ReflectiveOperationException {
    var slow = All.class.getDeclaredConstructors()[0];
    var quick = new Records().loadClass(All.class.getName()).getDeclaredConstructors()[0];
    slow.setAccessible(true);
    quick.setAccessible(true);
    for (Object[] one : values()) {
      assertEquals(slow.newInstance(one).hashCode(), quick.newInstance(one).hashCode());
      for (Object[] other : values()) {
        assertEquals(
            slow.newInstance(one).equals(slow.newInstance(other)),
            quick.newInstance(one).equals(quick.newInstance(other)));
      }
      assertNotEquals("a text", quick.newInstance(one));
    }
  }

  static Stream<Class<?>> librariesInAnOldFormat() {
    return Stream.of(CommandLine.class, ClassReader.class);
  }

  @ParameterizedTest
  @MethodSource("librariesInAnOldFormat")
  void classesInAnOldFormatVerifyInTheNewOne(Class<?> library) throws Exception {
    String jar = library.getProtectionDomain().getCodeSource().getLocation().getPath();
    Quick loader = new Quick();
    int verified = 0;
    try (JarFile file = new JarFile(jar)) {
      for (JarEntry entry : file.stream().toList()) {
        String name = entry.getName();
        if (!name.endsWith(".class") || name.contains("-") || name.startsWith("picocli/groovy")) {
          continue;
        }
        Class<?> quick = loader.loadClass(name.substring(0, name.length() - 6).replace('/', '.'));
        byte[] made = QuickClass.of(content(quick.getName()));
        assertTrue(new ClassReader(made).readUnsignedShort(6) >= Opcodes.V1_6);
        verified += quick.getDeclaredMethods().length > 0 ? 1 : 0; // links, and so verifies it
      }
    }
    assertTrue(verified > 20);
  }
}
