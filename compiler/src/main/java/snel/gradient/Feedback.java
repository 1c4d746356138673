package snel.gradient;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Stmt;

/// By which weights derivatives go back from where spikes arrive to the spikes: by those that the
/// spikes went by, by others, or not at all.
///
/// @param instead what stands for a weight on the way back; nothing goes by one that has none
record Feedback(Map<Buffer, Optional<Buffer>> instead) {
  /// By the weights themselves.
  static final Feedback OWN = new Feedback(Map.of());

  Feedback {
    instead = new LinkedHashMap<>(instead);
  }

  /// The weights by which nothing goes back.
  Set<Buffer> cut() {
    return instead.entrySet().stream()
        .filter(entry -> entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// What spikes do, by the weights of the way back.
  List<Stmt> through(List<Stmt> block) {
    return instead.isEmpty() ? block : Form.mapAll(block, this::swapped);
  }

  private Expr swapped(Expr expr) {
    if (!(expr instanceof Expr.Load(var buffer, var index))) {
      return expr;
    }
    Optional<Buffer> other = instead.get(buffer);
    if (other == null) {
      return expr;
    }
    return other.<Expr>map(b -> new Expr.Load(b, index)).orElse(Form.constant(expr.type(), 0));
  }
}
