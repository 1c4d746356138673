package snel.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// What a part reads and writes, gathered while statements are divided.
final class PartAccesses {
  private final Tables tables;
  private final Owners outside;
  private Accesses accesses = new Accesses();

  PartAccesses(Tables tables) {
    this.tables = tables;
    this.outside = new Owners(tables);
  }

  /// What is known of locals outside all loops: nothing.
  Owners outside() {
    return outside;
  }

  Accesses all() {
    return accesses;
  }

  void read(Buffer buffer, Owner owner) {
    accesses.read(buffer, owner);
  }

  void write(Buffer buffer, Owner owner) {
    accesses.write(buffer, owner);
  }

  /// All of `block` by the first part.
  void byFirst(List<Stmt> block) {
    accesses.byFirst(block);
  }

  /// Whether a block writes nothing but elements of this part.
  boolean isOwn(List<Stmt> block, Owners around) {
    Owners owners = around;
    List<String> variables = new ArrayList<>();
    for (Stmt stmt : block) {
      switch (stmt) {
        case Stmt.Let(String name, Expr value) -> {
          read(value, owners);
          Owners known = owners;
          owners = owners.of(value).map(local -> known.with(name, local)).orElse(known);
        }
        case Stmt.Var(String name, Expr value) -> {
          read(value, owners);
          variables.add(name);
        }
        case Stmt.Assign(String name, Expr value) -> read(value, owners);
        case Stmt.Store(Buffer buffer, Expr index, Expr value) when Findings.is(buffer) -> {
          if (!Findings.isWhole(block)) {
            return false;
          }
          readBut(buffer, value, owners);
          read(index, owners);
        }
        case Stmt.Store(Buffer buffer, Expr index, Expr value) -> {
          Optional<Owner> owner = owners.element(buffer, index);
          if (owner.isEmpty()) {
            return false;
          }
          accesses.write(buffer, owner.get());
          read(index, owners);
          read(value, owners);
        }
        case Stmt.If branch -> {
          read(branch.condition(), owners);
          if (!isOwn(branch.then(), owners) || !isOwn(branch.otherwise(), owners)) {
            return false;
          }
        }
        case Stmt.While loop -> {
          read(loop.condition(), owners);
          if (!isOwn(loop.body(), owners)) {
            return false;
          }
        }
        case Stmt.Loop loop -> {
          read(loop.from(), owners);
          read(loop.to(), owners);
          if (!isOwn(loop.body(), inside(loop, owners))) {
            return false;
          }
        }
        case Stmt.Collect _, Stmt.Push _, Stmt.Words _, Stmt.AddBits _ -> {
          return false;
        }
      }
    }
    return true;
  }

  private Owners inside(Stmt.Loop loop, Owners owners) {
    Optional<Row> row = Row.of(loop);
    Optional<Owners.Local> whose = row.flatMap(known -> owners.of(known.at()));
    if (row.isPresent() && whose.isPresent() && whose.get() instanceof Owners.Neuron(int neurons)) {
      return tables
          .columns(row.get().start())
          .filter(columns -> columns.wiring().targets() == neurons)
          .map(columns -> owners.with(loop.index(), new Owners.Place(columns)))
          .orElse(owners);
    }
    return owners;
  }

  private void readBut(Buffer finding, Expr expression, Owners owners) {
    if (expression instanceof Expr.Load(Buffer buffer, Expr index) && buffer.equals(finding)) {
      read(index, owners);
    } else if (expression instanceof Expr.Load(Buffer buffer, Expr index)) {
      accesses.read(buffer, owners.element(buffer, index).orElse(Owner.SHARED));
      readBut(finding, index, owners);
    } else {
      Nodes.operands(expression).forEach(operand -> readBut(finding, operand, owners));
    }
  }

  void read(Expr expression, Owners owners) {
    Nodes.eachExpression(
        expression,
        inner -> {
          if (inner instanceof Expr.Load(Buffer buffer, Expr index)) {
            accesses.read(buffer, owners.element(buffer, index).orElse(Owner.SHARED));
          }
        });
  }

  /// Keeps what an attempt accesses only if it comes off.
  Optional<List<Stmt>> attempt(Supplier<Optional<List<Stmt>>> attempt) {
    Accesses before = accesses;
    accesses = new Accesses();
    Optional<List<Stmt>> made = attempt.get();
    if (made.isPresent()) {
      before.add(accesses);
    }
    accesses = before;
    return made;
  }
}
