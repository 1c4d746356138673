package snel.lower;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Stmt;

/// What all scopes of elements of a network have in common; what an element lacks is a bug of ours.
abstract class WorldScope implements Scope {
  final World world;
  final KernelScope kernel;
  final Map<String, Typed> locals;
  private final String place;

  /// @param place names the element in messages: `a neuron`
  WorldScope(World world, KernelScope kernel, Map<String, Typed> locals, String place) {
    this.world = world;
    this.kernel = kernel;
    this.locals = new HashMap<>(locals);
    this.place = place;
  }

  /// Binds an argument or local of a handler, or overrides a state.
  final void bind(String name, Typed value) {
    locals.put(name, value);
  }

  final CompilerBug unknown(String what) {
    return new CompilerBug(what + " in " + place);
  }

  @Override
  public Typed element(snel.math.Expr.Ref array, Expr index) {
    return world.element(array, index);
  }

  @Override
  public Typed since(snel.math.Expr.Since since) {
    throw unknown("since()");
  }

  @Override
  public Draws draws() {
    throw unknown("a draw");
  }

  @Override
  public Scope overPeers(Expr peer) {
    throw unknown("peers");
  }

  @Override
  public Scope overPlaces(Expr place) {
    return new PlaceScope(world, this, place);
  }

  @Override
  public int size() {
    throw unknown("peers");
  }

  @Override
  public Buffer table(snel.math.Expr.Table table) {
    return world.table(table);
  }

  @Override
  public final double step() {
    return world.step();
  }

  @Override
  public final List<Stmt> before() {
    return kernel.statements();
  }

  @Override
  public final int rounding() {
    return kernel.rounding();
  }

  @Override
  public final String fresh(String hint) {
    return kernel.fresh(hint);
  }
}
