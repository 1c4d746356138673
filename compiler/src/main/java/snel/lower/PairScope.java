package snel.lower;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.CompilerBug;
import snel.ir.Expr;
import snel.ir.Stmt;

/// Names as a pair of neurons sees them before there is a synapse: connection probabilities.
final class PairScope {
  private final World world;
  private final Links links;
  private final String purpose;

  /// @param purpose of what is drawn for a pair, once
  PairScope(World world, Links links, String purpose) {
    this.world = world;
    this.links = links;
    this.purpose = purpose;
  }

  Scope at(Expr source, Expr target, KernelScope kernel) {
    return new Scope() {
      @Override
      public Typed read(snel.math.Expr.Ref ref) {
        return switch (ref.owner()) {
          case PRE ->
              Members.read(
                  world,
                  world.cells(links.projection.source().population()),
                  ref,
                  links.sourceInPopulation(source));
          case POST ->
              Members.read(
                  world,
                  world.cells(links.projection.target().neurons().orElseThrow().population()),
                  ref,
                  links.targetInPopulation(target));
          case NETWORK -> world.network(ref, target);
          case SELF, PEER, ARGUMENT, LOCAL, POPULATION ->
              throw new CompilerBug(ref + " in a connection probability");
        };
      }

      @Override
      public Typed element(snel.math.Expr.Ref array, Expr index) {
        throw new CompilerBug("an array in a connection probability");
      }

      @Override
      public Typed since(snel.math.Expr.Since since) {
        throw new CompilerBug("since() in a connection probability");
      }

      @Override
      public Draws draws() {
        return new SynapseDraws(links.path, purpose, source, target, Optional.empty(), false);
      }

      @Override
      public Scope overPeers(Expr peer) {
        throw new CompilerBug("peers in a connection probability");
      }

      @Override
      public Scope overPlaces(Expr place) {
        throw new CompilerBug("a population in a connection probability");
      }

      @Override
      public int size() {
        throw new CompilerBug("peers in a connection probability");
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
      public int rounding() {
        return kernel.rounding();
      }

      @Override
      public String fresh(String hint) {
        return kernel.fresh(hint);
      }
    };
  }
}
