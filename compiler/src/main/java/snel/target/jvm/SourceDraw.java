package snel.target.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Words that are drawn for a whole population only to compare each with the odds of its source.
///
/// @param collect lists those below their odds
record SourceDraw(Stmt.Words words, Stmt.Collect collect, Buffer odds) {
  private static final long WORD = 0xFFFFFFFFL;

  /// @param stands whether a buffer changes only where the network is called from outside
  static List<SourceDraw> in(List<Stmt> body, Predicate<Buffer> stands) {
    List<SourceDraw> found = new ArrayList<>();
    search(body, body, stands, found);
    return found;
  }

  private static void search(
      List<Stmt> block, List<Stmt> body, Predicate<Buffer> stands, List<SourceDraw> found) {
    List<Stmt.Words> drawn = new ArrayList<>();
    for (Stmt stmt : block) {
      switch (stmt) {
        case Stmt.Words words -> drawn.add(words);
        case Stmt.Collect collect when !drawn.isEmpty() ->
            of(drawn.getLast(), collect, stands)
                .filter(draw -> isAlone(draw, body))
                .ifPresent(found::add);
        case Stmt.If(_, var then, var otherwise) -> {
          search(then, body, stands, found);
          search(otherwise, body, stands, found);
        }
        default -> {}
      }
    }
  }

  private static Optional<SourceDraw> of(
      Stmt.Words words, Stmt.Collect collect, Predicate<Buffer> stands) {
    Expr at = new Expr.Read(collect.index(), Scalar.I32);
    Expr word =
        new Expr.Binary(
            BinaryOp.AND,
            new Expr.Convert(Scalar.I64, new Expr.Load(words.words(), at)),
            Expr.i64(WORD));
    return collect.condition()
                instanceof Expr.Compare(var op, var left, Expr.Load(var odds, var index))
            && op == CompareOp.LT
            && left.equals(word)
            && index.equals(at)
            && odds.cell() == Cell.I64
            && stands.test(odds)
            && !SharedKernel.isStandIn(odds)
            && collect.body().isEmpty()
            && collect.from().equals(Expr.i32(0))
            && words.first() == 0
            && words.draw() instanceof Draw.Word
            && words.c1().equals(Expr.i32(0))
            && words.count().equals(collect.to())
            && collect.to() instanceof Expr.Const(_, long count)
            && odds.length().equals(new Length.Fixed(count))
        ? Optional.of(new SourceDraw(words, collect, odds))
        : Optional.empty();
  }

  /// Whether nothing else looks at the words.
  private static boolean isAlone(SourceDraw draw, List<Stmt> body) {
    int[] uses = {0};
    Nodes.eachExpression(
        body,
        part ->
            uses[0] +=
                part instanceof Expr.Load(var buffer, _) && buffer.equals(draw.words.words())
                    ? 1
                    : 0);
    return uses[0] == 1;
  }
}
