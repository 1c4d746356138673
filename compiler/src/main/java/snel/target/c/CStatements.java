package snel.target.c;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.ReduceOp;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Writes the body of one kernel. Reductions become loops before the statement that holds them.
final class CStatements {
  private static final int LANES = 16;
  private static final int VALUES_PER_LINE = 8;

  /// Of locals, which therefore hide no buffer and no function.
  private static final String PREFIX = "x_";

  /// So many indices are done before it is looked which to append: a loop without an end in sight
  /// is one that a C compiler makes vectors of, and what it wrote is still near.
  private static final int BLOCK = 512;

  private final Lines lines;
  private final CNames buffers;
  private final CNames locals;
  private final CExpressions expressions;
  private final int seed;
  private int temporaries;

  private CStatements(Lines lines, CNames buffers, int seed) {
    this.lines = lines;
    this.buffers = buffers;
    this.locals = new CNames(PREFIX);
    this.seed = seed;
    this.expressions = new CExpressions(buffers, locals, seed);
  }

  /// Writes a kernel as a function of this name.
  static void write(Lines lines, Kernel kernel, String function, CNames buffers, int seed) {
    lines.open("static void " + function + "(void)");
    CStatements statements = new CStatements(lines, buffers, seed);
    kernel.body().forEach(statements::write);
    lines.close().add("");
  }

  private void write(Stmt stmt) {
    switch (stmt) {
      case Stmt.Let(String name, Expr value) -> declare("const ", name, value);
      case Stmt.Var(String name, Expr value) -> declare("", name, value);
      case Stmt.Assign(String name, Expr value) -> {
        String text = text(value);
        lines.add(locals.of(name) + " = " + text + ";");
      }
      case Stmt.Store(Buffer buffer, Expr index, Expr value) -> {
        String at = text(index);
        String what = text(value);
        lines.add(buffers.of(buffer.name()) + "[" + at + "] = " + stored(buffer, what) + ";");
      }
      case Stmt.If branch -> writeIf(branch);
      case Stmt.Loop loop -> {
        String from = text(loop.from());
        String to = text(loop.to());
        lines.open(loopHead(loop.index(), from, to));
        loop.body().forEach(this::write);
        lines.close();
      }
      case Stmt.While loop -> {
        lines.open("for (;;)");
        lines.open("if (!" + text(loop.condition()) + ")").add("break;").close();
        lines.open("");
        loop.body().forEach(this::write);
        lines.close().close();
      }
      case Stmt.Collect collect -> writeCollect(collect);
      case Stmt.Push(Buffer list, Buffer count, Expr value) -> {
        String what = text(value);
        lines.add(append(list, buffers.of(count.name()) + "[0]", what));
      }
      case Stmt.AddBits add ->
          lines.add(
              "snel_add_bits_"
                  + add.counts().cell().name().toLowerCase(Locale.ROOT)
                  + "("
                  + buffers.of(add.counts().name())
                  + " + "
                  + text(add.at())
                  + ", "
                  + buffers.of(add.rows().name())
                  + ", "
                  + add.targets()
                  + ", "
                  + buffers.of(add.list().name())
                  + ", "
                  + buffers.of(add.count().name())
                  + "[0], "
                  + add.first()
                  + ", "
                  + add.sources()
                  + ", "
                  + add.from()
                  + ", "
                  + add.to()
                  + ");");
      case Stmt.Words words -> {
        String arguments =
            List.of(words.stream(), words.c1(), words.c2(), words.c3()).stream()
                .map(part -> "(uint32_t)" + text(part))
                .collect(Collectors.joining(", "));
        lines.add(
            "snel_philox_fill("
                + Integer.toUnsignedString(seed)
                + "u, "
                + arguments
                + ", (uint32_t *)"
                + buffers.of(words.words().name())
                + ", "
                + words.first()
                + ", (uint32_t)"
                + text(words.count())
                + ");");
        switch (words.draw()) {
          case Draw.Word _ -> {}
          case Draw.Count(List<Integer> thresholds) -> reach(words, thresholds);
          case Draw.Normal _ -> lines.add("snel_normals(" + range(words) + ");");
        }
      }
    }
  }

  /// Words become how many thresholds they have reached.
  private void reach(Stmt.Words words, List<Integer> thresholds) {
    lines.open("");
    String table = temporary();
    lines.add("static const uint32_t " + table + "[] = {");
    for (int from = 0; from < thresholds.size(); from += VALUES_PER_LINE) {
      lines.add(
          thresholds.subList(from, Math.min(from + VALUES_PER_LINE, thresholds.size())).stream()
              .map(value -> Integer.toUnsignedString(value) + "u")
              .collect(Collectors.joining(", ", "    ", ",")));
    }
    lines.add("};");
    lines.add("snel_reach(" + range(words) + ", " + table + ", " + thresholds.size() + ");");
    lines.close();
  }

  private String range(Stmt.Words words) {
    return buffers.of(words.words().name()) + ", " + words.first() + ", " + text(words.count());
  }

  private void declare(String qualifier, String name, Expr value) {
    String text = text(value);
    lines.add(qualifier + CType.of(value.type()) + " " + locals.of(name) + " = " + text + ";");
  }

  private void writeIf(Stmt.If branch) {
    lines.open("if (" + text(branch.condition()) + ")");
    branch.then().forEach(this::write);
    lines.close();
    if (!branch.otherwise().isEmpty()) {
      lines.open("else");
      branch.otherwise().forEach(this::write);
      lines.close();
    }
  }

  private String loopHead(String index, String from, String to) {
    String i = locals.of(index);
    String end = temporary();
    return "for (int32_t "
        + i
        + " = "
        + from
        + ", "
        + end
        + " = "
        + to
        + "; "
        + i
        + " < "
        + end
        + "; "
        + i
        + "++)";
  }

  private void writeCollect(Stmt.Collect collect) {
    String from = text(collect.from());
    String to = text(collect.to());
    String count = temporary();
    String counter = buffers.of(collect.count().name()) + "[0]";
    lines.open("");
    lines.add("int32_t " + count + " = " + counter + ";");
    if (collect.body().isEmpty()) {
      writeCollected(collect, from, to, count);
    } else {
      String first = temporary();
      String limit = temporary();
      String end = temporary();
      lines.add("const int32_t " + limit + " = " + to + ";");
      lines.open(
          "for (int32_t %1$s = %2$s, %3$s; %1$s < %4$s; %1$s = %3$s)"
              .formatted(first, from, end, limit));
      lines.add("%s = %s - %s > %s ? %3$s + %4$s : %2$s;".formatted(end, limit, first, BLOCK));
      lines.open(loopHead(collect.index(), first, end));
      collect.body().forEach(this::write);
      lines.close();
      writeCollected(collect, first, end, count);
      lines.close();
    }
    lines.add(counter + " = " + count + ";");
    lines.close();
  }

  private void writeCollected(Stmt.Collect collect, String from, String to, String count) {
    lines.open(loopHead(collect.index(), from, to));
    lines.open("if (" + text(collect.condition()) + ")");
    lines.add(append(collect.list(), count, locals.of(collect.index())));
    lines.close().close();
  }

  private String append(Buffer list, String count, String value) {
    return buffers.of(list.name()) + "[" + count + "++] = " + stored(list, value) + ";";
  }

  private static String stored(Buffer buffer, String value) {
    return switch (buffer.cell()) {
      case U8, U16 -> "(" + CType.of(buffer.cell()) + ")" + value;
      case I32, I64, F32, F64 -> value;
    };
  }

  /// The text of `expr`, after the loops of its reductions were written.
  private String text(Expr expr) {
    return expressions.text(hoist(expr));
  }

  private Expr hoist(Expr expr) {
    return expr instanceof Expr.Reduce reduce
        ? writeReduction(reduce)
        : Nodes.mapOperands(expr, this::hoist);
  }

  private Expr writeReduction(Expr.Reduce reduce) {
    Scalar type = reduce.type();
    String from = text(reduce.from());
    String to = text(reduce.to());
    String name = "$" + temporaries++;
    String total = locals.of(name);
    String cType = CType.of(type);
    if (reduce.op() == ReduceOp.SUM && type.isFloat()) {
      String lanes = temporary();
      String lane = temporary();
      lines.add(cType + " " + lanes + "[" + LANES + "] = {0};");
      lines.add("int32_t " + lane + " = 0;");
      lines.open(loopHead(reduce.index(), from, to));
      String body = text(reduce.body());
      lines.add(lanes + "[" + lane + "] += " + body + ";");
      lines.add(lane + " = (" + lane + " + 1) & " + (LANES - 1) + ";");
      lines.close();
      lines.add(
          "const "
              + cType
              + " "
              + total
              + " = snel_fold_"
              + CType.suffix(type)
              + "("
              + lanes
              + ");");
    } else {
      lines.add(cType + " " + total + " = " + neutral(reduce.op(), type) + ";");
      lines.open(loopHead(reduce.index(), from, to));
      Expr body = hoist(reduce.body());
      Expr sum = new Expr.Binary(operator(reduce.op()), new Expr.Read(name, type), body);
      lines.add(total + " = " + expressions.text(sum) + ";");
      lines.close();
    }
    return new Expr.Read(name, type);
  }

  private String temporary() {
    return locals.of("$" + temporaries++);
  }

  private static BinaryOp operator(ReduceOp op) {
    return switch (op) {
      case SUM -> BinaryOp.ADD;
      case MIN -> BinaryOp.MIN;
      case MAX -> BinaryOp.MAX;
    };
  }

  private static String neutral(ReduceOp op, Scalar type) {
    if (op == ReduceOp.SUM) {
      return "0";
    }
    boolean least = op == ReduceOp.MIN;
    return switch (type) {
      case F32 -> CLiteral.single(least ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY);
      case F64 -> CLiteral.real(least ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
      case I32 -> least ? "INT32_MAX" : "INT32_MIN";
      case I64 -> least ? "INT64_MAX" : "INT64_MIN";
      case BOOL -> throw new IllegalArgumentException("a reduction of truth values");
    };
  }
}
