package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.Build;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Rule;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;
import snel.model.Connection;

/// Joins pairs of neurons that each are asked: by a condition, by a chance of their own, or both
/// (semantics.md §10). They are gone through twice, once to count and once to write down, so that
/// nothing is stored of those that are left out.
final class ChosenPairs {
  private final World world;
  private final Links links;
  private final Wiring wiring;

  private ChosenPairs(World world, Links links, Wiring wiring) {
    this.world = world;
    this.links = links;
    this.wiring = wiring;
  }

  /// The steps that make these synapses: the wiring alone unless its pairs are asked one by one.
  static List<Build> steps(World world, Links links, Wiring wiring) {
    Build wire = new Build.Wire(wiring);
    if (!(wiring.rule() instanceof Rule.Counted)) {
      return List.of(wire);
    }
    var pairs = new ChosenPairs(world, links, wiring);
    return List.of(pairs.counted(), wire, pairs.listed());
  }

  private Build counted() {
    Expr count = world.names().index("count");
    return rows(
        "count",
        source ->
            List.of(
                Emit.variable(count, i(0)),
                chosen(source, true, _ -> List.of(Emit.assign(count, add(count, i(1))))),
                store(wiring.rowStart(), add(source, i(1)), count)));
  }

  private Build listed() {
    if (wiring.isBits()) {
      return rows(
          "target",
          source -> List.of(chosen(source, false, target -> List.of(bit(source, target)))));
    }
    Expr place = world.names().index("s");
    return rows(
        "target",
        source ->
            List.of(
                Emit.variable(place, load(wiring.rowStart(), source)),
                chosen(
                    source,
                    false,
                    target ->
                        List.of(
                            store(wiring.target(), place, target),
                            Emit.assign(place, add(place, i(1)))))));
  }

  private Stmt bit(Expr source, Expr target) {
    Expr row = mul(source, i(Wiring.bitWords(wiring.targets())));
    Expr word = add(row, new Expr.Binary(BinaryOp.SHR, target, i(6)));
    Expr bit = new Expr.Binary(BinaryOp.SHL, Expr.i64(1), Emit.and(target, i(63)));
    return store(wiring.target(), word, Emit.or(load(wiring.target(), word), bit));
  }

  private Build rows(String purpose, Function<Expr, List<Stmt>> row) {
    Expr source = world.names().index("i");
    Stmt all = Emit.serial(source, i(0), i(wiring.sources()), row.apply(source));
    return new Build.Run(
        new Kernel(links.path + ":synapses." + purpose, Phase.BUILD, List.of(all)));
  }

  /// Does something with each target that a source is joined to.
  ///
  /// @param isFirst whether chances are looked at for the first time
  private Stmt chosen(Expr source, boolean isFirst, Function<Expr, List<Stmt>> body) {
    Expr target = world.names().index("j");
    var kernel = world.kernel();
    Expressions chance = within(world, links, "connect.chance", source, target, kernel);
    List<Stmt> asked =
        kernel.collect(() ->
            allowed(
                world,
                links,
                source,
                target,
                kernel,
                () ->
                    kernel
                        .statements()
                        .addAll(drawn(chance, isFirst, source, target, body.apply(target)))));
    List<Stmt> others = links.withoutSelf(source, target, asked);
    return Emit.serial(target, i(0), i(wiring.targets()), others);
  }

  /// Adds to a kernel what `joined` adds to it, for a pair that `where` allows.
  static void allowed(
      World world, Links links, Expr source, Expr target, KernelScope kernel, Runnable joined) {
    Expressions where = within(world, links, "connect.where", source, target, kernel);
    Optional<Expr> condition = links.projection.where().map(where::bool);
    List<Stmt> body = kernel.collect(joined);
    kernel.statements().addAll(condition.map(it -> List.of(when(it, body))).orElse(body));
  }

  private static Expressions within(
      World world, Links links, String purpose, Expr source, Expr target, KernelScope kernel) {
    Scope pair = new PairScope(world, links, purpose).at(source, target, kernel);
    return new Expressions(pair, Scalar.F64);
  }

  /// What happens by the chance of the pair; no word is drawn where there is none.
  private List<Stmt> drawn(
      Expressions within, boolean isFirst, Expr source, Expr target, List<Stmt> body) {
    return switch (links.projection.connection()) {
      case Connection.All _ -> body;
      case Connection.Bernoulli(var chance) -> {
        Expr p = within.once("p", within.real(chance));
        Expr word = new Expr.Philox(i(wiring.stream()), target, source, i(0), i(0), i(0));
        Stmt draw =
            when(
                compare(CompareOp.GT, p, Expr.f64(0)), List.of(when(Drawing.event(word, p), body)));
        List<Stmt> all = new ArrayList<>();
        if (isFirst) {
          all.addAll(PairChances.checked(world, links, chance, p, Scalar.F64, source, target));
        }
        all.add(draw);
        yield all;
      }
      default -> throw new CompilerBug("pairs of this rule are not asked one by one");
    };
  }
}
