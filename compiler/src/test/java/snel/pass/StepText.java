package snel.pass;

import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.ir.text.ProgramReader;
import snel.ir.verify.ProgramVerifier;

/// Passes over programs that are written as text.
final class StepText {
  /// Begins a program, up to its buffers.
  static final String HEAD =
      """
      program "p" step 1.0 real f32 seed 0
      buffers
        clock i64[5] clock
        halt i32[1] log
        fault i64[3] log
      """;

  private StepText() {}

  /// The kernels of the step, as text, once a pass has been over them; what it makes is valid and
  /// is read as it is written.
  ///
  /// @param buffers one a line
  static String after(Pass pass, String buffers, String kernels) {
    String begun = HEAD + buffers.indent(2) + "build\nstep\n" + kernels;
    Program program = ProgramReader.read(begun);
    ProgramVerifier.verify(program);
    Program made = pass.apply(program);
    ProgramVerifier.verify(made);
    String text = ProgramPrinter.print(made);
    if (!made.equals(ProgramReader.read(text))) {
      throw new AssertionError("read as another program:\n" + text);
    }
    return text.substring(text.indexOf("step\n") + 5, text.indexOf("\nend\n"));
  }
}
