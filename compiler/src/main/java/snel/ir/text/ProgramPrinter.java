package snel.ir.text;

import java.util.List;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Program;

/// Writes a whole program, so that [ProgramReader] reads an equal one.
public final class ProgramPrinter {
  private final StringBuilder out = new StringBuilder();

  private ProgramPrinter() {}

  public static String print(Program program) {
    ProgramPrinter printer = new ProgramPrinter();
    printer.program(program);
    return printer.out.toString();
  }

  private void program(Program program) {
    out.append("program ").append(Names.quote(program.name()));
    out.append(" step ").append(program.stepMs());
    out.append(" real ").append(Names.word(program.real()));
    out.append(" seed ").append(program.seed()).append('\n');
    out.append("sites ").append(RecordPrinter.print(program.faultSites())).append('\n');
    out.append("\nbuffers\n");
    program.buffers().forEach(this::buffer);
    out.append("\nbuild\n");
    program.build().forEach(this::build);
    kernels("reset", program.reset());
    kernels("start", program.presentationStart());
    kernels("step", program.step());
    kernels("end", program.presentationEnd());
    kernels("demand", program.onDemand());
    out.append("\ndirectory ").append(RecordPrinter.print(program.directory())).append('\n');
  }

  private void buffer(Buffer buffer) {
    String length =
        switch (buffer.length()) {
          case Length.Fixed(long count) -> Long.toString(count);
          case Length.Synapses(String wiring, int each) ->
              "synapses " + Names.write(wiring) + (each == 1 ? "" : " times " + each);
        };
    out.append("  ").append(Names.write(buffer.name())).append(' ');
    out.append(Names.word(buffer.cell())).append('[').append(length).append("] ");
    out.append(Names.word(buffer.role()));
    buffer
        .scale()
        .ifPresent(scale ->
            out.append(" scaled ").append(scale.bits()).append(" by ").append(scale.amount()));
    out.append('\n');
  }

  private void build(Build step) {
    if (step instanceof Build.Run(Kernel kernel)) {
      out.append(KernelPrinter.print(kernel, 1));
    } else {
      out.append("  ").append(RecordPrinter.print(step)).append('\n');
    }
  }

  private void kernels(String section, List<Kernel> kernels) {
    out.append('\n').append(section).append('\n');
    for (Kernel kernel : kernels) {
      out.append(KernelPrinter.print(kernel, 1));
    }
  }
}
