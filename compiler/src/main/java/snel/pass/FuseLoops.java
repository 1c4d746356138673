package snel.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import snel.ir.Backward;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.ir.protocol.Recallable;
import snel.recall.Recall;

/// Makes one loop of several over the same elements, so that states are fetched and put back once
/// in a step. What lies between them in the step is done before or after, where no buffer shows the
/// difference. A loop that hands out arrivals and waits for some becomes part of one that runs
/// anyway.
public final class FuseLoops implements Pass {
  /// Loops with more nodes than this are no faster for being one.
  private static final int LARGEST = 140;

  /// Loops with more parts between them are left apart: programs of thousands of populations would
  /// take minutes to go through.
  private static final int FARTHEST = 300;

  private final Recallable recallable;

  public FuseLoops() {
    this(Recallable.NONE);
  }

  /// @param recallable populations whose kernels may be skipped while others run, so that they are
  ///   fused only with each other; see [Recall]
  public FuseLoops(Recallable recallable) {
    this.recallable = recallable;
  }

  @Override
  public String name() {
    return "fuse-loops";
  }

  @Override
  public Program apply(Program program) {
    Set<Buffer> guards = new HashSet<>();
    Set<String> skipped =
        new HashSet<>(Recall.of(program, recallable).map(Recall::skipped).orElse(Set.of()));
    Set<String> elsewhere = namesElsewhere(program);
    List<StepPart> parts =
        fused(program.step(), kernel -> !elsewhere.contains(kernel.name()), guards, skipped);
    Program whole =
        program.laidOut(
            program.buffers(),
            program.build(),
            kernels(parts),
            demand(program.onDemand(), guards),
            program.directory());
    return withoutUnread(whole, guards);
  }

  /// Kernels that are called one behind the other, as a step's are, fused like those.
  private static List<Kernel> demand(List<Kernel> kernels, Set<Buffer> guards) {
    List<Kernel> all = new ArrayList<>();
    int at = 0;
    while (at < kernels.size()) {
      Optional<String> series = Backward.series(kernels.get(at).name());
      int end = at + 1;
      while (series.isPresent()
          && end < kernels.size()
          && kernels.get(end).name().startsWith(series.get())) {
        end++;
      }
      List<Kernel> together = kernels.subList(at, end);
      all.addAll(
          series.isEmpty()
              ? together
              : kernels(fused(together, _ -> true, guards, new HashSet<>())));
      at = end;
    }
    return all;
  }

  /// @param own whether a kernel is run here only
  private static List<StepPart> fused(
      List<Kernel> kernels, Predicate<Kernel> own, Set<Buffer> guards, Set<String> skipped) {
    List<StepPart> parts = new ArrayList<>();
    for (Kernel kernel : kernels) {
      parts.addAll(StepPart.of(kernel, own.test(kernel)));
    }
    Map<StepPart, Optional<FusableLoop>> loops = new IdentityHashMap<>();
    for (int at = 0; at < parts.size(); at++) {
      at = fused(parts, at, guards, skipped, loops);
    }
    return parts;
  }

  /// A kernel that is run at other times as well stays as it is.
  private static Set<String> namesElsewhere(Program program) {
    Stream<Kernel> built =
        program.build().stream()
            .flatMap(
                step -> step instanceof Build.Run(var kernel) ? Stream.of(kernel) : Stream.of());
    return Stream.of(
            built,
            program.reset().stream(),
            program.presentationStart().stream(),
            program.presentationEnd().stream(),
            program.onDemand().stream())
        .flatMap(kernels -> kernels)
        .map(Kernel::name)
        .collect(Collectors.toSet());
  }

  /// Fuses the loop at `at` with all it can be fused with before it; where it is then.
  ///
  /// @param skipped names of kernels that are fused with each other only
  /// @param loops those of the parts that have been asked for
  private static int fused(
      List<StepPart> parts,
      int at,
      Set<Buffer> guards,
      Set<String> skipped,
      Map<StepPart, Optional<FusableLoop>> loops) {
    Between between = new Between(parts.get(at));
    int first = Math.max(0, at - FARTHEST);
    for (int earlier = at - 1; earlier >= first && !between.isStuck(); earlier--) {
      Optional<FusableLoop> later = loops.computeIfAbsent(parts.get(at), FusableLoop::of);
      if (later.isEmpty()) {
        return at;
      }
      StepPart part = parts.get(earlier);
      Optional<FusableLoop> loop =
          loops.computeIfAbsent(part, FusableLoop::of).filter(it -> it.takes(later.get(), LARGEST));
      String one = part.kernel().name();
      String other = parts.get(at).kernel().name();
      boolean together = skipped.contains(one) == skipped.contains(other);
      if (loop.isPresent() && together && !between.meets(part)) {
        if (skipped.contains(one)) {
          skipped.add(one + "+" + other);
        }
        loop.get().guards().forEach(store -> guards.add(store.buffer()));
        int end = at;
        at = Math.min(fuse(parts, earlier, at, between.before(), loop.get(), later.get()), end);
        earlier = at;
        between = new Between(parts.get(at));
      } else {
        between.pass(earlier, part);
      }
    }
    return at;
  }

  private static int fuse(
      List<StepPart> parts,
      int first,
      int later,
      Set<Integer> before,
      FusableLoop one,
      FusableLoop other) {
    Kernel a = parts.get(first).kernel();
    Kernel b = parts.get(later).kernel();
    Kernel both = new Kernel(a.name() + "+" + b.name(), a.phase(), List.of());
    List<StepPart> range = new ArrayList<>();
    for (int at = first + 1; at < later; at++) {
      if (before.contains(at)) {
        StepPart part = parts.get(at);
        boolean own = part.kernel().name().equals(b.name());
        range.add(StepPart.of(own ? both : part.kernel(), part.body(), true));
      }
    }
    int place = first + range.size();
    range.add(StepPart.of(both, List.of(one.with(other)), true));
    one.guards().forEach(store -> range.add(StepPart.of(both, List.of(store), true)));
    for (int at = first + 1; at < later; at++) {
      if (!before.contains(at)) {
        range.add(parts.get(at));
      }
    }
    parts.subList(first, later + 1).clear();
    parts.addAll(first, range);
    return place;
  }

  /// Kernels of the parts that follow each other and belong together. Parts that came together may
  /// have locals of one name.
  private static List<Kernel> kernels(List<StepPart> parts) {
    List<Kernel> kernels = new ArrayList<>();
    Map<String, Integer> copies = new HashMap<>();
    List<Stmt> body = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int at = 0; at < parts.size(); at++) {
      Kernel kernel = parts.get(at).kernel();
      List<Stmt> block = parts.get(at).body();
      body.addAll(Renaming.of(Renaming.apart(block, taken)).block(block));
      boolean goesOn =
          at + 1 < parts.size() && parts.get(at + 1).kernel().name().equals(kernel.name());
      if (!goesOn) {
        int copy = copies.merge(kernel.name(), 1, Integer::sum);
        String name = copy == 1 ? kernel.name() : kernel.name() + "#" + copy;
        kernels.add(new Kernel(name, kernel.phase(), body));
        body = new ArrayList<>();
        taken = new HashSet<>();
      }
    }
    return kernels;
  }

  /// The program without those buffers that nobody asks any more.
  private static Program withoutUnread(Program program, Set<Buffer> guards) {
    Set<Buffer> unread = new HashSet<>(guards);
    for (Kernel kernel : program.kernels()) {
      Nodes.eachExpression(
          kernel.body(),
          expr -> {
            if (expr instanceof Expr.Load(Buffer buffer, _)) {
              unread.remove(buffer);
            }
          });
    }
    Program swept =
        UnusedLocals.removed(
            new Rewrite() {
              @Override
              List<Stmt> change(Stmt stmt) {
                return stmt instanceof Stmt.Store(Buffer buffer, _, _) && unread.contains(buffer)
                    ? List.of()
                    : unlessIdle(stmt);
              }
            }.program(program));
    return swept.withStep(
        swept.step(), unread.stream().map(Buffer::name).collect(Collectors.toSet()));
  }
}
