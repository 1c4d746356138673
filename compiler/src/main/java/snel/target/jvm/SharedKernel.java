package snel.target.jvm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// What kernels have in common that differ in their buffers and in some numbers only, such as those
/// of many projections of one kind: a method with the arrays and those numbers as parameters, which
/// the just-in-time compiler then compiles once.
///
/// @param body over the arrays
/// @param arrays stand for buffers, in the order of their first use
/// @param parameters for the numbers that differ
record SharedKernel(List<Stmt> body, List<Buffer> arrays, List<FreeLocals.Local> parameters) {
  /// Fewer kernels than this are better each with its own numbers.
  static final int LEAST_KERNELS = 3;

  private static final String STAND_IN = "$array.";

  /// Arrays and numbers beyond this cannot be parameters of a method.
  private static final int MOST_SLOTS = 200;

  /// A kernel as a use of what it shares.
  ///
  /// @param arguments [Expr.Const]s
  record Use(SharedKernel shared, List<Buffer> arrays, List<Expr.Const> arguments) {}

  /// The kernels that share with at least two others, by name.
  static Map<String, Use> of(List<Kernel> kernels) {
    return of(kernels, LEAST_KERNELS);
  }

  /// The kernels of which at least so many are alike, by name.
  static Map<String, Use> of(List<Kernel> kernels, int least) {
    Map<String, Kernel> named = new LinkedHashMap<>();
    kernels.forEach(kernel -> named.putIfAbsent(kernel.name(), kernel));
    Map<List<Stmt>, List<Alike>> groups = new LinkedHashMap<>();
    for (Kernel kernel : named.values()) {
      Alike alike = Alike.of(kernel);
      groups.computeIfAbsent(alike.skeleton(), _ -> new ArrayList<>()).add(alike);
    }
    Map<String, Use> uses = new LinkedHashMap<>();
    for (List<Alike> group : groups.values()) {
      if (group.size() >= least) {
        share(group, uses);
      }
    }
    return uses;
  }

  private static void share(List<Alike> group, Map<String, Use> uses) {
    Alike first = group.getFirst();
    List<Integer> differing = new ArrayList<>();
    List<FreeLocals.Local> parameters = new ArrayList<>();
    int slots = first.arrays().size();
    boolean rowWise = group.stream().map(Alike::kernel).anyMatch(RowWise::is);
    for (int place = 0; place < first.numbers().size(); place++) {
      Expr.Const number = first.numbers().get(place);
      int at = place;
      boolean isBound = place < 2 && rowWise;
      if (isBound || group.stream().anyMatch(alike -> !alike.numbers().get(at).equals(number))) {
        differing.add(place);
        parameters.add(new FreeLocals.Local("$n" + place, number.type()));
        slots += JvmType.of(number.type()).slots;
      }
    }
    if (slots > MOST_SLOTS) {
      return;
    }
    int[] next = {0};
    List<Stmt> body =
        new Replacing(
                number -> {
                  int place = next[0]++;
                  int parameter = differing.indexOf(place);
                  return parameter < 0
                      ? number
                      : new Expr.Read(parameters.get(parameter).name(), number.type());
                })
            .block(first.kernel().body());
    SharedKernel shared = new SharedKernel(body, arrays(first.arrays()), parameters);
    for (Alike alike : group) {
      List<Expr.Const> arguments = differing.stream().map(alike.numbers()::get).toList();
      uses.put(alike.kernel().name(), new Use(shared, alike.arrays(), arguments));
    }
  }

  private static List<Buffer> arrays(List<Buffer> buffers) {
    List<Buffer> arrays = new ArrayList<>();
    for (Buffer buffer : buffers) {
      arrays.add(standIn(buffer, arrays.size()));
    }
    return arrays;
  }

  /// Whether a buffer is an array that a method takes.
  static boolean isStandIn(Buffer buffer) {
    return buffer.name().startsWith(STAND_IN);
  }

  private static Buffer standIn(Buffer buffer, int number) {
    return new Buffer(STAND_IN + number, buffer.cell(), Length.of(0), Role.SCRATCH);
  }

  /// A kernel taken apart.
  ///
  /// @param skeleton the body with stand-ins for its buffers and 0 for its numbers
  private record Alike(
      Kernel kernel, List<Stmt> skeleton, List<Buffer> arrays, List<Expr.Const> numbers) {
    static Alike of(Kernel kernel) {
      List<Expr.Const> numbers = new ArrayList<>();
      Replacing replacing =
          new Replacing(number -> {
            numbers.add(number);
            return new Expr.Const(number.type(), 0);
          });
      List<Stmt> skeleton = replacing.block(kernel.body());
      return new Alike(kernel, skeleton, List.copyOf(replacing.arrays.keySet()), numbers);
    }
  }

  /// Replaces buffers by stand-ins and numbers by what `change` makes of each, always in the same
  /// order. The bounds of loops that may be done in vectors stay: they decide how.
  private static final class Replacing {
    private final UnaryOperator<Expr> change;
    final Map<Buffer, Buffer> arrays = new LinkedHashMap<>();

    Replacing(java.util.function.Function<Expr.Const, Expr> change) {
      this.change = expr -> change.apply((Expr.Const) expr);
    }

    List<Stmt> block(List<Stmt> block) {
      return block.stream().map(this::stmt).toList();
    }

    private Stmt stmt(Stmt stmt) {
      return switch (stmt) {
        case Stmt.Let(var name, var value) -> new Stmt.Let(name, expr(value));
        case Stmt.Var(var name, var value) -> new Stmt.Var(name, expr(value));
        case Stmt.Assign(var name, var value) -> new Stmt.Assign(name, expr(value));
        case Stmt.Store(var buffer, var index, var value) ->
            new Stmt.Store(array(buffer), expr(index), expr(value));
        case Stmt.If(var condition, var then, var otherwise) ->
            new Stmt.If(expr(condition), block(then), block(otherwise));
        case Stmt.Loop(var index, var from, var to, var order, var body) ->
            order == Stmt.Order.INDEPENDENT
                ? new Stmt.Loop(index, bound(from), bound(to), order, block(body))
                : new Stmt.Loop(index, expr(from), expr(to), order, block(body));
        case Stmt.While(var condition, var body) -> new Stmt.While(expr(condition), block(body));
        case Stmt.Collect(
                var index,
                var from,
                var to,
                var body,
                var condition,
                var list,
                var count) ->
            new Stmt.Collect(
                index,
                bound(from),
                bound(to),
                block(body),
                expr(condition),
                array(list),
                array(count));
        case Stmt.Push(var list, var count, var value) ->
            new Stmt.Push(array(list), array(count), expr(value));
        case Stmt.Words words ->
            new Stmt.Words(
                array(words.words()),
                bound(words.count()),
                expr(words.stream()),
                expr(words.c1()),
                expr(words.c2()),
                expr(words.c3()),
                words.draw(),
                words.first());
        case Stmt.AddBits add ->
            new Stmt.AddBits(
                array(add.counts()),
                expr(add.at()),
                array(add.rows()),
                add.sources(),
                add.targets(),
                array(add.list()),
                array(add.count()),
                add.first(),
                add.from(),
                add.to());
      };
    }

    private Expr bound(Expr bound) {
      return bound instanceof Expr.Const ? bound : expr(bound);
    }

    private Expr expr(Expr expr) {
      return switch (expr) {
        case Expr.Const(Scalar type, _) -> type == Scalar.BOOL ? expr : change.apply(expr);
        case Expr.Load(Buffer buffer, Expr index) -> new Expr.Load(array(buffer), expr(index));
        case Expr.Reduce(var op, var index, var from, var to, var body) ->
            new Expr.Reduce(op, index, bound(from), bound(to), expr(body));
        case Expr.Read _,
            Expr.Unary _,
            Expr.Binary _,
            Expr.Fma _,
            Expr.Compare _,
            Expr.Choose _,
            Expr.Convert _,
            Expr.Call _,
            Expr.Philox _ ->
            Nodes.mapOperands(expr, this::expr);
      };
    }

    private Buffer array(Buffer buffer) {
      return arrays.computeIfAbsent(buffer, _ -> standIn(buffer, arrays.size()));
    }
  }
}
