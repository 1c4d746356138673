package snel.lower;

import java.util.List;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Stmt;
import snel.math.Kind;
import snel.math.Owner;

/// Names in the body of a reduction over places: members of populations are those of the neuron at
/// the place, all others as outside.
record PlaceScope(World world, Scope outer, Expr place) implements Scope {
  @Override
  public Typed read(snel.math.Expr.Ref ref) {
    if (ref.owner() == Owner.POPULATION) {
      return world.populationMember(ref, place);
    }
    return ref.owner() == Owner.SELF && ref.name().equals("index")
        ? new Typed(NeuronScope.asInt(place), Kind.INT)
        : outer.read(ref);
  }

  @Override
  public Typed element(snel.math.Expr.Ref array, Expr index) {
    return outer.element(array, index);
  }

  @Override
  public Typed since(snel.math.Expr.Since since) {
    return outer.since(since);
  }

  @Override
  public Draws draws() {
    return outer.draws();
  }

  @Override
  public Scope overPeers(Expr peer) {
    return outer.overPeers(peer);
  }

  @Override
  public Scope overPlaces(Expr inner) {
    return outer.overPlaces(inner);
  }

  @Override
  public int size() {
    return outer.size();
  }

  @Override
  public Buffer table(snel.math.Expr.Table table) {
    return outer.table(table);
  }

  @Override
  public double step() {
    return outer.step();
  }

  @Override
  public List<Stmt> before() {
    return outer.before();
  }

  @Override
  public int rounding() {
    return outer.rounding();
  }

  @Override
  public String fresh(String hint) {
    return outer.fresh(hint);
  }
}
