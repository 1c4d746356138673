package snel.target.c;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Clock;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Program;
import snel.ir.Wiring;

/// One program as a piece of C text: its buffers, its kernels, and the functions `build`, `step`,
/// `run`, `reset`, `presentation_start`, `presentation_end`, `state_hash`. All is static; a prefix
/// lets several programs share a file.
final class CModule {
  /// Above this many bytes an array is allocated when the program starts.
  private static final long STATIC_BYTES = 1 << 24;

  private final Program program;
  private final String prefix;
  private final CNames names;
  private final Lines lines = new Lines();
  private final Map<String, String> functions = new LinkedHashMap<>();

  CModule(Program program, String prefix) {
    this.program = program;
    this.prefix = prefix;
    this.names = new CNames(prefix);
  }

  CNames names() {
    return names;
  }

  Program program() {
    return program;
  }

  String function(String plain) {
    return prefix + plain;
  }

  /// The C function of a kernel.
  String kernelFunction(String kernel) {
    String function = functions.get(kernel);
    if (function == null) {
      throw new IllegalArgumentException("no kernel " + kernel);
    }
    return function;
  }

  String text() {
    for (String own :
        List.of(
            "build",
            "step",
            "run",
            "reset",
            "presentation_start",
            "presentation_end",
            "state_hash")) {
      names.reserve(prefix + own);
    }
    program.buffers().forEach(this::declare);
    for (Build step : program.build()) {
      if (step instanceof Build.Wire(Wiring wiring)) {
        lines.add("static int32_t " + synapses(wiring.name()) + ";");
      }
    }
    lines.add("");
    program.kernels().forEach(this::define);
    new CBuild(this, lines).write();
    writeCalls("step", program.step(), List.of());
    writeCalls("reset", program.reset(), clearing());
    writeCalls("presentation_start", program.presentationStart(), List.of());
    writeCalls("presentation_end", program.presentationEnd(), List.of());
    writeRun();
    writeHash();
    return lines.toString();
  }

  private void declare(Buffer buffer) {
    String type = CType.of(buffer.cell());
    String name = names.of(buffer.name());
    String array =
        isStatic(buffer)
            ? name + "[" + Math.max(1, ((Length.Fixed) buffer.length()).count()) + "]"
            : "*" + name;
    lines.add("static " + type + " " + array + ";");
  }

  private static boolean isStatic(Buffer buffer) {
    return buffer.length() instanceof Length.Fixed(long count)
        && count * buffer.cell().bytes() <= STATIC_BYTES;
  }

  /// Statements that allocate the arrays of known length that are not static.
  List<String> allocations() {
    List<String> statements = new ArrayList<>();
    for (Buffer buffer : program.buffers()) {
      if (buffer.length() instanceof Length.Fixed(long count) && !isStatic(buffer)) {
        statements.add(allocation(buffer, Long.toString(count)));
      }
    }
    return statements;
  }

  String allocation(Buffer buffer, String count) {
    String name = names.of(buffer.name());
    return name + " = snel_allocate(" + count + ", sizeof *" + name + ");";
  }

  /// C text of the number of elements of a buffer.
  String count(Buffer buffer) {
    return switch (buffer.length()) {
      case Length.Fixed(long count) -> Long.toString(count);
      case Length.Synapses(String wiring) -> "(size_t)" + synapses(wiring);
    };
  }

  /// The variable that holds the number of synapses of a wiring.
  String synapses(String wiring) {
    return names.of("synapses of " + wiring);
  }

  private void define(Kernel kernel) {
    if (!functions.containsKey(kernel.name())) {
      String function = names.of("kernel " + kernel.name());
      functions.put(kernel.name(), function);
      CStatements.write(lines, kernel, function, names, program.seed());
    }
  }

  void call(Lines lines, Kernel kernel) {
    lines.add("snel_place = " + CText.quote(kernel.name()) + ";");
    lines.add(kernelFunction(kernel.name()) + "();");
  }

  private List<String> clearing() {
    List<String> statements = new ArrayList<>();
    for (Buffer buffer : program.buffers()) {
      if (buffer.isCleared()) {
        String name = names.of(buffer.name());
        statements.add("memset(" + name + ", 0, " + count(buffer) + " * sizeof *" + name + ");");
      }
    }
    return statements;
  }

  private void writeCalls(String name, List<Kernel> kernels, List<String> before) {
    lines.open("static void " + function(name) + "(void)");
    before.forEach(lines::add);
    kernels.forEach(kernel -> call(lines, kernel));
    lines.close().add("");
  }

  private void writeRun() {
    String clock = names.of(Clock.NAME);
    lines.add("/* Runs up to `steps` steps, fewer when one asks to halt; returns how many. */");
    lines.open("static int64_t " + function("run") + "(int64_t steps)");
    lines.add("int64_t done = 0;");
    lines.open("while (done < steps)");
    lines.add(function("step") + "();");
    for (int counter : new int[] {Clock.STEP, Clock.EPISODE_STEP, Clock.TIME}) {
      lines.add(clock + "[" + counter + "]++;");
    }
    lines.add("done++;");
    lines.open("if (" + names.of(Clock.HALT) + "[0] != 0)").add("break;").close();
    lines.close().add("return done;").close().add("");
  }

  private void writeHash() {
    lines.open("static uint64_t " + function("state_hash") + "(void)");
    lines.add("uint64_t hash = 0;");
    for (Buffer buffer : program.buffers()) {
      if (buffer.isState()) {
        lines.add(
            "hash = snel_hash_"
                + CType.suffix(buffer.cell())
                + "(hash, "
                + names.of(buffer.name())
                + ", "
                + count(buffer)
                + ");");
      }
    }
    lines.add("return hash;").close().add("");
  }
}
