package snel.compiler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.ir.verify.ProgramVerifier;
import snel.lower.Explanation;
import snel.lower.Lowering;
import snel.lower.Needs;
import snel.lower.Resources;
import snel.model.Network;
import snel.model.text.NetworkPrinter;
import snel.pass.ChooseTargets;
import snel.pass.ConvProduct;
import snel.pass.DrawTogether;
import snel.pass.FlattenRows;
import snel.pass.FoldConstants;
import snel.pass.FuseLoops;
import snel.pass.HoistSums;
import snel.pass.JoinRows;
import snel.pass.KeepMasks;
import snel.pass.KeepSums;
import snel.pass.ListArrivals;
import snel.pass.MakeNormals;
import snel.pass.NameLocals;
import snel.pass.NearFunctions;
import snel.pass.PairLoops;
import snel.pass.Pass;
import snel.pass.ReleaseBuildOnly;
import snel.pass.RemoveDeadState;
import snel.pass.SingleSynapses;
import snel.pass.SparseArrivals;
import snel.pass.SplitFrozen;

/// From an elaborated network to the program that targets translate: one list of named passes. What
/// comes out of each can be dumped; the IR is verified after the last pass at least.
public final class Pipeline {
  /// Is told what each pass made. The text is written only if it is asked for.
  public interface Observer {
    void after(String pass, Supplier<String> text);

    Observer NONE = (pass, text) -> {};
  }

  /// The names that `--dump after=NAME` knows, in order.
  public static final List<String> NAMES =
      List.of(
          "elaborate",
          "decide",
          "lower",
          "name-locals",
          "fold-constants",
          "hoist-sums",
          "near-functions",
          "remove-dead-state",
          "conv-product",
          "join-rows",
          "list-arrivals",
          "keep-masks",
          "keep-sums",
          "pair-loops",
          "sparse-arrivals",
          "single-synapses",
          "fuse-loops",
          "split-frozen",
          "flatten-rows",
          "choose-targets",
          "draw-together",
          "make-normals",
          "release-build-only");

  /// When the IR is checked; a violation is a compiler's bug.
  public enum Verify {
    AFTER_EACH_PASS,
    /// For runs: in a JVM just started one check of a large network costs some 60 ms of CPU.
    AFTER_LAST_PASS
  }

  /// What becomes of loops.
  public enum Loops {
    /// They are made fewer, for speed.
    FUSED,
    /// One does one thing, for passes that ask what a loop does.
    APART
  }

  private final Observer observer;
  private final Verify verify;
  private final Loops loops;

  public Pipeline(Observer observer, Verify verify) {
    this(observer, verify, Loops.FUSED);
  }

  public Pipeline(Observer observer, Verify verify, Loops loops) {
    this.observer = observer;
    this.verify = verify;
    this.loops = loops;
  }

  /// The same that leaves loops apart.
  Pipeline apart() {
    return new Pipeline(observer, verify, Loops.APART);
  }

  /// What a program is compiled with to be run.
  static Pipeline forRuns() {
    return new Pipeline(Observer.NONE, Verify.AFTER_LAST_PASS);
  }

  private static KeepMasks.Which masks(Resources.Rows rows) {
    return switch (rows) {
      case LISTS -> KeepMasks.Which.NONE;
      case MASKS -> KeepMasks.Which.ALL;
      case BY_COST, STORED, REGENERATED, BITS -> KeepMasks.Which.WHERE_FASTER;
    };
  }

  private List<Pass> passes(boolean fast, Needs needs, Resources resources, Set<String> observed) {
    List<Pass> passes = new ArrayList<>();
    passes.add(new NameLocals()); // before anything is verified: lowering names block by block
    passes.add(new FoldConstants()); // so that branches that are never taken keep nothing alive
    if (loops == Loops.FUSED) {
      passes.add(new HoistSums());
    }
    passes.add(new NearFunctions(fast));
    passes.add(new RemoveDeadState(observed, needs.books()));
    if (loops == Loops.FUSED) {
      passes.add(new ConvProduct());
      passes.add(new JoinRows(lookedAt(needs, observed)));
      passes.add(new ListArrivals());
      passes.add(new KeepMasks(masks(resources.rows())));
      passes.add(new KeepSums());
      passes.add(new PairLoops());
      passes.add(new SparseArrivals());
      passes.add(new SingleSynapses());
      passes.add(new FuseLoops(needs.recallable()));
      passes.add(new SplitFrozen());
      passes.add(new FlattenRows());
      passes.add(new ChooseTargets());
      passes.add(new DrawTogether());
      passes.add(new MakeNormals());
    }
    passes.add(new ReleaseBuildOnly(observed));
    return passes;
  }

  private static Set<String> lookedAt(Needs needs, Set<String> observed) {
    Set<String> all = new HashSet<>(observed);
    all.addAll(needs.touchedWeights());
    all.addAll(needs.inspected());
    all.addAll(needs.assigned());
    all.addAll(needs.observed());
    return all;
  }

  /// @param observed names of the buffers that are read from outside: recorded, reported, saved
  public Program run(Network network, Needs needs, Set<String> observed) {
    return run(network, needs, Resources.AMPLE, observed);
  }

  /// The same on a machine that gives so much.
  public Program run(Network network, Needs needs, Resources resources, Set<String> observed) {
    observer.after("elaborate", () -> NetworkPrinter.print(network));
    observer.after("decide", () -> text(Lowering.explain(network, needs, resources)));
    Program lowered = Lowering.lower(network, needs, resources);
    observer.after("lower", () -> ProgramPrinter.print(lowered));
    Program program = lowered;
    List<Pass> passes = passes(network.fast(), needs, resources, observed);
    for (Pass pass : passes) {
      Program made = pass.apply(program);
      observer.after(pass.name(), () -> ProgramPrinter.print(made));
      if (verify == Verify.AFTER_EACH_PASS || pass == passes.getLast()) {
        ProgramVerifier.verify(made);
      }
      program = made;
    }
    return program;
  }

  private static String text(Explanation explanation) {
    return explanation.parts().stream()
        .map(part ->
            part.title()
                + "\n"
                + part.decisions().stream().map(d -> "  " + d + "\n").collect(Collectors.joining()))
        .collect(Collectors.joining());
  }
}
