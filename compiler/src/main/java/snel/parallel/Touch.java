package snel.parallel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// A buffer that a piece of a step reads or writes, and where in it, if it is a ring with a slot a
/// step.
record Touch(Buffer buffer, Optional<Slots> slots, boolean writes) {
  /// The slots of the steps from `first` to `last`, counted from the present one, of a ring of so
  /// many.
  record Slots(int first, int last, int ring) {
    /// How many steps from now on somebody can go who touches the slots `others` of each step,
    /// before one of those is among these: at least `least`, at most a ring.
    int stepsUntil(Slots others, int least) {
      for (int steps = least; steps < least + ring; steps++) {
        for (int slot = first; slot <= last; slot++) {
          for (int other = others.first; other <= others.last; other++) {
            if (Math.floorMod(slot - other - steps, ring) == 0) {
              return steps;
            }
          }
        }
      }
      return least + ring;
    }
  }

  /// Whether one must come before the other, as in the program, if they are in one slot.
  boolean meets(Touch other) {
    return buffer.equals(other.buffer) && (writes || other.writes);
  }

  /// How many steps, at least `least`, the other can be ahead; empty if none.
  OptionalInt stepsUntil(Touch other, int least) {
    if (slots.isEmpty()
        || other.slots.isEmpty()
        || slots.get().ring() != other.slots.get().ring()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(slots.get().stepsUntil(other.slots.get(), least));
  }

  /// All that a block touches.
  static List<Touch> of(List<Stmt> block) {
    return new Finder(block).found;
  }

  private static final class Finder {
    private final Map<String, Expr> locals = new HashMap<>();
    private final List<Touch> found = new ArrayList<>();

    Finder(List<Stmt> block) {
      Nodes.eachStatement(block, this::add);
      Nodes.eachExpression(
          block,
          expression -> {
            if (expression instanceof Expr.Load(Buffer buffer, Expr index)) {
              found.add(new Touch(buffer, slots(buffer, index), false));
            }
          });
    }

    private void add(Stmt stmt) {
      if (stmt instanceof Stmt.Let(String name, Expr value)) {
        locals.put(name, value);
      } else if (stmt instanceof Stmt.Store(Buffer buffer, Expr index, _)) {
        found.add(new Touch(buffer, slots(buffer, index), true));
      } else if (stmt instanceof Stmt.AddBits add) {
        found.add(new Touch(add.counts(), slots(add.counts(), add.at()), true));
      } else {
        Nodes.written(stmt).forEach(b -> found.add(new Touch(b, Optional.empty(), true)));
      }
      Nodes.read(stmt).forEach(b -> found.add(new Touch(b, Optional.empty(), false)));
    }

    /// Of an index `slot`, `slot * n` or `slot * n + element`.
    private Optional<Slots> slots(Buffer buffer, Expr index) {
      if (!(buffer.length() instanceof Length.Fixed(long count))) {
        return Optional.empty();
      }
      Expr start =
          index instanceof Expr.Binary(BinaryOp op, Expr left, _) && op == BinaryOp.ADD
              ? left
              : index;
      if (start instanceof Expr.Binary(BinaryOp op, Expr slot, Expr.Const(_, long each))
          && op == BinaryOp.MUL) {
        return slots(slot).filter(slots -> slots.ring() * each == count);
      }
      return slots(index).filter(slots -> slots.ring() == count);
    }

    /// Of `(step + n) & mask`.
    private Optional<Slots> slots(Expr slot) {
      Expr known =
          slot instanceof Expr.Read(String name, _) ? locals.getOrDefault(name, slot) : slot;
      if (known instanceof Expr.Binary(BinaryOp op, Expr step, Expr.Const(_, long mask))
          && op == BinaryOp.AND
          && Long.bitCount(mask + 1) == 1) {
        OptionalInt offset = offset(step);
        return offset.isPresent()
            ? Optional.of(new Slots(offset.getAsInt(), offset.getAsInt(), (int) mask + 1))
            : Optional.empty();
      }
      return Optional.empty();
    }

    private static OptionalInt offset(Expr step) {
      if (isStep(step)) {
        return OptionalInt.of(0);
      }
      if (step instanceof Expr.Binary(BinaryOp op, Expr from, Expr.Const(_, long n))
          && isStep(from)) {
        return switch (op) {
          case ADD -> OptionalInt.of((int) n);
          case SUB -> OptionalInt.of((int) -n);
          default -> OptionalInt.empty();
        };
      }
      return OptionalInt.empty();
    }

    private static boolean isStep(Expr expression) {
      return expression instanceof Expr.Convert(Scalar type, Expr.Load(Buffer clock, Expr at))
          && type == Scalar.I32
          && clock.name().equals(Clock.NAME)
          && at.equals(Expr.i32(Clock.STEP));
    }
  }
}
