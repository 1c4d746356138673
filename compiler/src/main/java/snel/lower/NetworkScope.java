package snel.lower;

import static snel.lower.Emit.i;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.diagnostics.CompilerBug;
import snel.ir.Expr;
import snel.ir.Stmt;

/// Names as the network's own equations see them.
final class NetworkScope implements Scope {
  private final World world;
  private final KernelScope kernel;
  private final Map<String, Typed> locals = new HashMap<>();

  NetworkScope(World world, KernelScope kernel) {
    this.world = world;
    this.kernel = kernel;
  }

  void bind(String name, Typed value) {
    locals.put(name, value);
  }

  @Override
  public Typed read(snel.math.Expr.Ref ref) {
    Typed local = locals.get(ref.name());
    if (local != null) {
      return local;
    }
    return switch (ref.owner()) {
      case SELF, NETWORK -> world.network(ref, i(0));
      case POPULATION -> world.populationMember(ref, i(0));
      case PRE, POST, PEER, ARGUMENT, LOCAL -> throw new CompilerBug(ref + " in a network");
    };
  }

  @Override
  public Typed element(snel.math.Expr.Ref array, Expr index) {
    return world.element(array, index);
  }

  @Override
  public Typed since(snel.math.Expr.Since since) {
    throw new CompilerBug("since() in a network");
  }

  @Override
  public Draws draws() {
    throw new CompilerBug("a draw in a network equation");
  }

  @Override
  public Scope overPeers(Expr peer) {
    throw new CompilerBug("peers in a network");
  }

  @Override
  public int size(String population) {
    return world.cells(population).size;
  }

  @Override
  public snel.ir.Buffer table(snel.math.Expr.Table table) {
    return world.table(table);
  }

  @Override
  public double step() {
    return world.step();
  }

  @Override
  public List<Stmt> before() {
    return kernel.statements();
  }

  @Override
  public String fresh(String hint) {
    return kernel.fresh(hint);
  }
}
