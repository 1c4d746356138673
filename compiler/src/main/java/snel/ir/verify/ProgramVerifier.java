package snel.ir.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Program;

/// Checks that a program means something: names, types, lengths, and the promises of independent
/// loops as far as they can be seen.
public final class ProgramVerifier {
  private final Program program;
  private final Violations violations = new Violations();
  private final Map<String, Buffer> buffers = new HashMap<>();
  private final Map<String, Kernel> kernels = new HashMap<>();

  private ProgramVerifier(Program program) {
    this.program = program;
  }

  /// @throws CompilerBug if the program breaks a rule; its message lists all that was found
  public static void verify(Program program) {
    List<String> violations = violations(program);
    if (!violations.isEmpty()) {
      throw new CompilerBug("invalid IR:\n  " + String.join("\n  ", violations));
    }
  }

  /// Everything that is wrong with `program`.
  public static List<String> violations(Program program) {
    ProgramVerifier verifier = new ProgramVerifier(program);
    verifier.check();
    return verifier.violations.all();
  }

  private void check() {
    for (Buffer buffer : program.buffers()) {
      if (buffers.put(buffer.name(), buffer) != null) {
        violations.add("two buffers are named " + buffer.name());
      }
    }
    violations.require(program.real().isFloat(), "real is " + program.real());
    checkSpecial(Clock.NAME, Cell.I64, Clock.SIZE);
    checkSpecial(Clock.HALT, Cell.I32, 1);
    checkSpecial(Clock.FAULT, Cell.I64, 3);
    new BuildChecker(program, buffers, violations, this::checkKernel).check();
    program.scheduled().forEach(this::checkKernel);
    violations.at("directory");
    new DirectoryChecker(buffers, violations).check(program.directory());
  }

  private void checkSpecial(String name, Cell cell, long count) {
    Buffer buffer = buffers.get(name);
    violations.require(
        buffer != null && buffer.cell() == cell && buffer.length().equals(Length.of(count)),
        name + " is missing or not " + cell + "[" + count + "]");
  }

  private void checkKernel(Kernel kernel) {
    Kernel known = kernels.putIfAbsent(kernel.name(), kernel);
    violations.at("kernel " + kernel.name());
    if (known != null) {
      violations.require(known.equals(kernel), "another kernel has this name");
      return;
    }
    new StatementChecker(buffers, violations).check(kernel.body());
  }
}
