package snel.runtime.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// The state of a run at one instant (semantics.md §14): named arrays, and named facts for what is
/// not an array, such as the position in the protocol.
public final class Checkpoint {
  /// What is to be done about a checkpoint that is refused.
  static final String AGAIN = " (`--fresh` begins again)";

  private final Origin origin;
  private final Map<String, Object> facts;
  private final Map<String, Object> sections;

  Checkpoint(Origin origin, Map<String, Object> facts, Map<String, Object> sections) {
    this.origin = origin;
    this.facts = facts;
    this.sections = sections;
  }

  /// A checkpoint to be filled.
  public static Checkpoint of(Origin origin) {
    return new Checkpoint(origin, new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  public Origin origin() {
    return origin;
  }

  /// Adds an array of numbers (`byte` to `double`), which must not change until the checkpoint is
  /// written: it is not copied.
  public Checkpoint with(String section, Object array) {
    SectionType.of(array);
    if (sections.put(section, array) != null) {
      throw new IllegalArgumentException("two sections are called " + section);
    }
    return this;
  }

  /// Adds all arrays of a map under `prefix/KEY`.
  public Checkpoint withAll(String prefix, Map<String, ?> arrays) {
    arrays.forEach((name, array) -> with(prefix + "/" + name, array));
    return this;
  }

  /// Adds a fact: a text, number, truth value, or a list or map of these.
  public Checkpoint withFact(String name, Object value) {
    facts.put(name, value);
    return this;
  }

  /// Writes the checkpoint; `file` has its old content until the new is on the disk as a whole.
  public void write(Path file) {
    CheckpointFile.write(this, file);
  }

  /// Reads a checkpoint, or refuses it in a sentence: it is cut off, damaged, or was made by
  /// another program than `expected`.
  public static Checkpoint read(Path file, Origin expected) {
    Checkpoint found = read(file);
    found.checkOrigin(file, expected);
    return found;
  }

  /// Reads a checkpoint of any program.
  public static Checkpoint read(Path file) {
    return CheckpointFile.read(file);
  }

  /// As [#read(Path, Origin)], or nothing if there is no such file.
  public static Optional<Checkpoint> readIfThere(Path file, Origin expected) {
    return Files.exists(file) ? Optional.of(read(file, expected)) : Optional.empty();
  }

  private void checkOrigin(Path file, Origin expected) {
    if (origin.semantics() != expected.semantics()) {
      throw new DataProblem(
          ProblemKind.OTHER_CHECKPOINT,
          "%s was written by a Snel of semantics version %d; this one has version %d%s"
              .formatted(file, origin.semantics(), expected.semantics(), AGAIN));
    }
    if (!origin.experiment().equals(expected.experiment())) {
      throw new DataProblem(
          ProblemKind.OTHER_CHECKPOINT,
          "%s is a checkpoint of `%s`, not of `%s`%s"
              .formatted(file, origin.experiment(), expected.experiment(), AGAIN));
    }
    if (!origin.sourceSha256().equals(expected.sourceSha256())) {
      throw new DataProblem(
          ProblemKind.OTHER_CHECKPOINT,
          "%s was made by another version of the source: `%s` has changed since%s"
              .formatted(file, expected.experiment(), AGAIN));
    }
    if (!origin.key().equals(expected.key())) {
      throw new DataProblem(
          ProblemKind.OTHER_CHECKPOINT,
          "%s was made with other parameters, another seed or other data%s".formatted(file, AGAIN));
    }
  }

  public Set<String> sectionNames() {
    return new TreeSet<>(sections.keySet());
  }

  public boolean has(String section) {
    return sections.containsKey(section);
  }

  public byte[] bytes(String section) {
    return section(section, byte[].class);
  }

  public short[] shorts(String section) {
    return section(section, short[].class);
  }

  public char[] chars(String section) {
    return section(section, char[].class);
  }

  public int[] ints(String section) {
    return section(section, int[].class);
  }

  public long[] longs(String section) {
    return section(section, long[].class);
  }

  public float[] floats(String section) {
    return section(section, float[].class);
  }

  public double[] doubles(String section) {
    return section(section, double[].class);
  }

  /// All arrays of one type under `prefix/`, by the rest of their names.
  public <T> Map<String, T> all(String prefix, Class<T> type) {
    Map<String, T> found = new LinkedHashMap<>();
    for (String name : sections.keySet()) {
      if (name.startsWith(prefix + "/")) {
        found.put(name.substring(prefix.length() + 1), section(name, type));
      }
    }
    return found;
  }

  /// Copies a section into an array of equal type and length.
  public void copyInto(String section, Object array) {
    Object stored = section(section, array.getClass());
    int length = java.lang.reflect.Array.getLength(array);
    int found = java.lang.reflect.Array.getLength(stored);
    if (length != found) {
      throw new DataProblem(
          ProblemKind.OTHER_CHECKPOINT,
          "the checkpoint holds %d elements of `%s` where the network has %d"
              .formatted(found, section, length));
    }
    System.arraycopy(stored, 0, array, 0, length);
  }

  /// A fact of the given kind; whole numbers are `Long`, others `Double`.
  public <T> T fact(String name, Class<T> type) {
    Object value = facts.get(name);
    Object found = value instanceof Integer number ? (Object) number.longValue() : value;
    if (!type.isInstance(found)) {
      throw new DataProblem(
          ProblemKind.FILE_UNREADABLE, "the checkpoint lacks the fact `" + name + "`");
    }
    return type.cast(found);
  }

  Map<String, Object> facts() {
    return facts;
  }

  Map<String, Object> sections() {
    return sections;
  }

  private <T> T section(String name, Class<T> type) {
    Object array = sections.get(name);
    if (array == null) {
      throw new DataProblem(
          ProblemKind.FILE_UNREADABLE, "the checkpoint lacks the section `" + name + "`");
    }
    if (!type.isInstance(array)) {
      throw new DataProblem(
          ProblemKind.OTHER_CHECKPOINT,
          "the checkpoint holds `%s` as %s where the network has %s"
              .formatted(name, array.getClass().getSimpleName(), type.getSimpleName()));
    }
    return type.cast(array);
  }
}
