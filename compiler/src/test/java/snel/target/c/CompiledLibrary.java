package snel.target.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import snel.target.Artifact;

/// The C run-time library compiled by gcc together with a driver from the test resources. Tests
/// that use it are skipped, with a message, where gcc is absent.
final class CompiledLibrary {
  private static final List<String> DRIVER =
      List.of("numerics.h", "numerics.c", "draws.c", "connect.c", "readouts.c");

  private final Path folder;
  private final Path program;

  private CompiledLibrary(Path folder, Path program) {
    this.folder = folder;
    this.program = program;
  }

  /// Compiled once for all tests, deleted when they have run.
  private static final class Shared {
    static final List<CompiledLibrary> LIBRARIES =
        Stream.of(List.of("-O2"), List.of("-O3", "-march=native"), List.of("-O0"))
            .limit(Samples.FULL ? 3 : 2)
            .map(CompiledLibrary::with)
            .toList();

    static {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> LIBRARIES.forEach(CompiledLibrary::delete)));
    }
  }

  /// The library with its driver, at several levels of optimisation.
  static List<CompiledLibrary> all() {
    assumeTrue(CPrograms.isPresent("gcc"), "gcc is not installed: C is not compared with Java");
    assertFalse(Shared.LIBRARIES.isEmpty());
    return Shared.LIBRARIES;
  }

  private static CompiledLibrary with(List<String> flags) {
    try {
      Path folder = Files.createTempDirectory("snel-c");
      List<String> sources = new ArrayList<>();
      for (Artifact.File file : CLibrary.files()) {
        Files.write(folder.resolve(file.path()), file.bytes());
        sources.add(file.path());
      }
      for (String file : DRIVER) {
        copy(file, folder);
        sources.add(file);
      }
      Path program = folder.resolve("program");
      List<String> command = new ArrayList<>(List.of("gcc", "-std=c11", "-ffp-contract=off"));
      command.addAll(List.of("-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"));
      command.addAll(List.of("-Wno-sign-conversion", "-fno-math-errno", "-fno-trapping-math"));
      command.addAll(flags);
      command.addAll(List.of("-o", program.toString()));
      sources.stream().filter(file -> file.endsWith(".c")).forEach(command::add);
      command.add("-lm");
      String said = run(folder, command);
      assertEquals("", said, String.join(" ", command));
      return new CompiledLibrary(folder, program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs the driver and returns what it printed.
  String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return run(folder, command);
  }

  /// Runs `driver NAME IN OUT` with these bytes in IN and returns those of OUT, little-endian.
  ByteBuffer map(String name, ByteBuffer input) {
    try {
      Path in = folder.resolve("in");
      Path out = folder.resolve("out");
      byte[] bytes = new byte[input.remaining()];
      input.get(bytes);
      Files.write(in, bytes);
      String said = run(name, in.toString(), out.toString());
      assertEquals("", said);
      return ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(String file, Path folder) throws IOException {
    try (InputStream in = CompiledLibrary.class.getResourceAsStream("/snel/target/c/" + file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      Files.copy(in, folder.resolve(file));
    }
  }

  private static String run(Path folder, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + said);
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
