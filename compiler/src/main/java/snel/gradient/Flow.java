package snel.gradient;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Repeats;
import snel.ir.Stmt;

/// Which buffers lie on a way from the weights to the loss along which derivatives are passed.
///
/// A list of spikes counts as one: what is added for each of its neurons depends on it, and it
/// depends on how far each is above threshold. Flags (whole numbers that only ever are set to
/// constants, as whether a neuron is refractory) pass nothing on.
final class Flow {
  private final Map<Buffer, Buffer> lists = new HashMap<>();
  private final Map<Buffer, Set<Buffer>> copies = new HashMap<>();
  private final Set<Buffer> flags = new HashSet<>();
  private final Set<Buffer> varying = new LinkedHashSet<>();
  private final Map<Buffer, Set<Buffer>> sources = new LinkedHashMap<>();
  private final Set<Buffer> relevant = new LinkedHashSet<>();
  private final Set<Buffer> cut;
  private final Ranges ranges;
  private final Set<Buffer> reached;
  private final Set<Buffer> wanted;

  /// @param weights what is differentiated by
  /// @param ends what the loss is made of
  /// @param cut weights by which nothing goes back to the spikes that they are sent by
  Flow(Program program, Set<Buffer> weights, Set<Buffer> ends, Set<Buffer> cut) {
    this.cut = cut;
    ranges = new Ranges(program);
    for (Directory.Population population : program.directory().populations()) {
      lists.put(population.spikeCount(), population.spikes());
    }
    for (Kernel kernel : program.step()) {
      Nodes.eachStatement(kernel.body(), this::noteWritten);
    }
    flags.addAll(varying);
    program.directory().populations().stream()
        .filter(Directory.Population::isInput)
        .forEach(input -> varying.add(input.spikes())); // the protocol writes there
    for (Kernel kernel : program.step()) {
      Nodes.eachStatement(kernel.body(), this::noteMade);
    }
    flags.removeAll(ends);
    for (Kernel kernel : program.step()) {
      Nodes.eachStatement(kernel.body(), this::noteCopies);
    }
    for (Kernel kernel : program.step()) {
      walk(kernel.body(), new HashMap<>(), Set.of());
    }
    reached = forward(weights);
    wanted = backward(ends);
    relevant.addAll(reached);
    relevant.retainAll(wanted);
  }

  /// Whether a value depends on the weights by something that the loss depends on.
  boolean isCut(Expr condition, Buffer list) {
    boolean[] found = {false};
    Repeats.each(
        condition,
        node -> found[0] |= node instanceof Expr.Load(var buffer, _) && reached.contains(buffer));
    return found[0] && wanted.contains(list);
  }

  private void noteWritten(Stmt stmt) {
    varying.addAll(Nodes.written(stmt));
    if (stmt instanceof Stmt.Collect collect) {
      lists.put(collect.count(), collect.list());
    }
    if (stmt instanceof Stmt.Push(Buffer list, Buffer count, _)) {
      lists.put(count, list);
    }
  }

  private void noteMade(Stmt stmt) {
    if (stmt instanceof Stmt.Store(Buffer buffer, _, Expr value)
        && !(value instanceof Expr.Const)) {
      flags.remove(buffer);
    }
    if (stmt instanceof Stmt.Collect collect) {
      flags.remove(collect.list());
    }
    if (stmt instanceof Stmt.Push(Buffer list, _, _)) {
      flags.remove(list);
    }
    if (stmt instanceof Stmt.AddBits add) {
      flags.remove(add.counts());
    }
  }

  /// Where values stay by themselves.
  Ranges ranges() {
    return ranges;
  }

  boolean isRelevant(Buffer buffer) {
    return relevant.contains(buffer);
  }

  /// Whether an expression is made of relevant buffers.
  boolean passes(Expr expr) {
    boolean[] found = {false};
    Nodes.eachExpression(
        expr, node -> found[0] |= node instanceof Expr.Load(var buffer, _) && isRelevant(buffer));
    return found[0];
  }

  /// Whether a step changes the buffer.
  boolean varies(Buffer buffer) {
    return varying.contains(buffer);
  }

  /// Whether the buffer is only ever set to constants.
  boolean isFlag(Buffer buffer) {
    return flags.contains(buffer);
  }

  /// Whether the buffer passes nothing on: a flag that is no real number. A real state that a spike
  /// sets says how much of a spike there is.
  private boolean isSilent(Buffer buffer) {
    return flags.contains(buffer) && !buffer.cell().scalar().isFloat();
  }

  /// Whether the buffer is a list of neurons.
  boolean isList(Buffer buffer) {
    return lists.containsValue(buffer);
  }

  /// What counts the neurons of a list.
  java.util.Optional<Buffer> countOf(Buffer list) {
    return lists.entrySet().stream()
        .filter(entry -> entry.getValue().equals(list))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// The list that this counts the neurons of.
  java.util.Optional<Buffer> listOf(Buffer count) {
    return java.util.Optional.ofNullable(lists.get(count));
  }

  /// The list that a loop goes over, from its first neuron to its last.
  java.util.Optional<Buffer> listOf(Stmt.Loop loop) {
    return loop.to() instanceof Expr.Load(Buffer count, Expr.Const(_, long at))
            && at == 0
            && Form.isZero(loop.from())
        ? listOf(count)
        : java.util.Optional.empty();
  }

  /// Whether anything in the statement passes derivatives on.
  boolean isRelevant(Stmt stmt) {
    boolean[] found = {false};
    Nodes.eachStatement(
        List.of(stmt),
        inner -> found[0] |= Nodes.written(inner).stream().anyMatch(this::isRelevant));
    return found[0];
  }

  private void walk(List<Stmt> block, Map<String, Set<Buffer>> locals, Set<Buffer> around) {
    for (Stmt stmt : block) {
      switch (stmt) {
        case Stmt.Let(var name, var value) -> locals.put(name, read(value, locals));
        case Stmt.Var(var name, var value) -> locals.put(name, read(value, locals));
        case Stmt.Assign(var name, var value) ->
            locals.computeIfAbsent(name, _ -> new HashSet<>()).addAll(read(value, locals));
        case Stmt.Store(var buffer, _, var value) -> {
          Set<Buffer> from = read(value, locals);
          made(buffer, from);
          if (Collections.disjoint(from, cut)) {
            made(buffer, around);
          }
        }
        case Stmt.If(_, var then, var otherwise) -> {
          walk(then, locals, around);
          walk(otherwise, locals, around);
        }
        case Stmt.Loop loop -> {
          listed(loop, locals);
          Set<Buffer> inside = new HashSet<>(around);
          inside.addAll(listsBehind(loop));
          listOf(loop).ifPresent(inside::add);
          walk(loop.body(), locals, inside);
        }
        case Stmt.While(_, var body) -> walk(body, locals, around);
        case Stmt.Collect collect -> {
          listed(collect, locals);
          made(collect.list(), around);
        }
        case Stmt.Push(var list, _, _) -> made(list, around);
        case Stmt.AddBits add -> made(add.counts(), Set.of(add.list()));
        case Stmt.Words _ -> {}
      }
    }
  }

  /// The lists that a loop goes over copies of, as of earlier steps.
  private Set<Buffer> listsBehind(Stmt.Loop loop) {
    Set<Buffer> found = new HashSet<>();
    Nodes.eachExpression(
        List.of(loop),
        expr -> {
          if (expr instanceof Expr.Load(var buffer, _)) {
            found.addAll(copies.getOrDefault(buffer, Set.of()));
          }
        });
    return found;
  }

  /// Whole numbers that are copied from a list are a list too.
  private void noteCopies(Stmt stmt) {
    if (stmt instanceof Stmt.Store(var buffer, _, var value) && !buffer.cell().scalar().isFloat()) {
      Nodes.eachExpression(
          value,
          expr -> {
            if (expr instanceof Expr.Load(var from, _) && isList(from)) {
              copies.computeIfAbsent(buffer, _ -> new HashSet<>()).add(from);
            }
          });
    }
  }

  private void listed(Stmt stmt, Map<String, Set<Buffer>> locals) {
    Firing.of(stmt)
        .ifPresent(firing ->
            Margin.of(firing.condition(), this)
                .filter(margin -> !margin.isOutOfReach())
                .ifPresent(margin -> made(firing.list(), read(margin.above(), locals))));
  }

  private void made(Buffer buffer, Set<Buffer> from) {
    sources.computeIfAbsent(buffer, _ -> new LinkedHashSet<>()).addAll(from);
  }

  /// The buffers that an expression passes derivatives to.
  private Set<Buffer> read(Expr expr, Map<String, Set<Buffer>> locals) {
    Set<Buffer> found = new LinkedHashSet<>();
    read(expr, locals, found, Collections.newSetFromMap(new IdentityHashMap<>()));
    return found;
  }

  /// @param passed the expressions that need not be read again
  private void read(
      Expr expr, Map<String, Set<Buffer>> locals, Set<Buffer> found, Set<Expr> passed) {
    if (!passed.add(expr)) {
      return;
    }
    switch (expr) {
      case Expr.Const _, Expr.Philox _, Expr.Compare _ -> {}
      case Expr.Read(var name, _) -> found.addAll(locals.getOrDefault(name, Set.of()));
      case Expr.Load(var buffer, _) -> {
        if (!isSilent(buffer) && !isList(buffer)) {
          found.add(buffer);
        }
      }
      case Expr.Unary(var op, var operand) -> {
        switch (op) {
          case NEG, ABS, SQRT -> read(operand, locals, found, passed);
          case FLOOR, CEIL, RINT, NOT -> {}
        }
      }
      case Expr.Choose(_, var yes, var no) -> {
        read(yes, locals, found, passed);
        read(no, locals, found, passed);
      }
      case Expr.Convert(var type, var operand) -> {
        if (type.isFloat()) {
          read(operand, locals, found, passed);
        }
      }
      case Expr.Call(_, var type, var arguments) -> {
        if (type.isFloat()) {
          arguments.forEach(argument -> read(argument, locals, found, passed));
        }
      }
      case Expr.Reduce(_, _, _, _, var body) -> read(body, locals, found, passed);
      case Expr.Binary _, Expr.Fma _ ->
          Nodes.operands(expr).forEach(operand -> read(operand, locals, found, passed));
    }
  }

  private Set<Buffer> forward(Set<Buffer> starts) {
    Set<Buffer> found = new LinkedHashSet<>(starts);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (var entry : sources.entrySet()) {
        if (!found.contains(entry.getKey())
            && !isSilent(entry.getKey())
            && entry.getValue().stream().anyMatch(found::contains)) {
          grew |= found.add(entry.getKey());
        }
      }
    }
    return found;
  }

  private Set<Buffer> backward(Set<Buffer> ends) {
    Set<Buffer> found = new LinkedHashSet<>(ends);
    List<Buffer> open = new ArrayList<>(ends);
    while (!open.isEmpty()) {
      for (Buffer source : sources.getOrDefault(open.removeLast(), Set.of())) {
        if (!isSilent(source) && found.add(source)) {
          open.add(source);
        }
      }
    }
    return found;
  }
}
