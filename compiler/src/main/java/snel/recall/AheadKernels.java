package snel.recall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Writes the kernels that [Ahead] speaks of.
final class AheadKernels {
  private static final String PREFIX = "ahead.";

  /// Steps that are looked at together: their sums stay in the second cache.
  private static final int ROWS = 32;

  private static final Expr FIRST = Expr.i32(0);

  private final Program program;
  private final Buffer row = new Buffer(Ahead.ROW, Cell.I32, Length.of(1), Role.SCRATCH);
  private final Buffer rows = new Buffer(Ahead.ROWS, Cell.I32, Length.of(1), Role.SCRATCH);
  private final Map<String, Ahead.Source> sources = new LinkedHashMap<>();
  private final List<Known> all = new ArrayList<>();

  /// @param known the sums of all steps
  private record Known(AheadSearch.Sum sum, Ahead.Source source, Buffer known) {}

  AheadKernels(Program program, List<AheadSearch.Sum> sums) {
    this.program = program;
    for (AheadSearch.Sum sum : sums) {
      Ahead.Source source =
          sources.computeIfAbsent(sum.population().name(), name -> source(name, sum));
      long length = (long) ROWS * sum.targets();
      String name = PREFIX + sum.weights().name();
      var known = new Buffer(name, Cell.F32, Length.of(length), Role.SCRATCH);
      all.add(new Known(sum, source, known));
    }
  }

  private static Ahead.Source source(String name, AheadSearch.Sum sum) {
    return new Ahead.Source(
        sum.population(),
        sum.source().name(),
        ints(name + ".spikes", ROWS * sum.sources()),
        ints(name + ".counts", ROWS));
  }

  private static Buffer ints(String name, int length) {
    return new Buffer(PREFIX + name, Cell.I32, Length.of(length), Role.SCRATCH);
  }

  Ahead made() {
    List<Buffer> buffers = new ArrayList<>(program.buffers());
    buffers.addAll(List.of(row, rows));
    sources.values().forEach(source -> buffers.addAll(List.of(source.spikes(), source.counts())));
    all.forEach(one -> buffers.add(one.known));
    List<Kernel> demand = new ArrayList<>(program.onDemand());
    List<Buffer> weights = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Known one : all) {
      Kernel summed = summed(one);
      names.add(summed.name());
      weights.add(one.sum.weights());
      demand.add(summed);
    }
    Map<String, String> instead = new LinkedHashMap<>();
    for (Kernel kernel : program.step()) {
      if (all.stream().anyMatch(one -> one.sum.kernel().equals(kernel))) {
        Kernel other = reading(kernel);
        instead.put(kernel.name(), other.name());
        demand.add(other);
      }
    }
    Program extended = program.differentiated(buffers, program.reset(), program.step(), demand);
    return new Ahead(extended, ROWS, List.copyOf(sources.values()), instead, weights, names);
  }

  /// The sums of all steps.
  private Kernel summed(Known one) {
    AheadSearch.Sum sum = one.sum;
    Buffer to = one.known;
    Ahead.Source source = one.source;
    int width = sum.targets();
    Expr r = index("r");
    Expr n = index("n");
    Expr j = index("j");
    Expr used = new Expr.Binary(BinaryOp.MUL, new Expr.Load(rows, FIRST), Expr.i32(width));
    Stmt empty =
        new Stmt.Loop(
            "k",
            FIRST,
            used,
            Stmt.Order.INDEPENDENT,
            List.of(new Stmt.Store(to, index("k"), Expr.real(Scalar.F32, 0))));
    Expr who = new Expr.Load(source.spikes(), at(r, sum.sources(), n));
    Expr place = at(r, width, j);
    Expr weight = new Expr.Load(sum.weights(), at(who, width, j));
    Stmt add =
        new Stmt.Store(to, place, new Expr.Binary(BinaryOp.ADD, new Expr.Load(to, place), weight));
    Stmt columns = new Stmt.Loop("j", FIRST, Expr.i32(width), Stmt.Order.INDEPENDENT, List.of(add));
    Stmt uses =
        new Stmt.Loop(
            "n", FIRST, new Expr.Load(source.counts(), r), sum.loop().order(), List.of(columns));
    Stmt steps =
        new Stmt.Loop("r", FIRST, new Expr.Load(rows, FIRST), Stmt.Order.SEQUENTIAL, List.of(uses));
    String name = PREFIX + "sum:" + sum.weights().name();
    return new Kernel(name, Phase.ON_DEMAND, List.of(empty, steps));
  }

  /// The same kernel with the sums of its step read where they are known.
  private Kernel reading(Kernel kernel) {
    List<Stmt> body = new ArrayList<>();
    for (Stmt stmt : kernel.body()) {
      body.add(
          all.stream()
              .filter(one -> one.sum.kernel().equals(kernel) && one.sum.loop().equals(stmt))
              .findFirst()
              .map(this::read)
              .orElse(stmt));
    }
    return new Kernel(PREFIX + kernel.name(), Phase.ON_DEMAND, body);
  }

  private Stmt read(Known one) {
    AheadSearch.Sum sum = one.sum;
    Expr j = index("j_ahead");
    Expr known = new Expr.Load(one.known, at(new Expr.Load(row, FIRST), sum.targets(), j));
    Stmt take =
        new Stmt.Loop(
            "j_ahead",
            FIRST,
            Expr.i32(sum.targets()),
            Stmt.Order.INDEPENDENT,
            List.of(new Stmt.Store(sum.sums(), j, known)));
    Expr hasSpikes = new Expr.Compare(CompareOp.GT, sum.loop().to(), FIRST);
    return new Stmt.If(
        hasSpikes,
        sum.any().map(any -> unless(any, take, sum.loop())).orElse(List.of(take)),
        List.of());
  }

  /// What is known where nothing has been added to the sums yet.
  private static List<Stmt> unless(Buffer any, Stmt take, Stmt add) {
    Stmt note = new Stmt.Store(any, FIRST, Expr.i32(1));
    Expr isEmpty = new Expr.Compare(CompareOp.EQ, new Expr.Load(any, FIRST), FIRST);
    return List.of(new Stmt.If(isEmpty, List.of(take, note), List.of(add)));
  }

  private static Expr index(String name) {
    return new Expr.Read(name, Scalar.I32);
  }

  private static Expr at(Expr line, int width, Expr column) {
    return new Expr.Binary(
        BinaryOp.ADD, new Expr.Binary(BinaryOp.MUL, line, Expr.i32(width)), column);
  }
}
