package snel.ir.text;

import java.util.List;
import snel.ir.Buffer;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Stmt;

/// Writes kernels, one statement a line.
public final class KernelPrinter {
  private final StringBuilder out = new StringBuilder();
  private int depth;

  private KernelPrinter(int depth) {
    this.depth = depth;
  }

  /// The text of a kernel, ending in a line break.
  public static String print(Kernel kernel) {
    return print(kernel, 0);
  }

  static String print(Kernel kernel, int depth) {
    KernelPrinter printer = new KernelPrinter(depth);
    printer.open("kernel " + Names.write(kernel.name()) + " " + Names.word(kernel.phase()));
    kernel.body().forEach(printer::statement);
    printer.close();
    return printer.out.toString();
  }

  private void statement(Stmt stmt) {
    switch (stmt) {
      case Stmt.Let(String name, Expr value) -> line("let " + binding(name, value));
      case Stmt.Var(String name, Expr value) -> line("var " + binding(name, value));
      case Stmt.Assign(String name, Expr value) -> line(binding(name, value));
      case Stmt.Store(Buffer buffer, Expr index, Expr value) ->
          line(
              Names.write(buffer.name())
                  + "["
                  + ExpressionPrinter.print(index)
                  + "] = "
                  + ExpressionPrinter.print(value));
      case Stmt.If(Expr condition, List<Stmt> then, List<Stmt> otherwise) -> {
        open("if " + ExpressionPrinter.print(condition));
        then.forEach(this::statement);
        if (!otherwise.isEmpty()) {
          depth--;
          line("} else {");
          depth++;
          otherwise.forEach(this::statement);
        }
        close();
      }
      case Stmt.Loop(String index, Expr from, Expr to, Stmt.Order order, List<Stmt> body) -> {
        String word =
            switch (order) {
              case INDEPENDENT -> "each ";
              case SEQUENTIAL -> "for ";
              case OPEN -> "open ";
            };
        open(word + range(index, from, to));
        body.forEach(this::statement);
        close();
      }
      case Stmt.While(Expr condition, List<Stmt> body) -> {
        open("while " + ExpressionPrinter.print(condition));
        body.forEach(this::statement);
        close();
      }
      case Stmt.Collect(
              String index,
              Expr from,
              Expr to,
              List<Stmt> body,
              Expr condition,
              Buffer list,
              Buffer count) -> {
        String head = "collect " + range(index, from, to);
        String which =
            " where "
                + ExpressionPrinter.print(condition)
                + " into "
                + Names.write(list.name())
                + ", "
                + Names.write(count.name());
        if (body.isEmpty()) {
          line(head + which);
        } else {
          open(head);
          body.forEach(this::statement);
          depth--;
          line("}" + which);
        }
      }
      case Stmt.Words(
              Buffer words,
              Expr count,
              Expr stream,
              Expr c1,
              Expr c2,
              Expr c3,
              Draw draw,
              int first) ->
          line(
              "words "
                  + Names.write(words.name())
                  + List.of(count, stream, c1, c2, c3).stream()
                      .map(e -> ", " + ExpressionPrinter.print(e))
                      .collect(java.util.stream.Collectors.joining())
                  + of(draw)
                  + (first == 0 ? "" : " from " + first));
      case Stmt.AddBits add ->
          line(
              "addbits "
                  + Names.write(add.counts().name())
                  + "["
                  + ExpressionPrinter.print(add.at())
                  + "], "
                  + Names.write(add.rows().name())
                  + ", "
                  + add.sources()
                  + ", "
                  + add.targets()
                  + ", "
                  + Names.write(add.list().name())
                  + ", "
                  + Names.write(add.count().name())
                  + ", "
                  + add.first()
                  + (add.from() == 0 && add.to() == add.targets()
                      ? ""
                      : " from " + add.from() + ", " + add.to()));
      case Stmt.Push(Buffer list, Buffer count, Expr value) ->
          line(
              "push "
                  + Names.write(list.name())
                  + ", "
                  + Names.write(count.name())
                  + ", "
                  + ExpressionPrinter.print(value));
    }
  }

  private static String of(Draw draw) {
    return switch (draw) {
      case Draw.Word _ -> "";
      case Draw.Count(List<Integer> thresholds) -> ", " + unsigned(thresholds);
      case Draw.Normal _ -> ", normal";
    };
  }

  private static String unsigned(List<Integer> numbers) {
    return numbers.stream()
        .map(Integer::toUnsignedString)
        .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
  }

  private static String binding(String name, Expr value) {
    return Names.write(name) + " = " + ExpressionPrinter.print(value);
  }

  private static String range(String index, Expr from, Expr to) {
    return Names.write(index)
        + " in "
        + ExpressionPrinter.print(from)
        + " ..< "
        + ExpressionPrinter.print(to);
  }

  private void open(String head) {
    line(head + " {");
    depth++;
  }

  private void close() {
    depth--;
    line("}");
  }

  private void line(String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }
}
