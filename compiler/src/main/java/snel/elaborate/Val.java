package snel.elaborate;

import java.util.List;
import java.util.Map;
import snel.math.Expr;
import snel.model.Slice;

/// What an expression of a network, model or protocol is worth when it is elaborated.
public sealed interface Val {
  /// A number or truth value; constant if its expression is. With a shape, every element of an
  /// array at once, written for the element `SELF.index`.
  record Num(Expr expr, List<Integer> shape) implements Val {
    public Num {
      shape = List.copyOf(shape);
    }
  }

  record Text(String text) implements Val {}

  record Items(List<Val> items) implements Val {
    public Items {
      items = List.copyOf(items);
    }
  }

  record Tuple(List<Val> parts) implements Val {
    public Tuple {
      parts = List.copyOf(parts);
    }
  }

  record Range(Val low, Val high, boolean closed) implements Val {}

  /// A population or slice; `event` is empty for its spikes.
  record Cells(Slice slice, String event) implements Val {}

  /// A named projection.
  record Wires(String path) implements Val {}

  /// A part of a network, with its names.
  record Part(NetworkScope scope) implements Val {}

  /// A table from a file: columns by name.
  record Table(Map<String, double[]> columns, int rows) implements Val {}

  /// `self`, `peers`, `pre`, `post`, `edge`, `offset`: something that only has members.
  record Marker(String name) implements Val {}

  /// What is known of a population: hidden definitions `#self`, `#pre`, `#post`.
  record Info(Neuron neuron) implements Val {}

  /// A read-out.
  record Reading(String name) implements Val {}

  /// Something faulty that has been reported.
  record Bad() implements Val {}

  Val BAD = new Bad();

  static Val of(Expr expr) {
    return new Num(expr, List.of());
  }

  static Val of(long number) {
    return of(Expr.num(number));
  }
}
