package snel.target.c;

import java.util.function.IntFunction;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Kernel;
import snel.ir.Scalar;
import snel.ir.Wiring;

/// Writes the build steps of a program as one function.
final class CBuild {
  private static final int VALUES_PER_LINE = 8;

  private final CModule module;
  private final Lines lines;
  private final CWirings wirings;
  private int tables;

  CBuild(CModule module, Lines lines) {
    this.module = module;
    this.lines = lines;
    this.wirings = new CWirings(module, lines);
  }

  void write() {
    lines.open("static void " + module.function("build") + "(void)");
    lines.add(module.allocate() + "();");
    module.program().build().forEach(this::write);
    checked();
    lines.close().add("");
  }

  private void write(Build step) {
    switch (step) {
      case Build.Fill(Buffer buffer, double[] values) ->
          fill(buffer, values.length, index -> literal(buffer, values[index]));
      case Build.FillIntegers(Buffer buffer, long[] values) ->
          fill(buffer, values.length, index -> CLiteral.of(Scalar.I64, values[index]));
      case Build.Run(Kernel kernel) -> module.call(lines, kernel);
      case Build.Release(Buffer buffer) -> module.release(lines, buffer);
      case Build.Wire(Wiring wiring) -> wirings.wire(wiring);
      case Build.Join join -> wirings.join(join);
      case Build.Lists _ -> {} // empty at first
      case Build.Masks _ -> {} // the lists of targets are there
      case Build.SortByDelay sort -> {
        checked();
        wirings.sortByDelay(sort);
      }
      case Build.Transpose transpose -> wirings.transpose(transpose);
    }
  }

  private void checked() {
    lines.add(module.function("check_fault") + "();");
  }

  private static String literal(Buffer buffer, double value) {
    return switch (buffer.cell()) {
      case F32 -> CLiteral.single((float) value);
      case F64 -> CLiteral.real(value);
      case U8, U16, I32, I64 -> CLiteral.of(Scalar.I64, (long) value);
    };
  }

  private void fill(Buffer buffer, int count, IntFunction<String> literal) {
    String type = CType.of(buffer.cell());
    String name = module.names().of(buffer.name());
    String value = "(" + type + ")" + literal.apply(0);
    if (count > 1) {
      String table = module.names().of("table " + tables++);
      String element = buffer.cell().scalar().isFloat() ? type : "int64_t";
      lines.open("");
      lines.add("static const " + element + " " + table + "[] = {");
      StringBuilder row = new StringBuilder();
      for (int index = 0; index < count; index++) {
        row.append(literal.apply(index)).append(", ");
        if (index % VALUES_PER_LINE == VALUES_PER_LINE - 1 || index == count - 1) {
          lines.add("    " + row.toString().strip());
          row.setLength(0);
        }
      }
      lines.add("};");
      value = "(" + type + ")" + table + "[i]";
    }
    lines.open("for (size_t i = 0; i < " + module.count(buffer) + "; i++)");
    lines.add(name + "[i] = " + value + ";");
    lines.close();
    if (count > 1) {
      lines.close();
    }
  }
}
