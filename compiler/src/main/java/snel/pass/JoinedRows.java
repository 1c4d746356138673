package snel.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;

/// Rows of several projections end to end: the row of a source has its row in each of them, in
/// order. What a synapse leads to is a place in a slot of the joined ring.
///
/// @param name of the joined synapses
record JoinedRows(String name, List<RowWalk> walks) {
  private static final int NARROW = 1 << 16;

  static JoinedRows of(Program program, List<RowWalk> walks) {
    String first = walks.getFirst().wiring(program).orElseThrow().name();
    return new JoinedRows(first + "+" + (walks.size() - 1), List.copyOf(walks));
  }

  private RowWalk first() {
    return walks.getFirst();
  }

  private int sources() {
    return first().sources();
  }

  private Buffer rowStart() {
    return new Buffer(
        name + ".synapses.row_start", Cell.I32, Length.of(sources() + 1L), Role.WIRING);
  }

  private Buffer target(JoinedRings rings) {
    Cell cell = rings.width(first().sums()) <= NARROW ? Cell.U16 : Cell.I32;
    return perSynapse(".synapses.target", cell, Role.WIRING);
  }

  private Optional<Buffer> delay() {
    return first().delay().map(one -> perSynapse(".synapses.delay", one.cell(), Role.WIRING));
  }

  private Buffer weight() {
    return perSynapse(".w", first().weight().cell(), Role.PLASTIC);
  }

  private Buffer perSynapse(String suffix, Cell cell, Role role) {
    return new Buffer(name + suffix, cell, new Length.Synapses(name), role);
  }

  /// Weights that are forgotten once they are copied.
  static Buffer builtOnly(Buffer weight) {
    return new Buffer(weight.name(), weight.cell(), weight.length(), Role.WIRING, weight.scale());
  }

  List<Buffer> buffers(JoinedRings rings) {
    List<Buffer> all = new ArrayList<>(List.of(rowStart(), target(rings), weight()));
    delay().ifPresent(all::add);
    return all;
  }

  /// Copies the rows of all projections, source by source.
  List<Build> build(JoinedRings rings) {
    Expr at = RowWalk.local("at");
    Expr source = RowWalk.local("i");
    List<Stmt> row = new ArrayList<>();
    row.add(new Stmt.Store(rowStart(), source, at));
    for (int part = 0; part < walks.size(); part++) {
      RowWalk walk = walks.get(part);
      String index = "s" + part;
      Expr synapse = RowWalk.local(index);
      List<Stmt> copied = new ArrayList<>();
      copied.add(
          new Stmt.Store(
              target(rings),
              at,
              new Expr.Binary(
                  BinaryOp.ADD,
                  new Expr.Load(walk.target(), synapse),
                  Expr.i32(rings.offset(walk.sums())))));
      copied.add(new Stmt.Store(weight(), at, new Expr.Load(walk.weight(), synapse)));
      delay()
          .ifPresent(delay ->
              copied.add(
                  new Stmt.Store(delay, at, new Expr.Load(walk.delay().orElseThrow(), synapse))));
      copied.add(new Stmt.Assign("at", RowWalk.next(at)));
      Buffer rows = walk.rowStart();
      row.add(
          new Stmt.Loop(
              index,
              new Expr.Load(rows, source),
              new Expr.Load(rows, RowWalk.next(source)),
              Stmt.Order.SEQUENTIAL,
              copied));
    }
    Expr none = Expr.i32(0);
    List<Stmt> body =
        List.of(
            new Stmt.Var("at", none),
            new Stmt.Loop("i", none, Expr.i32(sources()), Stmt.Order.SEQUENTIAL, row),
            new Stmt.Store(rowStart(), Expr.i32(sources()), at));
    return List.of(
        new Build.Join(name, walks.stream().map(walk -> walk.rowStart()).toList(), rising(rings)),
        new Build.Run(new Kernel(name + ":join", Phase.BUILD, body)));
  }

  /// What is known of the rows, if each wiring leads to targets behind those of the one before.
  private Optional<Build.Rows> rising(JoinedRings rings) {
    List<Build.Stretch> stretches = new ArrayList<>();
    int end = 0;
    for (RowWalk walk : walks) {
      int first = rings.offset(walk.sums());
      if (first < end) {
        return Optional.empty();
      }
      stretches.add(new Build.Stretch(first, walk.size()));
      end = first + walk.size();
    }
    Optional<Buffer> sums =
        first().slot().isPresent() ? Optional.empty() : Optional.of(rings.ring(first().sums()));
    return Optional.of(new Build.Rows(rowStart(), target(rings), sums, stretches));
  }

  /// All walks as one, and what their kernels did besides.
  Kernel kernel(JoinedRings rings) {
    Set<String> taken = new HashSet<>();
    List<Stmt> body = new ArrayList<>();
    List<Stmt> marks = new ArrayList<>();
    for (RowWalk walk : walks) {
      body.addAll(apart(walk.before(), taken));
      marks.addAll(apart(walk.marks(), taken));
    }
    if (!marks.isEmpty()) {
      Expr any = new Expr.Compare(CompareOp.GT, first().spikes(), Expr.i32(0));
      body.add(new Stmt.If(any, marks, List.of()));
    }
    body = new ArrayList<>(SameLoops.together(body));
    body.addAll(apart(List.of(walk(rings)), taken));
    return new Kernel(name + ":pre", first().kernel().phase(), body);
  }

  private static List<Stmt> apart(List<Stmt> block, Set<String> taken) {
    return Renaming.of(Renaming.apart(block, taken)).block(block);
  }

  private Stmt walk(JoinedRings rings) {
    Buffer ring = rings.ring(first().sums());
    Expr who = RowWalk.local("who");
    Expr synapse = RowWalk.local("s");
    Expr place =
        new RowWalk.Place(
                first().slot(delay(), "s"),
                rings.width(first().sums()),
                0,
                new Expr.Load(target(rings), synapse))
            .at();
    Stmt add =
        new Stmt.Store(
            ring,
            place,
            new Expr.Binary(
                BinaryOp.ADD, new Expr.Load(ring, place), new Expr.Load(weight(), synapse)));
    return new Stmt.Loop(
        "e",
        Expr.i32(0),
        first().spikes(),
        Stmt.Order.SEQUENTIAL,
        List.of(
            new Stmt.Let("who", new Expr.Load(first().list(), RowWalk.local("e"))),
            new Stmt.Loop(
                "s",
                new Expr.Load(rowStart(), who),
                new Expr.Load(rowStart(), RowWalk.next(who)),
                Stmt.Order.SEQUENTIAL,
                List.of(add))));
  }
}
