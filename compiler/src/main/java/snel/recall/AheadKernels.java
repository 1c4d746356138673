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
  private final List<AheadSearch.Sum> sums;
  private final Buffer row = new Buffer(Ahead.ROW, Cell.I32, Length.of(1), Role.SCRATCH);
  private final Buffer rows = new Buffer(Ahead.ROWS, Cell.I32, Length.of(1), Role.SCRATCH);
  private final Map<String, Ahead.Source> sources = new LinkedHashMap<>();
  private final Map<AheadSearch.Sum, Buffer> made = new LinkedHashMap<>();

  AheadKernels(Program program, List<AheadSearch.Sum> sums) {
    this.program = program;
    this.sums = sums;
    for (AheadSearch.Sum sum : sums) {
      String name = sum.population().name();
      sources.computeIfAbsent(
          name,
          _ ->
              new Ahead.Source(
                  sum.population(),
                  sum.source().name(),
                  ints(name + ".spikes", ROWS * sum.sources()),
                  ints(name + ".counts", ROWS)));
      made.put(
          sum,
          new Buffer(
              PREFIX + sum.weights().name(),
              Cell.F32,
              Length.of((long) ROWS * sum.targets()),
              Role.SCRATCH));
    }
  }

  private static Buffer ints(String name, int length) {
    return new Buffer(PREFIX + name, Cell.I32, Length.of(length), Role.SCRATCH);
  }

  Ahead made() {
    List<Buffer> buffers = new ArrayList<>(program.buffers());
    buffers.addAll(List.of(row, rows));
    sources.values().forEach(source -> buffers.addAll(List.of(source.spikes(), source.counts())));
    buffers.addAll(made.values());
    List<Kernel> demand = new ArrayList<>(program.onDemand());
    Map<String, String> instead = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (AheadSearch.Sum sum : sums) {
      Kernel all = summed(sum);
      names.add(all.name());
      demand.add(all);
    }
    for (Kernel kernel : program.step()) {
      List<AheadSearch.Sum> inside =
          sums.stream().filter(sum -> sum.kernel().equals(kernel)).toList();
      if (!inside.isEmpty()) {
        Kernel other = reading(kernel, inside);
        instead.put(kernel.name(), other.name());
        demand.add(other);
      }
    }
    Program extended =
        program.differentiated(buffers, program.reset(), program.step(), demand);
    List<Buffer> weights = sums.stream().map(AheadSearch.Sum::weights).toList();
    return new Ahead(extended, ROWS, List.copyOf(sources.values()), instead, weights, names);
  }

  /// The sums of all steps.
  private Kernel summed(AheadSearch.Sum sum) {
    Buffer to = made.get(sum);
    Ahead.Source source = sources.get(sum.population().name());
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
        new Stmt.Store(
            to, place, new Expr.Binary(BinaryOp.ADD, new Expr.Load(to, place), weight));
    Stmt columns =
        new Stmt.Loop("j", FIRST, Expr.i32(width), Stmt.Order.INDEPENDENT, List.of(add));
    Stmt uses =
        new Stmt.Loop(
            "n",
            FIRST,
            new Expr.Load(source.counts(), r),
            Stmt.Order.SEQUENTIAL,
            List.of(columns));
    Stmt all =
        new Stmt.Loop(
            "r", FIRST, new Expr.Load(rows, FIRST), Stmt.Order.SEQUENTIAL, List.of(uses));
    String name = PREFIX + "sum:" + sum.weights().name();
    return new Kernel(name, Phase.ON_DEMAND, List.of(empty, all));
  }

  /// The same kernel with the sums of its step read where they are known.
  private Kernel reading(Kernel kernel, List<AheadSearch.Sum> inside) {
    List<Stmt> body = new ArrayList<>();
    for (Stmt stmt : kernel.body()) {
      body.add(
          inside.stream()
              .filter(sum -> sum.loop().equals(stmt))
              .findFirst()
              .map(this::read)
              .orElse(stmt));
    }
    return new Kernel(PREFIX + kernel.name(), Phase.ON_DEMAND, body);
  }

  private Stmt read(AheadSearch.Sum sum) {
    Expr j = index("j_ahead");
    Expr known =
        new Expr.Load(made.get(sum), at(new Expr.Load(row, FIRST), sum.targets(), j));
    Stmt take =
        new Stmt.Loop(
            "j_ahead",
            FIRST,
            Expr.i32(sum.targets()),
            Stmt.Order.INDEPENDENT,
            List.of(new Stmt.Store(sum.sums(), j, known)));
    Expr hasSpikes = new Expr.Compare(CompareOp.GT, sum.loop().to(), FIRST);
    return new Stmt.If(
        hasSpikes, sum.any().map(any -> unless(any, take, sum.loop())).orElse(List.of(take)), List.of());
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
