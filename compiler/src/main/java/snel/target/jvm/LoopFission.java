package snel.target.jvm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// Makes several loops of one whose iterations stand apart: C2 makes vectors of small loops only.
final class LoopFission {
  /// In nodes of the IR; C2 unrolls a loop of up to about so many of its own.
  private static final int LARGEST = 60;

  private LoopFission() {}

  /// The loop in pieces, done one after the other; cut where no local is carried over.
  static List<Stmt> of(Stmt.Loop loop) {
    if (Nodes.size(loop.body()) <= LARGEST || !canBeCut(loop)) {
      return List.of(loop);
    }
    List<List<Stmt>> pieces = new ArrayList<>();
    int begin = 0;
    for (int at = 1; at <= loop.body().size(); at++) {
      if (at < loop.body().size() && isCarried(loop.body(), at)) {
        continue;
      }
      List<Stmt> piece = loop.body().subList(begin, at);
      if (!pieces.isEmpty() && Nodes.size(pieces.getLast()) + Nodes.size(piece) <= LARGEST) {
        pieces.getLast().addAll(piece);
      } else {
        pieces.add(new ArrayList<>(piece));
      }
      begin = at;
    }
    return pieces.stream()
        .<Stmt>map(body -> new Stmt.Loop(loop.index(), loop.from(), loop.to(), loop.order(), body))
        .toList();
  }

  /// Whether every store is at a place of its iteration's own, and nothing can stop half-way.
  private static boolean canBeCut(Stmt.Loop loop) {
    LoopFacts facts = new LoopFacts(loop.index(), loop.to(), loop.body());
    boolean[] can = {loop.order() == Stmt.Order.INDEPENDENT};
    Nodes.eachStatement(
        loop.body(),
        stmt -> {
          switch (stmt) {
            case Stmt.Store(Buffer _, Expr at, _) -> can[0] &= facts.offset(at).isPresent();
            case Stmt.Let _, Stmt.Var _, Stmt.Assign _, Stmt.If _ -> {}
            case Stmt.Loop _,
                Stmt.While _,
                Stmt.Collect _,
                Stmt.Push _,
                Stmt.Words _,
                Stmt.AddBits _ ->
                can[0] = false;
          }
          can[0] &= Nodes.operands(stmt).stream().allMatch(Purity::cannotFault);
        });
    return can[0];
  }

  /// Whether a local of the statements before `at` is used in those from there on.
  private static boolean isCarried(List<Stmt> body, int at) {
    List<Stmt> later = body.subList(at, body.size());
    Set<String> wanted = new HashSet<>(FreeLocals.assigned(later));
    FreeLocals.read(later).forEach(local -> wanted.add(local.name()));
    return body.subList(0, at).stream()
        .flatMap(stmt ->
            switch (stmt) {
              case Stmt.Let(String name, _) -> Stream.of(name);
              case Stmt.Var(String name, _) -> Stream.of(name);
              case Stmt.Assign _,
                  Stmt.Store _,
                  Stmt.If _,
                  Stmt.Loop _,
                  Stmt.While _,
                  Stmt.Collect _,
                  Stmt.Push _,
                  Stmt.Words _,
                  Stmt.AddBits _ ->
                  Stream.empty();
            })
        .anyMatch(wanted::contains);
  }
}
