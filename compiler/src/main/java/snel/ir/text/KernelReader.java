package snel.ir.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import snel.ir.Buffer;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Reads kernels.
final class KernelReader {
  private final Tokens tokens;
  private final ExpressionReader expressions;

  private KernelReader(Tokens tokens, Map<String, Buffer> buffers) {
    this.tokens = tokens;
    this.expressions = new ExpressionReader(tokens, buffers);
  }

  /// Reads one kernel, from the word `kernel` to its closing brace.
  static Kernel read(Tokens tokens, Map<String, Buffer> buffers) {
    tokens.expect("kernel");
    String name = tokens.name();
    Phase phase = Phase.valueOf(tokens.name().toUpperCase(Locale.ROOT));
    return new Kernel(name, phase, new KernelReader(tokens, buffers).block());
  }

  private List<Stmt> block() {
    tokens.expect("{");
    List<Stmt> statements = new ArrayList<>();
    while (!tokens.accept("}")) {
      statements.add(statement());
    }
    return statements;
  }

  private Stmt statement() {
    if (tokens.accept("let")) {
      String name = tokens.name();
      return new Stmt.Let(name, initial(name));
    }
    if (tokens.accept("var")) {
      String name = tokens.name();
      return new Stmt.Var(name, initial(name));
    }
    if (tokens.accept("if")) {
      Expr condition = expressions.read();
      List<Stmt> then = block();
      return new Stmt.If(condition, then, tokens.accept("else") ? block() : List.of());
    }
    if (tokens.accept("each")) {
      return loop(Stmt.Order.INDEPENDENT);
    }
    if (tokens.accept("for")) {
      return loop(Stmt.Order.SEQUENTIAL);
    }
    if (tokens.accept("open")) {
      return loop(Stmt.Order.OPEN);
    }
    if (tokens.accept("while")) {
      Expr condition = expressions.read();
      return new Stmt.While(condition, block());
    }
    if (tokens.accept("collect")) {
      return collect();
    }
    if (tokens.accept("words")) {
      Buffer words = expressions.buffer();
      List<Expr> parts = new ArrayList<>();
      for (int k = 0; k < 5; k++) {
        tokens.expect(",");
        parts.add(expressions.read());
      }
      Draw draw = tokens.accept(",") ? draw() : new Draw.Word();
      int first = tokens.accept("from") ? Integer.parseInt(tokens.number()) : 0;
      return new Stmt.Words(
          words, parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4), draw, first);
    }
    if (tokens.accept("addbits")) {
      return addBits();
    }
    if (tokens.accept("push")) {
      Buffer list = expressions.buffer();
      tokens.expect(",");
      Buffer count = expressions.buffer();
      tokens.expect(",");
      return new Stmt.Push(list, count, expressions.read());
    }
    return assignment();
  }

  private Draw draw() {
    return tokens.accept("normal") ? new Draw.Normal() : new Draw.Count(unsignedNumbers());
  }

  private List<Integer> unsignedNumbers() {
    tokens.expect("[");
    List<Integer> numbers = new ArrayList<>();
    do {
      numbers.add(Integer.parseUnsignedInt(tokens.number()));
    } while (tokens.accept(","));
    tokens.expect("]");
    return numbers;
  }

  private Stmt addBits() {
    Buffer counts = expressions.buffer();
    tokens.expect("[");
    Expr at = expressions.read();
    tokens.expect("]");
    tokens.expect(",");
    Buffer rows = expressions.buffer();
    int sources = nextNumber();
    int targets = nextNumber();
    tokens.expect(",");
    Buffer list = expressions.buffer();
    tokens.expect(",");
    Buffer count = expressions.buffer();
    Stmt.AddBits all =
        new Stmt.AddBits(counts, at, rows, sources, targets, list, count, nextNumber());
    return tokens.accept("from")
        ? all.between(Integer.parseInt(tokens.number()), nextNumber())
        : all;
  }

  private int nextNumber() {
    tokens.expect(",");
    return Integer.parseInt(tokens.number());
  }

  private Expr initial(String name) {
    tokens.expect("=");
    Expr value = expressions.read();
    expressions.declare(name, value.type());
    return value;
  }

  private Stmt assignment() {
    Tokens.Token after = tokens.peek(1);
    if (after.kind() == Tokens.Kind.SYMBOL && after.text().equals("[")) {
      Buffer buffer = expressions.buffer();
      tokens.expect("[");
      Expr index = expressions.read();
      tokens.expect("]");
      tokens.expect("=");
      return new Stmt.Store(buffer, index, expressions.read());
    }
    String name = tokens.name();
    tokens.expect("=");
    return new Stmt.Assign(name, expressions.read());
  }

  private Stmt loop(Stmt.Order order) {
    String index = tokens.name();
    tokens.expect("in");
    Expr from = expressions.read();
    tokens.expect("..<");
    Expr to = expressions.read();
    expressions.declare(index, Scalar.I32);
    return new Stmt.Loop(index, from, to, order, block());
  }

  private Stmt collect() {
    String index = tokens.name();
    tokens.expect("in");
    Expr from = expressions.read();
    tokens.expect("..<");
    Expr to = expressions.read();
    expressions.declare(index, Scalar.I32);
    List<Stmt> body = tokens.peek().text().equals("{") ? block() : List.of();
    tokens.expect("where");
    Expr condition = expressions.read();
    tokens.expect("into");
    Buffer list = expressions.buffer();
    tokens.expect(",");
    return new Stmt.Collect(index, from, to, body, condition, list, expressions.buffer());
  }
}
