package snel.lower;

import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Stmt;
import snel.math.Bounds;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Action;
import snel.model.Variable;

/// Lowers the statements of a handler for one element.
final class Actions {
  /// Where an assignment goes.
  record Target(Buffer buffer, Expr index, Variable variable, Optional<Expr> writable) {}

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

  /// Emits `actions` into the kernel under construction.
  void emit(List<Action> actions) {
    for (Action action : actions) {
      switch (action) {
        case Action.Assign(var target, var value, _) -> assign(target, value);
        case Action.Let(var name, var value) -> let(name, value);
        case Action.If(var condition, var then, var otherwise) -> {
          Expr test = new Expressions(scope, real).bool(condition);
          List<Stmt> yes = kernel.collect(() -> emit(then));
          List<Stmt> no = kernel.collect(() -> emit(otherwise));
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

  private void assign(snel.math.Expr.Ref ref, snel.math.Expr value) {
    if (ref.owner() != Owner.SELF) {
      throw new CompilerBug("assignment to " + ref);
    }
    Target target = targets.of(ref);
    Kind kind = target.variable().kind();
    var expressions = new Expressions(scope, real);
    Expr lowered = expressions.of(value, kind);
    Bounds bounds = target.variable().bounds();
    if (!bounds.isNone()) {
      lowered = clip(expressions, lowered, bounds, kind);
    }
    if (target.writable().isPresent()) {
      Expr old = Emit.convert(lowered.type(), Emit.load(target.buffer(), target.index()));
      lowered = new Expr.Choose(target.writable().get(), lowered, old);
    }
    Stmt stored =
        store(
            target.buffer(),
            target.index(),
            Emit.convert(target.buffer().cell().scalar(), lowered));
    kernel.statements().add(stored);
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

  /// `if condition { statements }` unless there is nothing to do.
  static List<Stmt> guarded(Expr condition, List<Stmt> body) {
    return body.isEmpty() ? List.of() : List.of(when(condition, body));
  }
}
