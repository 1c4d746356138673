package snel.target.jvm;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// A loop over the synapses of a row that draws for each of them, so that a whole row can be drawn
/// before it: `for s in a ..< b { … philox(stream, target[s], i, repeat[s], 0, 0) … }`. What is
/// drawn in only some of its passes, such as again where a number was out of bounds, is drawn where
/// it was.
///
/// @param draws by the array that holds what was drawn, from the first synapse of the row on
/// @param loop over what is left, which looks at the arrays
record SynapseDrawLoop(Map<Buffer, RowDraw> draws, Stmt.Loop loop) {
  /// Rows that are known to be shorter are drawn as quickly one by one.
  private static final int LEAST = 16;

  private static final String NAME = Fields.SCRATCH + "draws.";

  /// The local that holds where the row begins.
  static final String FIRST = "$first.drawn";

  /// @param targets that the first number of a counter is, or empty if it is the synapse
  /// @param repeats that the third is, or empty if that is `third`
  /// @param isNormal whether normal numbers are made of the words
  record RowDraw(
      Expr stream,
      Optional<Buffer> targets,
      Expr row,
      Optional<Buffer> repeats,
      Expr third,
      Expr last,
      boolean isNormal) {}

  static Optional<SynapseDrawLoop> of(Stmt.Loop loop) {
    boolean isShort =
        loop.from() instanceof Expr.Const(_, long from)
            && loop.to() instanceof Expr.Const(_, long to)
            && to - from < LEAST;
    Map<Expr.Philox, RowDraw> found = isShort ? Map.of() : new Finding(loop).draws();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Expr first = new Expr.Read(FIRST, Scalar.I32);
    Expr place = new Expr.Binary(BinaryOp.SUB, new Expr.Read(loop.index(), Scalar.I32), first);
    Map<Buffer, RowDraw> draws = new LinkedHashMap<>();
    Map<Expr, Expr> drawn = new HashMap<>();
    found.forEach((philox, draw) -> {
      Buffer array = new Buffer(NAME + draws.size(), Cell.I32, Length.of(0), Role.SCRATCH);
      draws.put(array, draw);
      Expr word = new Expr.Load(array, place);
      if (draw.isNormal()) {
        Expr number = new Expr.Call(Function.NORMAL, Scalar.F32, List.of(philox));
        drawn.put(number, Draw.Normal.number(word));
      } else {
        drawn.put(philox, word);
      }
    });
    List<Stmt> body =
        loop.body().stream().map(stmt -> mapValue(stmt, value -> replaced(value, drawn))).toList();
    return Optional.of(
        new SynapseDrawLoop(
            draws, new Stmt.Loop(loop.index(), first, loop.to(), loop.order(), body)));
  }

  /// A statement of every pass with another value; what is done in some passes only stays.
  private static Stmt mapValue(Stmt stmt, UnaryOperator<Expr> change) {
    return switch (stmt) {
      case Stmt.Let(String name, Expr value) -> new Stmt.Let(name, change.apply(value));
      case Stmt.Var(String name, Expr value) -> new Stmt.Var(name, change.apply(value));
      case Stmt.Assign(String name, Expr value) -> new Stmt.Assign(name, change.apply(value));
      case Stmt.Store(Buffer buffer, Expr at, Expr value) ->
          new Stmt.Store(buffer, at, change.apply(value));
      case Stmt.If _,
          Stmt.Loop _,
          Stmt.While _,
          Stmt.Collect _,
          Stmt.Push _,
          Stmt.Words _,
          Stmt.AddBits _ ->
          stmt;
    };
  }

  private static Expr replaced(Expr expr, Map<Expr, Expr> by) {
    Expr other = by.get(expr);
    return other == null ? Nodes.mapOperands(expr, inner -> replaced(inner, by)) : other;
  }

  /// Looks for draws of every pass.
  private static final class Finding {
    private final LoopFacts facts;
    private final Expr synapse;
    private final Set<Buffer> written;
    private final Map<Expr.Philox, Integer> uses = new LinkedHashMap<>();
    private final Map<Expr.Philox, Integer> normals = new HashMap<>();

    Finding(Stmt.Loop loop) {
      this.facts = new LoopFacts(loop.index(), loop.to(), loop.body());
      this.synapse = new Expr.Read(loop.index(), Scalar.I32);
      this.written = Nodes.writtenIn(loop.body());
      for (Stmt stmt : loop.body()) {
        mapValue(
            stmt,
            value -> {
              Nodes.eachExpression(value, this::look);
              return value;
            });
      }
    }

    private void look(Expr expr) {
      if (expr instanceof Expr.Philox philox) {
        uses.merge(philox, 1, Integer::sum);
      }
      Draw.Normal.word(expr)
          .filter(Expr.Philox.class::isInstance)
          .ifPresent(word -> normals.merge((Expr.Philox) word, 1, Integer::sum));
    }

    Map<Expr.Philox, RowDraw> draws() {
      Map<Expr.Philox, RowDraw> draws = new LinkedHashMap<>();
      uses.forEach((philox, count) ->
          draw(philox, count.equals(normals.get(philox)))
              .ifPresent(draw -> draws.put(philox, draw)));
      return draws;
    }

    private Optional<RowDraw> draw(Expr.Philox philox, boolean isNormal) {
      Optional<Buffer> targets = ofSynapse(philox.c0());
      Optional<Buffer> repeats = ofSynapse(philox.c2()).filter(each -> each.cell() == Cell.I32);
      boolean isOwn =
          targets.filter(each -> each.cell() == Cell.U16 || each.cell() == Cell.I32).isPresent()
              || philox.c0().equals(synapse);
      return isOwn
              && (repeats.isPresent() || facts.isInvariant(philox.c2()))
              && facts.isInvariant(philox.stream())
              && facts.isInvariant(philox.c1())
              && facts.isInvariant(philox.c3())
              && philox.word().equals(Expr.i32(0))
          ? Optional.of(
              new RowDraw(
                  philox.stream(),
                  targets,
                  philox.c1(),
                  repeats,
                  philox.c2(),
                  philox.c3(),
                  isNormal))
          : Optional.empty();
    }

    /// The buffer whose element at the synapse it is.
    private Optional<Buffer> ofSynapse(Expr expr) {
      return expr instanceof Expr.Load(Buffer buffer, Expr at)
              && at.equals(synapse)
              && !written.contains(buffer)
          ? Optional.of(buffer)
          : Optional.empty();
    }
  }
}
