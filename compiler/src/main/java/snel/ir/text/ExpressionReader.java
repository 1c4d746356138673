package snel.ir.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.ReduceOp;
import snel.ir.Scalar;
import snel.ir.UnaryOp;

/// Reads expressions. Operators may stand without parentheses and bind as in Java.
final class ExpressionReader {
  private static final int UNARY = 8;

  private final Tokens tokens;
  private final Map<String, Buffer> buffers;
  private final Map<String, Scalar> locals = new HashMap<>();

  ExpressionReader(Tokens tokens, Map<String, Buffer> buffers) {
    this.tokens = tokens;
    this.buffers = buffers;
  }

  void declare(String local, Scalar type) {
    locals.put(local, type);
  }

  Buffer buffer() {
    String name = tokens.name();
    Buffer buffer = buffers.get(name);
    if (buffer == null) {
      throw tokens.error("no buffer is named " + name);
    }
    return buffer;
  }

  Expr read() {
    Expr condition = infix(1);
    if (!tokens.accept("?")) {
      return condition;
    }
    Expr whenTrue = read();
    tokens.expect(":");
    return new Expr.Choose(condition, whenTrue, read());
  }

  private Expr infix(int precedence) {
    if (precedence == UNARY) {
      return unary();
    }
    Expr left = infix(precedence + 1);
    while (true) {
      Optional<BinaryOp> op = binaryOp(precedence);
      Optional<CompareOp> compare = compareOp(precedence);
      if (op.isPresent()) {
        tokens.next();
        left = new Expr.Binary(op.get(), left, infix(precedence + 1));
      } else if (compare.isPresent()) {
        tokens.next();
        left = new Expr.Compare(compare.get(), left, infix(precedence + 1));
      } else {
        return left;
      }
    }
  }

  private Optional<BinaryOp> binaryOp(int precedence) {
    return Arrays.stream(BinaryOp.values())
        .filter(op -> Operators.symbol(op).filter(tokens::at).isPresent())
        .filter(op -> Operators.precedence(op) == precedence)
        .findFirst();
  }

  private Optional<CompareOp> compareOp(int precedence) {
    return precedence != Operators.COMPARISON
        ? Optional.empty()
        : Arrays.stream(CompareOp.values()).filter(op -> tokens.at(op.symbol())).findFirst();
  }

  private Expr unary() {
    if (tokens.accept("!")) {
      return new Expr.Unary(UnaryOp.NOT, unary());
    }
    if (tokens.accept("(")) {
      Expr inner = read();
      tokens.expect(")");
      return inner;
    }
    boolean negative = tokens.accept("-");
    if (tokens.peek().kind() == Tokens.Kind.NUMBER) {
      return Literal.read(tokens.next().text(), negative);
    }
    if (negative) {
      throw tokens.error("expected a number");
    }
    if (tokens.accept("true")) {
      return Expr.bool(true);
    }
    if (tokens.accept("false")) {
      return Expr.bool(false);
    }
    return named();
  }

  private Expr named() {
    Tokens.Token after = tokens.peek(1);
    boolean symbol = after.kind() == Tokens.Kind.SYMBOL;
    if (symbol && after.text().equals("[")) {
      Buffer buffer = buffer();
      tokens.expect("[");
      Expr index = read();
      tokens.expect("]");
      return new Expr.Load(buffer, index);
    }
    if (symbol && (after.text().equals("(") || isTyped(after))) {
      return call();
    }
    String name = tokens.name();
    Scalar type = locals.get(name);
    if (type == null) {
      throw tokens.error("no local is named " + name);
    }
    return new Expr.Read(name, type);
  }

  /// Whether a `:type(` follows a name, so that it is not the `:` of a choice.
  private boolean isTyped(Tokens.Token after) {
    return after.text().equals(":")
        && tokens.peek(3).kind() == Tokens.Kind.SYMBOL
        && tokens.peek(3).text().equals("(")
        && scalar(tokens.peek(2).text()).isPresent()
        && !locals.containsKey(tokens.peek().text());
  }

  private Expr call() {
    String name = tokens.name();
    Optional<Scalar> written = Optional.empty();
    if (tokens.accept(":")) {
      written = scalar(tokens.name());
    }
    tokens.expect("(");
    if (tokens.peek(1).text().equals("in")) {
      return reduce(name);
    }
    if (name.equals("bits")) {
      long bits = Long.parseUnsignedLong(tokens.next().text().substring(2), 16);
      tokens.expect(")");
      Scalar type = written.orElseThrow(() -> tokens.error("expected a type"));
      return new Expr.Const(type, type == Scalar.F32 ? (int) bits : bits);
    }
    List<Expr> arguments = new ArrayList<>();
    do {
      arguments.add(read());
    } while (tokens.accept(","));
    tokens.expect(")");
    return operation(name, written, arguments);
  }

  private Expr reduce(String name) {
    ReduceOp op = ReduceOp.valueOf(name.toUpperCase(Locale.ROOT));
    String index = tokens.name();
    tokens.expect("in");
    Expr from = read();
    tokens.expect("..<");
    Expr to = read();
    tokens.expect(":");
    declare(index, Scalar.I32);
    Expr body = read();
    tokens.expect(")");
    return new Expr.Reduce(op, index, from, to, body);
  }

  private Expr operation(String name, Optional<Scalar> written, List<Expr> arguments) {
    Optional<Scalar> conversion = scalar(name);
    if (conversion.isPresent()) {
      return new Expr.Convert(conversion.get(), arguments.getFirst());
    }
    return switch (name) {
      case "fma" -> new Expr.Fma(arguments.get(0), arguments.get(1), arguments.get(2));
      case "min" -> new Expr.Binary(BinaryOp.MIN, arguments.get(0), arguments.get(1));
      case "max" -> new Expr.Binary(BinaryOp.MAX, arguments.get(0), arguments.get(1));
      case "neg", "abs", "sqrt", "floor", "ceil", "rint" ->
          new Expr.Unary(UnaryOp.valueOf(name.toUpperCase(Locale.ROOT)), arguments.getFirst());
      case "philox" ->
          new Expr.Philox(
              arguments.get(0),
              arguments.get(1),
              arguments.get(2),
              arguments.get(3),
              arguments.get(4),
              arguments.get(5));
      default -> {
        Function function =
            Arrays.stream(Function.values())
                .filter(candidate -> Names.word(candidate).equals(name))
                .findFirst()
                .orElseThrow(() -> tokens.error("no function is named " + name));
        Scalar type =
            written
                .or(() -> Operators.impliedType(function, arguments))
                .orElseThrow(() -> tokens.error(name + " needs a type"));
        yield new Expr.Call(function, type, arguments);
      }
    };
  }

  private static Optional<Scalar> scalar(String word) {
    return Arrays.stream(Scalar.values()).filter(type -> Names.word(type).equals(word)).findFirst();
  }
}
