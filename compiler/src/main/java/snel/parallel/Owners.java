package snel.parallel;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Wiring;

/// Whose element an index means, by what is known of the locals in it.
final class Owners {
  /// What a local is, where that decides whose an element is.
  sealed interface Local {}

  /// A neuron of the part, of a population of so many.
  record Neuron(int neurons) implements Local {}

  /// A synapse onto a neuron of the part.
  record Synapse(Wiring wiring) implements Local {}

  /// A synapse of joined rows onto a neuron of the part in one stretch.
  record Joined(Build.Rows rows, Build.Stretch stretch) implements Local {}

  /// A neuron of the part, counted from the first target of all stretches.
  record Shifted(Build.Stretch stretch) implements Local {}

  /// A place in the column of a neuron of the part.
  record Place(Build.Transpose columns) implements Local {}

  private final Tables tables;
  private final Map<String, Local> locals;

  Owners(Tables tables) {
    this(tables, Map.of());
  }

  private Owners(Tables tables, Map<String, Local> locals) {
    this.tables = tables;
    this.locals = locals;
  }

  Owners with(String name, Local local) {
    Map<String, Local> more = new HashMap<>(locals);
    more.put(name, local);
    return new Owners(tables, more);
  }

  /// What the value of an expression is.
  Optional<Local> of(Expr value) {
    return switch (value) {
      case Expr.Read(String name, _) -> Optional.ofNullable(locals.get(name));
      case Expr.Convert(_, Expr operand) -> of(operand);
      case Expr.Load(Buffer buffer, Expr index) -> loaded(buffer, index);
      case Expr.Const _,
          Expr.Unary _,
          Expr.Binary _,
          Expr.Fma _,
          Expr.Compare _,
          Expr.Choose _,
          Expr.Call _,
          Expr.Philox _,
          Expr.Reduce _ ->
          Optional.empty();
    };
  }

  private Optional<Local> loaded(Buffer buffer, Expr index) {
    Optional<Local> at = of(index);
    if (at.isPresent() && at.get() instanceof Synapse(Wiring wiring)) {
      return tables
          .targets(buffer)
          .filter(wiring::equals)
          .map(known -> new Neuron(known.targets()));
    }
    if (at.isPresent() && at.get() instanceof Joined(Build.Rows rows, Build.Stretch stretch)) {
      return rows.target().equals(buffer) ? Optional.of(new Shifted(stretch)) : Optional.empty();
    }
    if (at.isPresent() && at.get() instanceof Place(Build.Transpose columns)) {
      return tables
          .synapses(buffer)
          .filter(columns::equals)
          .map(known -> new Synapse(known.wiring()));
    }
    return Optional.empty();
  }

  /// The owner of element `index` of a buffer, unless it may be any part's.
  Optional<Owner> element(Buffer buffer, Expr index) {
    Optional<Owner> direct = of(index).flatMap(local -> owner(buffer, local));
    if (direct.isPresent() || !(index instanceof Expr.Binary(var op, Expr left, Expr right))) {
      return direct;
    }
    return op == BinaryOp.ADD
        ? inRow(buffer, left, right).or(() -> inRow(buffer, right, left))
        : Optional.empty();
  }

  private Optional<Owner> owner(Buffer buffer, Local local) {
    return switch (local) {
      case Neuron(int neurons) -> Optional.of(from(buffer, 0, neurons));
      case Shifted(Build.Stretch(int first, int targets)) ->
          tables.isSideBySide(buffer)
              ? Optional.of(from(buffer, first, targets))
              : Optional.empty();
      case Synapse(Wiring wiring) ->
          buffer.length().equals(new Length.Synapses(wiring.name()))
              ? Optional.of(new Owner.Target(wiring.name()))
              : Optional.empty();
      case Place _, Joined _ -> Optional.empty();
    };
  }

  /// One of several rows of an element a neuron, or of several populations side by side.
  private Optional<Owner> inRow(Buffer buffer, Expr start, Expr neuron) {
    if (of(neuron).isEmpty() || !(of(neuron).get() instanceof Neuron(int neurons))) {
      return Optional.empty();
    }
    if (start instanceof Expr.Const(_, long first)) {
      return Optional.of(from(buffer, (int) first, neurons));
    }
    return isMultiple(start, neurons) ? Optional.of(new Owner.Neuron(neurons)) : Optional.empty();
  }

  private Owner from(Buffer buffer, int start, int neurons) {
    return tables.isSideBySide(buffer)
        ? new Owner.Slice(start, neurons)
        : slice(buffer, start, neurons);
  }

  /// The owner of one element a neuron from `start` on.
  static Owner slice(Buffer buffer, int start, int neurons) {
    boolean isRow =
        start % neurons == 0
            && buffer.length() instanceof Length.Fixed(long count)
            && count % neurons == 0;
    return isRow ? new Owner.Neuron(neurons) : new Owner.Slice(start, neurons);
  }

  private static boolean isMultiple(Expr value, int of) {
    return switch (value) {
      case Expr.Const(_, long bits) -> bits % of == 0;
      case Expr.Binary(var op, Expr left, Expr right) when op == BinaryOp.MUL ->
          isMultiple(left, of) || isMultiple(right, of);
      case Expr.Const _,
          Expr.Read _,
          Expr.Load _,
          Expr.Unary _,
          Expr.Binary _,
          Expr.Fma _,
          Expr.Compare _,
          Expr.Choose _,
          Expr.Convert _,
          Expr.Call _,
          Expr.Philox _,
          Expr.Reduce _ ->
          false;
    };
  }
}
