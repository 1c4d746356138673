package snel.ir.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Directory;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;

/// Reads a program from its text. Sections may be left out and come in any order after `buffers`;
/// `sites` too.
public final class ProgramReader {
  private static final Set<String> SECTIONS = Set.of("reset", "start", "step", "end", "demand");

  private final Tokens tokens;
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final List<Build> build = new ArrayList<>();
  private final Map<String, List<Kernel>> kernels = new LinkedHashMap<>();
  private List<String> sites = new ArrayList<>();
  private Directory directory =
      new Directory(List.of(), List.of(), List.of(), List.of(), List.of());

  private ProgramReader(String text) {
    this.tokens = new Tokens(text);
  }

  /// @throws snel.diagnostics.CompilerBug naming the line, if `text` is not a program
  public static Program read(String text) {
    return new ProgramReader(text).program();
  }

  private Program program() {
    tokens.expect("program");
    String name = tokens.name();
    tokens.expect("step");
    double stepMs = Double.parseDouble(tokens.number());
    tokens.expect("real");
    Scalar real = Scalar.valueOf(tokens.name().toUpperCase(Locale.ROOT));
    tokens.expect("seed");
    int seed = Integer.parseInt(tokens.number());
    while (!tokens.atEnd()) {
      section();
    }
    return new Program(
        name,
        stepMs,
        real,
        seed,
        List.copyOf(buffers.values()),
        build,
        section("reset"),
        section("start"),
        section("step"),
        section("end"),
        section("demand"),
        sites,
        directory);
  }

  private List<Kernel> section(String name) {
    return kernels.getOrDefault(name, List.of());
  }

  private void section() {
    if (tokens.accept("sites")) {
      sites = sites();
    } else if (tokens.accept("buffers")) {
      while (isBuffer()) {
        buffer();
      }
    } else if (tokens.accept("build")) {
      while (!atSection()) {
        build.add(
            tokens.at("kernel")
                ? new Build.Run(KernelReader.read(tokens, buffers))
                : new RecordReader(tokens, buffers).read(Build.class));
      }
    } else if (tokens.accept("directory")) {
      directory = new RecordReader(tokens, buffers).read(Directory.class);
    } else if (SECTIONS.contains(tokens.peek().text())) {
      List<Kernel> list = kernels.computeIfAbsent(tokens.name(), _ -> new ArrayList<>());
      while (tokens.at("kernel")) {
        list.add(KernelReader.read(tokens, buffers));
      }
    } else {
      throw tokens.error("expected a section");
    }
  }

  private List<String> sites() {
    List<String> names = new ArrayList<>();
    tokens.expect("[");
    while (!tokens.accept("]")) {
      names.add(tokens.name());
      tokens.accept(",");
    }
    return names;
  }

  private boolean atSection() {
    String text = tokens.peek().text();
    return tokens.atEnd()
        || SECTIONS.contains(text)
        || text.equals("directory")
        || text.equals("sites");
  }

  /// A buffer's name is followed by the type of its cells, a section's word is not.
  private boolean isBuffer() {
    String after = tokens.peek(1).text();
    for (Cell cell : Cell.values()) {
      if (Names.word(cell).equals(after)) {
        return !tokens.atEnd();
      }
    }
    return false;
  }

  private static int each(Tokens tokens) {
    return Integer.parseInt(tokens.number());
  }

  private void buffer() {
    String name = tokens.name();
    Cell cell = Cell.valueOf(tokens.name().toUpperCase(Locale.ROOT));
    tokens.expect("[");
    Length length =
        tokens.accept("synapses")
            ? new Length.Synapses(tokens.name(), tokens.accept("times") ? each(tokens) : 1)
            : Length.of(Long.parseLong(tokens.number()));
    tokens.expect("]");
    Role role = Role.valueOf(tokens.name().toUpperCase(Locale.ROOT));
    if (buffers.put(name, new Buffer(name, cell, length, role, scale())) != null) {
      throw tokens.error("two buffers are named " + name);
    }
  }

  private Optional<Buffer.Scale> scale() {
    if (!tokens.accept("scaled")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(tokens.number());
    tokens.expect("by");
    return Optional.of(new Buffer.Scale(bits, Double.parseDouble(tokens.number())));
  }
}
