package snel.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.ReduceOp;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Training;
import snel.ir.Training.Node;

/// A loss that is written out: its nodes are worked out one after the other, and gone back over
/// from the last to the first (reverse mode: Griewank & Walther 2008, Evaluating Derivatives,
/// chapter 3).
final class WrittenLoss {
  private static final String BAR = "bar";
  private static final String OWN = "own";

  /// The derivative of the loss by what a node reads.
  ///
  /// @param slope of each reading, by its number
  record Slope(Node.Read read, UnaryOperator<Expr> slope) {}

  private final List<Node> nodes;
  private final Scalar real;
  private final Names names;
  private final Readings readings;
  private final List<Buffer> given;
  private final List<Stmt> body;
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<UnaryOperator<Expr>> values = new ArrayList<>();
  private final List<Optional<Expr>> places = new ArrayList<>();
  private final List<Boolean> reads = new ArrayList<>();
  private final List<List<UnaryOperator<Expr>>> bars = new ArrayList<>();
  private final List<Slope> slopes = new ArrayList<>();

  /// @param given what the nodes are given for each sample, in their order
  /// @param body to which all is added
  WrittenLoss(
      Training.Written part,
      Scalar real,
      Names names,
      Readings readings,
      List<Buffer> given,
      List<Stmt> body) {
    this.nodes = part.nodes();
    this.real = real;
    this.names = names;
    this.readings = readings;
    this.given = given;
    this.body = body;
    forward();
    backward();
  }

  /// The loss itself.
  Expr value() {
    return values.getLast().apply(Expr.i32(0));
  }

  List<Slope> slopes() {
    return slopes;
  }

  /// What lies in memory between the loops.
  List<Buffer> buffers() {
    return buffers;
  }

  private void forward() {
    int targets = 0;
    for (Node node : nodes) {
      Optional<Expr> place = Optional.empty();
      boolean isRead = false;
      switch (node) {
        case Node.Read read -> {
          isRead = true;
          Buffer from = readings.of(read.reading());
          values.add(k -> Form.mul(load(from, read.first(), k), number(read.scale())));
        }
        case Node.Given _ -> {
          Buffer target = given.get(targets);
          targets++;
          values.add(k -> load(target, 0, node.size() == 1 ? Expr.i32(0) : k));
        }
        case Node.Constant(double value) -> values.add(_ -> number(value));
        case Node.Pointwise(Expr formula, var of, int size) -> {
          isRead = of.stream().anyMatch(reads::get);
          values.add(kept("value", size, k -> filled(formula, of, k)));
        }
        case Node.Whole(ReduceOp op, int of) -> {
          isRead = reads.get(of);
          String k = names.fresh("k");
          Expr whole = over(op, k, of, value(of, Form.index(k)));
          UnaryOperator<Expr> value = kept("whole", 1, _ -> whole);
          values.add(value);
          if (op != ReduceOp.SUM) {
            place = Optional.of(first(of, value.apply(Expr.i32(0))));
          }
        }
        case Node.Stretch(int of, int from, _) -> {
          isRead = reads.get(of);
          values.add(k -> value(of, plus(k, from)));
        }
        case Node.Pick(int of, int at, int size) -> {
          isRead = reads.get(of);
          values.add(kept("picked", size, k -> value(of, place(at, k))));
        }
      }
      places.add(place);
      reads.add(isRead);
      bars.add(new ArrayList<>());
    }
  }

  /// The first of the numbers of a node that equals its extreme.
  private Expr first(int of, Expr extreme) {
    String k = names.fresh("k");
    Expr index = Form.index(k);
    Expr same = new Expr.Compare(CompareOp.EQ, value(of, index), extreme);
    int size = nodes.get(of).size();
    return let("first", over(ReduceOp.MIN, k, of, Form.choose(same, index, Expr.i32(size))));
  }

  private Expr over(ReduceOp op, String k, int of, Expr each) {
    return new Expr.Reduce(op, k, Expr.i32(0), Expr.i32(nodes.get(of).size()), each);
  }

  private void backward() {
    bars.getLast().add(_ -> number(1));
    for (int n = nodes.size() - 1; n >= 0; n--) {
      if (reads.get(n) && !bars.get(n).isEmpty()) {
        back(n);
      }
    }
  }

  private void back(int n) {
    Node node = nodes.get(n);
    UnaryOperator<Expr> bar = kept(BAR, node.size(), k -> sum(bars.get(n), k));
    switch (node) {
      case Node.Read read -> slopes.add(new Slope(read, bar));
      case Node.Given _, Node.Constant _ -> {}
      case Node.Pointwise(Expr formula, var of, int size) -> pointwise(n, formula, of, size, bar);
      case Node.Whole(ReduceOp op, int of) -> {
        Optional<Expr> first = places.get(n);
        bars.get(of)
            .add(
                op == ReduceOp.SUM || first.isEmpty()
                    ? bar
                    : k -> only(k, first.get(), bar.apply(k)));
      }
      case Node.Stretch(int of, int from, int size) ->
          bars.get(of)
              .add(k -> {
                Expr inside = new Expr.Binary(BinaryOp.SUB, k, Expr.i32(from));
                Expr low = new Expr.Binary(BinaryOp.MAX, inside, Expr.i32(0));
                Expr at = new Expr.Binary(BinaryOp.MIN, low, Expr.i32(size - 1));
                return only(at, inside, bar.apply(at));
              });
      case Node.Pick(int of, int at, int size) ->
          bars.get(of).add(k -> whoPicked(at, size, k, bar));
    }
  }

  /// The derivatives of all those that picked the number `k`.
  private Expr whoPicked(int at, int size, Expr k, UnaryOperator<Expr> bar) {
    if (size == 1) {
      return only(k, place(at, Expr.i32(0)), bar.apply(k));
    }
    String j = names.fresh("j");
    Expr picked = Form.index(j);
    return over(ReduceOp.SUM, j, at, only(k, place(at, picked), bar.apply(picked)));
  }

  private Expr place(int at, Expr k) {
    return new Expr.Convert(Scalar.I32, value(at, k));
  }

  private void pointwise(int n, Expr formula, List<Integer> of, int size, UnaryOperator<Expr> bar) {
    var backflow = new Backflow(_ -> false, new Reasons());
    backflow.push(formula, new Expr.Read(BAR, real), new Expr.Read(OWN, real));
    for (int j = 0; j < of.size(); j++) {
      int operand = of.get(j);
      Expr slope = backflow.take(Training.operand(j), real);
      if (!reads.get(operand) || Form.isZero(slope)) {
        continue;
      }
      UnaryOperator<Expr> each =
          k ->
              Form.map(
                  filled(slope, of, k),
                  part ->
                      switch (part) {
                        case Expr.Read(var name, _) when name.equals(BAR) -> bar.apply(k);
                        case Expr.Read(var name, _) when name.equals(OWN) -> value(n, k);
                        default -> part;
                      });
      if (nodes.get(operand).size() == 1 && size > 1) {
        String k = names.fresh("k");
        Expr all = let("sum", over(ReduceOp.SUM, k, n, each.apply(Form.index(k))));
        bars.get(operand).add(_ -> all);
      } else {
        bars.get(operand).add(each);
      }
    }
  }

  private Expr value(int node, Expr k) {
    return values.get(node).apply(nodes.get(node).size() == 1 ? Expr.i32(0) : k);
  }

  /// A formula of what other nodes are at `k`.
  private Expr filled(Expr formula, List<Integer> of, Expr k) {
    return Form.map(
        formula,
        part -> {
          if (part instanceof Expr.Read(var name, _)) {
            for (int j = 0; j < of.size(); j++) {
              if (name.equals(Training.operand(j))) {
                return value(of.get(j), k);
              }
            }
          }
          return part;
        });
  }

  private static Expr sum(List<UnaryOperator<Expr>> parts, Expr k) {
    return parts.stream().map(part -> part.apply(k)).reduce(Form::add).orElseThrow();
  }

  /// What is worked out once: one number in a local, more in memory.
  private UnaryOperator<Expr> kept(String name, int size, UnaryOperator<Expr> each) {
    if (size == 1) {
      Expr one = let(name, each.apply(Expr.i32(0)));
      return _ -> one;
    }
    Cell cell = real == Scalar.F32 ? Cell.F32 : Cell.F64;
    var buffer = new Buffer(names.fresh("loss_" + name), cell, Length.of(size), Role.SCRATCH);
    buffers.add(buffer);
    String k = names.fresh("k");
    Expr index = Form.index(k);
    body.add(Form.each(k, size, new Stmt.Store(buffer, index, each.apply(index))));
    return at -> new Expr.Load(buffer, at);
  }

  private Expr let(String name, Expr value) {
    Expr.Read read = names.local(name, value.type());
    body.add(new Stmt.Let(read.name(), value));
    return read;
  }

  private static Expr load(Buffer buffer, int first, Expr k) {
    return new Expr.Load(buffer, plus(k, first));
  }

  private static Expr plus(Expr k, int first) {
    return Form.add(k, Expr.i32(first));
  }

  /// The number where both are the same, else 0.
  private Expr only(Expr a, Expr b, Expr number) {
    return Form.choose(new Expr.Compare(CompareOp.EQ, a, b), number, number(0));
  }

  private Expr number(double value) {
    return Expr.real(real, value);
  }
}
