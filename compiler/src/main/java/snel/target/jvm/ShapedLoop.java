package snel.target.jvm;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// A loop in vectors as its shape and what the shape's parameters are here.
///
/// @param arguments evaluated before the loop
record ShapedLoop(LoopShape shape, List<Buffer> arrays, List<Expr> arguments) {
  static ShapedLoop of(Stmt.Loop loop, int bits) {
    LoopFacts facts = new LoopFacts(loop.index(), loop.to(), loop.body());
    Shaping shaping = new Shaping(facts, loop.index());
    List<Stmt> body = loop.body().stream().map(shaping::stmt).toList();
    Stmt stmt = new Stmt.Loop(LoopShape.INDEX, index(), limit(), loop.order(), body);
    return shaping.shaped(stmt, new VectorSupport(facts, loop.body(), bits).lanes());
  }

  static ShapedLoop of(Stmt.Collect collect, int bits) {
    LoopFacts facts = new LoopFacts(collect.index(), collect.to(), List.of(collect));
    Shaping shaping = new Shaping(facts, collect.index());
    Stmt stmt =
        new Stmt.Collect(
            LoopShape.INDEX,
            index(),
            limit(),
            collect.body().stream().map(shaping::stmt).toList(),
            shaping.expr(collect.condition()),
            shaping.array(collect.list()),
            shaping.array(collect.count()));
    return shaping.shaped(stmt, new VectorSupport(facts, List.of(collect), bits).lanes());
  }

  private static Expr index() {
    return new Expr.Read(LoopShape.INDEX, Scalar.I32);
  }

  private static Expr limit() {
    return new Expr.Read(LoopShape.LIMIT, Scalar.I32);
  }

  /// Replaces names by numbers in the order of their first use.
  private static final class Shaping {
    private final LoopFacts facts;
    private final Map<String, String> locals = new HashMap<>();
    private final Map<Buffer, Buffer> arrays = new LinkedHashMap<>();
    private final Map<Expr, FreeLocals.Local> parameters = new LinkedHashMap<>();

    Shaping(LoopFacts facts, String index) {
      this.facts = facts;
      locals.put(index, LoopShape.INDEX);
    }

    ShapedLoop shaped(Stmt stmt, int lanes) {
      LoopShape shape =
          new LoopShape(
              stmt, List.copyOf(arrays.values()), List.copyOf(parameters.values()), lanes);
      return new ShapedLoop(shape, List.copyOf(arrays.keySet()), List.copyOf(parameters.keySet()));
    }

    Stmt stmt(Stmt stmt) {
      return switch (stmt) {
        case Stmt.Let(String name, Expr value) ->
            new Stmt.Let(local(name), value(value, FunctionExpansion.isRaw(name)));
        case Stmt.Var(String name, Expr value) -> new Stmt.Var(local(name), value(value, false));
        case Stmt.Assign(String name, Expr value) ->
            new Stmt.Assign(local(name), value(value, false));
        case Stmt.Store(Buffer buffer, Expr at, Expr value) ->
            new Stmt.Store(array(buffer), place(at), value(value, false));
        case Stmt.If branch ->
            new Stmt.If(
                value(branch.condition(), false),
                branch.then().stream().map(this::stmt).toList(),
                branch.otherwise().stream().map(this::stmt).toList());
        case Stmt.Loop _, Stmt.While _, Stmt.Collect _, Stmt.Push _, Stmt.Words _, Stmt.AddBits _ ->
            throw new CompilerBug("no vector form: " + stmt);
      };
    }

    private Expr value(Expr expr, boolean keepNumbers) {
      return keepNumbers ? kept(expr) : expr(expr);
    }

    /// The numbers that define a function stay where they are.
    private Expr kept(Expr expr) {
      return expr instanceof Expr.Const ? expr : shaped(expr, this::kept);
    }

    Expr expr(Expr expr) {
      return expr instanceof Expr.Const && !expr.type().isFloat() ? expr : shaped(expr, this::expr);
    }

    private Expr shaped(Expr expr, java.util.function.UnaryOperator<Expr> inner) {
      if (facts.isInvariant(expr)) {
        return parameter(expr);
      }
      return switch (expr) {
        case Expr.Read(String name, Scalar type) -> new Expr.Read(local(name), type);
        case Expr.Load(Buffer buffer, Expr at) -> new Expr.Load(array(buffer), place(at));
        case Expr.Const _,
            Expr.Unary _,
            Expr.Binary _,
            Expr.Fma _,
            Expr.Compare _,
            Expr.Choose _,
            Expr.Convert _,
            Expr.Call _,
            Expr.Philox _,
            Expr.Reduce _ ->
            Nodes.mapOperands(expr, inner);
      };
    }

    private Expr place(Expr at) {
      Expr offset = facts.offset(at).orElseThrow();
      return offset.equals(Expr.i32(0))
          ? index()
          : new Expr.Binary(BinaryOp.ADD, index(), parameter(offset));
    }

    private Expr parameter(Expr value) {
      FreeLocals.Local local =
          parameters.computeIfAbsent(
              value, _ -> new FreeLocals.Local("$p" + parameters.size(), value.type()));
      return new Expr.Read(local.name(), local.type());
    }

    private String local(String name) {
      return locals.computeIfAbsent(name, _ -> FunctionExpansion.renamed(name, locals.size()));
    }

    Buffer array(Buffer buffer) {
      return arrays.computeIfAbsent(
          buffer, _ -> new Buffer("a" + arrays.size(), buffer.cell(), Length.of(0), Role.SCRATCH));
    }
  }
}
