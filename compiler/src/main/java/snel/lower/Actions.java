package snel.lower;

import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Stmt;
import snel.math.Bounds;
import snel.math.Fold;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Action;
import snel.model.Variable;

/// Lowers the statements of a handler for one element.
final class Actions {
  /// Where an assignment goes.
  ///
  /// @param writable when it is done at all; always if absent
  /// @param aside where the difference to the old value goes instead
  record Target(
      Buffer buffer,
      Expr index,
      Variable variable,
      Optional<Expr> writable,
      Optional<Aside> aside) {}

  /// Differences that are added up rather than assigned.
  ///
  /// @param always or only while the target is not writable
  /// @param marked what is done when something was added
  record Aside(Buffer sums, Expr index, boolean always, List<Stmt> marked) {}

  /// Resolves names of assigned variables.
  interface Targets {
    Target of(snel.math.Expr.Ref ref);
  }

  /// A scope to which locals can be added.
  interface Binder {
    void bind(String name, Typed value);
  }

  private final Scope scope;
  private final Binder binder;
  private final KernelScope kernel;
  private final snel.ir.Scalar real;
  private final Targets targets;
  private final Optional<BiFunction<Scope, snel.math.Expr, List<Stmt>>> deliver;

  /// Variables that are clipped after the handler, not at their assignment.
  private final Map<String, Target> clippedLater = new LinkedHashMap<>();

  Actions(
      Scope scope,
      Binder binder,
      KernelScope kernel,
      snel.ir.Scalar real,
      Targets targets,
      Optional<BiFunction<Scope, snel.math.Expr, List<Stmt>>> deliver) {
    this.scope = scope;
    this.binder = binder;
    this.kernel = kernel;
    this.real = real;
    this.targets = targets;
    this.deliver = deliver;
  }

  /// Emits the body of one handler into the kernel under construction.
  void emit(List<Action> body) {
    statements(body, body);
    clippedLater.values().forEach(this::clipStored);
    clippedLater.clear();
  }

  private void statements(List<Action> actions, List<Action> body) {
    for (Action action : actions) {
      switch (action) {
        case Action.Assign(var target, var value, _) -> assign(target, value, body);
        case Action.Let(var name, var value) -> let(name, value);
        case Action.If(var condition, var then, var otherwise) -> {
          Expr test = new Expressions(scope, real).bool(condition);
          List<Stmt> yes = kernel.collect(() -> statements(then, body));
          List<Stmt> no = kernel.collect(() -> statements(otherwise, body));
          kernel.statements().add(new Stmt.If(test, yes, no));
        }
        case Action.Deliver(var value, _) -> {
          var how = deliver.orElseThrow(() -> new CompilerBug("deliver outside `on pre`"));
          List<Stmt> statements = new ArrayList<>(how.apply(scope, value));
          kernel.statements().addAll(statements);
        }
      }
    }
  }

  private void let(String name, snel.math.Expr value) {
    Kind kind = Kinds.of(value).orElse(Kind.REAL);
    Expr lowered = new Expressions(scope, real).of(value, kind);
    String local = kernel.fresh(name);
    kernel.statements().add(new Stmt.Let(local, lowered));
    binder.bind(name, new Typed(new Expr.Read(local, lowered.type()), kind));
  }

  private void assign(snel.math.Expr.Ref ref, snel.math.Expr value, List<Action> body) {
    if (ref.owner() != Owner.SELF) {
      throw new CompilerBug("assignment to " + ref);
    }
    Target target = targets.of(ref);
    if (target.aside().filter(Aside::always).isPresent()) {
      kernel.statements().addAll(aside(target, ref, value));
    } else if (target.aside().isPresent()) {
      List<Stmt> now = kernel.collect(() -> assigned(target, ref, value, body));
      List<Stmt> later = aside(target, ref, value);
      kernel.statements().add(new Stmt.If(target.writable().orElseThrow(), now, later));
    } else {
      assigned(target, ref, value, body);
    }
  }

  private List<Stmt> aside(Target target, snel.math.Expr.Ref ref, snel.math.Expr value) {
    Aside aside = target.aside().orElseThrow();
    return kernel.collect(() -> {
      Expr change = change(target, ref, value);
      if (target.writable().isPresent() && aside.always()) {
        change = new Expr.Choose(target.writable().get(), change, Emit.zero(change.type()));
      }
      kernel.statements().add(Emit.increment(aside.sums(), aside.index(), change));
      kernel.statements().addAll(aside.marked());
    });
  }

  /// What an assignment adds to its target. The difference of whole or fixed-point numbers is
  /// exact, and that of what would have been stored.
  private Expr change(Target target, snel.math.Expr.Ref ref, snel.math.Expr value) {
    Kind kind = target.variable().kind();
    var expressions = new Expressions(scope, real);
    if (target.aside().orElseThrow().sums().cell() != Cell.I64) {
      return expressions.real(difference(ref, value));
    }
    Expr old = Emit.load(target.buffer(), target.index());
    Expr stored = expressions.of(value, kind);
    return Emit.sub(stored, Emit.convert(stored.type(), old));
  }

  /// What `x = value` adds to x.
  private static snel.math.Expr difference(snel.math.Expr.Ref ref, snel.math.Expr value) {
    return switch (value) {
      case snel.math.Expr.Add(var x, var d) when x.equals(ref) -> d;
      case snel.math.Expr.Sub(var x, var d) when x.equals(ref) -> Fold.neg(d);
      default -> Fold.sub(value, ref);
    };
  }

  private void assigned(
      Target target, snel.math.Expr.Ref ref, snel.math.Expr value, List<Action> body) {
    Kind kind = target.variable().kind();
    var expressions = new Expressions(scope, real);
    Expr lowered = expressions.of(value, kind);
    Bounds bounds = target.variable().bounds();
    if (!bounds.isNone()) {
      if (LastMention.isAssignment(body, ref.name())) {
        lowered = clip(expressions, lowered, bounds, kind);
      } else {
        clippedLater.put(ref.name(), target);
      }
    }
    write(target, lowered);
  }

  private void write(Target target, Expr value) {
    Expr written = value;
    if (target.writable().isPresent()) {
      Expr old = Emit.convert(value.type(), Emit.load(target.buffer(), target.index()));
      written = new Expr.Choose(target.writable().get(), value, old);
    }
    kernel
        .statements()
        .add(
            store(
                target.buffer(),
                target.index(),
                Emit.convert(target.buffer().cell().scalar(), written)));
  }

  /// Bounds clip after every handler (semantics.md §5).
  private void clipStored(Target target) {
    Kind kind = target.variable().kind();
    Expr stored =
        Emit.convert(Expressions.scalar(kind, real), Emit.load(target.buffer(), target.index()));
    write(target, clip(new Expressions(scope, real), stored, target.variable().bounds(), kind));
  }

  private static Expr clip(Expressions expressions, Expr value, Bounds bounds, Kind kind) {
    Expr x = expressions.once("new", value);
    if (bounds.lower().isPresent() && bounds.upper().isPresent()) {
      return Piecewise.clipped(
          x,
          expressions.of(bounds.lower().get(), kind),
          expressions.of(bounds.upper().get(), kind));
    }
    if (bounds.lower().isPresent()) {
      Expr low = expressions.of(bounds.lower().get(), kind);
      return new Expr.Choose(Emit.compare(snel.ir.CompareOp.LT, x, low), low, x);
    }
    Expr high = expressions.of(bounds.upper().orElseThrow(), kind);
    return new Expr.Choose(Emit.compare(snel.ir.CompareOp.GT, x, high), high, x);
  }
}
