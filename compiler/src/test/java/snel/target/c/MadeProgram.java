package snel.target.c;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Program;
import snel.ir.protocol.Action;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.runtime.data.ArrayFile;
import snel.runtime.schedule.Records;
import snel.target.Artifact;
import snel.target.Link;

/// A program that `make` made of the files that a user gets.
public final class MadeProgram {
  private static final String FLAGS = "CFLAGS=-O0 -Wall -Wextra -Werror";

  private final Path folder;
  private final String name;

  private MadeProgram(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /// How a run ended, and what it printed.
  public record Ended(int exit, List<String> out, String err) {}

  /// A network that runs for some steps, every spike of these populations recorded.
  public static MadeProgram running(
      Path folder, Program program, long steps, List<String> recorded) {
    Place place = new Place("test.snn", 1, "run");
    List<Action> body = new ArrayList<>();
    for (String population : recorded) {
      var target = new Action.Target.Spikes(population, snel.ir.protocol.Selection.ALL);
      body.add(new Action.Record(List.of(target), place));
    }
    body.add(new Action.Run(new Term.Whole(steps), List.of(), place));
    Experiment experiment =
        new Experiment(
            "test",
            program.name(),
            program.name(),
            Optional.empty(),
            false,
            program.seed(),
            program.stepMs(),
            0,
            body,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            "",
            place);
    return of(folder, List.of(new Link(experiment, program)), new Nothing());
  }

  /// Where no files lie.
  private static final class Nothing implements CInputs {
    @Override
    public Records open(String dataSet) {
      throw new IllegalStateException(dataSet);
    }

    @Override
    public Optional<ArrayFile> archive(String file, boolean first) {
      return Optional.empty();
    }
  }

  /// Writes the files and makes the program; a warning of the compiler is an error.
  private static MadeProgram of(Path folder, List<Link> chain, CInputs inputs) {
    try {
      for (Artifact.File file : CTarget.translate(Optional.empty(), chain, inputs).files()) {
        Files.write(folder.resolve(file.path()), file.bytes());
      }
      for (Path object : Library.OBJECTS) {
        Files.copy(
            object, folder.resolve(object.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    make(folder, "all");
    return new MadeProgram(folder, chain.getLast().experiment().name());
  }

  private static void make(Path folder, String... goals) {
    List<String> command = new ArrayList<>(List.of("make", "-s", FLAGS));
    command.addAll(List.of(goals));
    assertEquals(new Ended(0, List.of(), ""), run(folder, command));
  }

  /// The run-time library is the same in every program: it is made once.
  private static final class Library {
    static final List<Path> OBJECTS = objects();

    private static List<Path> objects() {
      try {
        Path folder = Files.createTempDirectory("snel-library");
        folder.toFile().deleteOnExit();
        List<Path> objects = new ArrayList<>();
        List<Artifact.File> files = new ArrayList<>(CLibrary.files());
        String names = CTarget.objects(files);
        files.add(Artifact.File.of("Makefile", CTarget.makefile("library", files)));
        for (Artifact.File file : files) {
          Path path = folder.resolve(file.path());
          Files.write(path, file.bytes());
          path.toFile().deleteOnExit();
        }
        make(folder, names.split(" "));
        for (String name : names.split(" ")) {
          Path object = folder.resolve(name);
          object.toFile().deleteOnExit();
          objects.add(object);
        }
        return objects;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public Ended run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("./" + name));
    command.addAll(List.of(arguments));
    return run(folder, command);
  }

  private static Ended run(Path folder, List<String> command) {
    try {
      Path err = Files.createTempFile(folder, "err", ".txt");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(err.toFile())
              .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), out.lines().toList(), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
