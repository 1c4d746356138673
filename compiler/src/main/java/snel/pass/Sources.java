package snel.pass;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// Which buffers each written buffer is made from: its value, its index, and the conditions and
/// bounds around it. Locals and statements stand in between, so that nothing has to know all that
/// lies behind it.
final class Sources {
  /// A buffer, local or statement, and what it is made from.
  private static final class Made {
    final List<Made> from = new ArrayList<>();
    boolean isReached;
  }

  private final Map<String, Made> buffers = new HashMap<>();

  void add(Kernel kernel) {
    block(kernel.body(), new Made(), new HashMap<>());
  }

  private void block(List<Stmt> block, Made around, Map<String, Made> locals) {
    for (Stmt stmt : block) {
      Made here = new Made();
      here.from.add(around);
      Nodes.operands(stmt).forEach(operand -> read(operand, here, locals));
      Nodes.read(stmt).forEach(buffer -> here.from.add(buffer(buffer)));
      switch (stmt) {
        case Stmt.Let(var name, _) -> local(name, locals).from.add(here);
        case Stmt.Var(var name, _) -> local(name, locals).from.add(here);
        case Stmt.Assign(var name, _) -> local(name, locals).from.add(here);
        case Stmt.Loop loop -> local(loop.index(), locals).from.add(here);
        case Stmt.Collect collect -> local(collect.index(), locals).from.add(here);
        case Stmt.Store _, Stmt.If _, Stmt.While _, Stmt.Push _, Stmt.Words _, Stmt.AddBits _ -> {}
      }
      Nodes.written(stmt).forEach(buffer -> buffer(buffer).from.add(here));
      Nodes.blocks(stmt).forEach(inner -> block(inner, here, locals));
    }
  }

  private void read(Expr operand, Made here, Map<String, Made> locals) {
    Nodes.eachExpression(
        operand,
        expr -> {
          if (expr instanceof Expr.Load(var buffer, _)) {
            here.from.add(buffer(buffer));
          }
          if (expr instanceof Expr.Read(var name, _)) {
            here.from.add(local(name, locals));
          }
        });
  }

  private Made buffer(Buffer buffer) {
    return buffers.computeIfAbsent(buffer.name(), _ -> new Made());
  }

  private static Made local(String name, Map<String, Made> locals) {
    return locals.computeIfAbsent(name, _ -> new Made());
  }

  /// The buffers of these names and all that they are made from.
  Set<String> of(Set<String> names) {
    Deque<Made> open = new ArrayDeque<>();
    names.forEach(name -> open.add(buffers.getOrDefault(name, new Made())));
    while (!open.isEmpty()) {
      Made made = open.removeLast();
      if (!made.isReached) {
        made.isReached = true;
        open.addAll(made.from);
      }
    }
    Set<String> all = new HashSet<>(names);
    buffers.forEach((name, made) -> {
      if (made.isReached) {
        all.add(name);
      }
    });
    return all;
  }
}
