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
import snel.ir.Role;
import snel.ir.Wiring;
import snel.runtime.kernel.Fault;

/// One program as a piece of C text: its buffers, its kernels, and the functions of [#FUNCTIONS].
/// All is static; its prefix keeps it apart from all else in the file, other programs included.
final class CModule {
  /// What is done with a network.
  static final List<String> FUNCTIONS =
      List.of(
          "build",
          "step",
          "run",
          "reset",
          "presentation_start",
          "presentation_end",
          "bind",
          "check_fault",
          "check_states",
          "state_hash");

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

  /// All of it, where nothing else refers to it.
  String text() {
    String code = code();
    return declarations() + code;
  }

  /// The functions.
  String code() {
    for (String own : FUNCTIONS) {
      names.reserve(prefix + own);
    }
    program.buffers().forEach(buffer -> names.claimed(buffer.name()));
    program.kernels().forEach(this::define);
    writeFaultCheck();
    new CBuild(this, lines).write();
    writeCalls("step", program.step(), List.of());
    writeCalls("reset", program.reset(), clearing());
    writeCalls("presentation_start", program.presentationStart(), List.of());
    writeCalls("presentation_end", program.presentationEnd(), List.of());
    writeCalls("bind", program.binds(), List.of());
    writeRun();
    writeStateCheck();
    writeHash();
    return lines.toString();
  }

  /// The buffers that the code, and whatever else asked for their names, refers to.
  String declarations() {
    Lines head = new Lines();
    Lines allocations = new Lines();
    allocations.open("static void " + allocate() + "(void)");
    for (Buffer buffer : program.buffers()) {
      if (names.isUsed(buffer.name())) {
        head.add("static " + declaration(buffer) + ";");
        if (buffer.length() instanceof Length.Fixed(long count) && !isStatic(buffer)) {
          allocations.add(allocation(buffer, Long.toString(count)));
        }
      }
    }
    for (Build step : program.build()) {
      if (step instanceof Build.Wire(Wiring wiring)) {
        head.add("static int32_t " + synapses(wiring.name()) + ";");
      } else if (step instanceof Build.Join join) {
        head.add("static int32_t " + synapses(join.name()) + ";");
      }
    }
    allocations.close().add("");
    return head.add("") + allocations.toString();
  }

  private String declaration(Buffer buffer) {
    String name = names.of(buffer.name());
    String array =
        isStatic(buffer)
            ? name + "[" + Math.max(1, ((Length.Fixed) buffer.length()).count()) + "]"
            : "*" + name;
    return CType.of(buffer.cell()) + " " + array;
  }

  /// The function that makes room for the arrays of known length that are not static.
  String allocate() {
    return names.of("allocate buffers");
  }

  private static boolean isStatic(Buffer buffer) {
    return buffer.length() instanceof Length.Fixed(long count)
        && count * buffer.cell().bytes() <= STATIC_BYTES;
  }

  String allocation(Buffer buffer, String count) {
    String name = names.of(buffer.name());
    return name + " = snel_allocate(" + count + ", sizeof *" + name + ");";
  }

  /// Frees a buffer that nothing uses any more; those of a fixed size that are small stay.
  void release(Lines lines, Buffer buffer) {
    if (!isStatic(buffer)) {
      String name = names.of(buffer.name());
      lines.add("free(" + name + ");");
      lines.add(name + " = NULL;");
    }
  }

  /// C text of the number of elements of a buffer.
  String count(Buffer buffer) {
    return switch (buffer.length()) {
      case Length.Fixed(long count) -> Long.toString(count);
      case Length.Synapses(String wiring, int each) ->
          "(size_t)" + synapses(wiring) + (each == 1 ? "" : " * " + each);
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
    lines.add("snel_place = " + CText.quote(Fault.place(kernel.name())) + ";");
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

  private void writeFaultCheck() {
    String halt = names.of(Clock.HALT);
    String fault = names.of(Clock.FAULT);
    String sites = names.of("fault sites");
    lines.add("static const char *const " + sites + "[] = {");
    program.faultSites().forEach(site -> lines.add("    " + CText.quote(site) + ","));
    lines.add("    " + CText.quote(program.name()) + "};").add("");
    lines.add("/* Ends the program if a kernel found an error. */");
    lines.open("static void " + function("check_fault") + "(void)");
    lines.open("if (" + halt + "[0] & " + Clock.HALT_FAULT + ")");
    lines.add("int64_t site = " + fault + "[1];");
    lines.open("if (site < 0 || site > " + program.faultSites().size() + ")");
    lines.add("site = " + program.faultSites().size() + ";");
    lines.close();
    lines.add("snel_fault(" + fault + "[0], " + sites + "[site], " + fault + "[2]);");
    lines.close().close().add("");
  }

  private void writeStateCheck() {
    lines.add("/* Ends the program if a state or weight is infinite or no number. */");
    lines.open("static void " + function("check_states") + "(void)");
    for (Buffer buffer : program.buffers()) {
      boolean watched = buffer.role() == Role.STATE || buffer.role() == Role.PLASTIC;
      if (watched && buffer.cell().scalar().isFloat()) {
        String name = names.of(buffer.name());
        lines.open("for (int64_t k = 0; k < (int64_t)" + count(buffer) + "; k++)");
        lines.open("if (!isfinite(" + name + "[k]))");
        lines.add("snel_fault(SNEL_NO_LONGER_A_NUMBER, " + CText.quote(buffer.name()) + ", k);");
        lines.close().close();
      }
    }
    lines.close().add("");
  }

  private void writeHash() {
    lines.open("static uint64_t " + function("state_hash") + "(void)");
    program.settling().forEach(kernel -> call(lines, kernel));
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
