package snel.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.ReduceOp;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Where a loop of each step adds up for every element what depends on inputs alone (the rank of a
/// pixel), keeps the sums, and what else follows from them and the inputs, until an input is
/// another one.
public final class KeepSums implements Pass {
  @Override
  public String name() {
    return "keep-sums";
  }

  @Override
  public Program apply(Program program) {
    var change = new Change(program);
    Program changed = program.mapKernels(change::kernel);
    return change.made.in(changed);
  }

  private static final class Change {
    private final NewBuffers made;
    private Set<String> locals = Set.of();

    Change(Program program) {
      made = new NewBuffers(program);
    }

    Kernel kernel(Kernel kernel) {
      if (kernel.phase() == Phase.BUILD || kernel.phase() == Phase.BIND) {
        return kernel;
      }
      locals = new HashSet<>(Nodes.declared(kernel.body()));
      List<Stmt> body = new ArrayList<>();
      for (Stmt stmt : kernel.body()) {
        body.add(stmt instanceof Stmt.Loop loop ? loop(kernel.name(), loop, body) : stmt);
      }
      return body.equals(kernel.body()) ? kernel : kernel.with(body);
    }

    private Stmt loop(String kernel, Stmt.Loop loop, List<Stmt> before) {
      if (!(loop.from() instanceof Expr.Const(_, long first) && first == 0)
          || !(loop.to() instanceof Expr.Const)) {
        return loop;
      }
      for (Stmt stmt : loop.body()) {
        if (stmt instanceof Stmt.Let(var name, Expr.Reduce sum)) {
          Optional<Set<Buffer>> inputs = inputs(sum, loop.index());
          if (inputs.isPresent()) {
            Stmt.Loop kept = kept(kernel, loop, new Sum(name, sum, inputs.get()), before);
            return loop(kernel, kept, before);
          }
        }
      }
      return loop;
    }

    /// A sum over the inputs that a loop makes for each of its elements.
    private record Sum(String name, Expr.Reduce value, Set<Buffer> inputs) {}

    /// What the sum reads, if that is inputs at its own index and at that of the loop.
    private static Optional<Set<Buffer>> inputs(Expr.Reduce sum, String index) {
      Set<Buffer> read = new LinkedHashSet<>();
      boolean[] own = {false};
      boolean[] sound = {true};
      Nodes.eachExpression(
          sum,
          part ->
              sound[0] &=
                  switch (part) {
                    case Expr.Read(var name, _) -> {
                      own[0] |= name.equals(index);
                      yield name.equals(index) || name.equals(sum.index());
                    }
                    case Expr.Load(var buffer, var at) -> {
                      read.add(buffer);
                      yield buffer.role() == Role.INPUT
                          && buffer.length() instanceof Length.Fixed
                          && at instanceof Expr.Read;
                    }
                    case Expr.Binary _, Expr.Call _ -> !Nodes.mayFault(part);
                    case Expr.Reduce inner -> inner == sum;
                    case Expr.Philox _ -> false;
                    case Expr.Const _,
                        Expr.Unary _,
                        Expr.Fma _,
                        Expr.Compare _,
                        Expr.Choose _,
                        Expr.Convert _ ->
                        true;
                  });
      return own[0] && sound[0] ? Optional.of(read) : Optional.empty();
    }

    private Stmt.Loop kept(String kernel, Stmt.Loop loop, Sum sum, List<Stmt> before) {
      String stem = kernel + ".kept";
      long count = ((Expr.Const) loop.to()).bits();
      Buffer known = made(stem + ".known", Cell.I32, 1);
      Scalar type = counts(sum.value()) ? Scalar.I32 : sum.value().type();
      Buffer sums = made(stem, cell(type), count);
      Expr same = new Expr.Read(local("same"), Scalar.I32);
      Set<String> around = new HashSet<>();
      for (Stmt stmt : before) {
        if (stmt instanceof Stmt.Let(var name, var value) && KeptValues.isOf(sum.inputs(), value)) {
          around.add(name);
        }
      }
      before.add(new Stmt.Var(name(same), new Expr.Load(known, number(0))));
      List<Stmt> refreshed = new ArrayList<>();
      for (Buffer input : sum.inputs()) {
        long length = ((Length.Fixed) input.length()).count();
        Buffer last = made(stem + ".of." + input.name(), input.cell(), length);
        Expr at = new Expr.Read(local("k"), Scalar.I32);
        Expr differs =
            new Expr.Compare(CompareOp.NE, new Expr.Load(last, at), new Expr.Load(input, at));
        Stmt other =
            new Stmt.If(differs, List.of(new Stmt.Assign(name(same), number(0))), List.of());
        before.add(over(name(at), length, Stmt.Order.SEQUENTIAL, other));
        Expr into = new Expr.Read(local("k"), Scalar.I32);
        Stmt copy = new Stmt.Store(last, into, new Expr.Load(input, into));
        refreshed.add(over(name(into), length, Stmt.Order.INDEPENDENT, copy));
      }
      refreshed.addAll(again(sum, sums, loop));
      Expr kept = new Expr.Load(sums, new Expr.Read(loop.index(), Scalar.I32));
      Expr here = type == sum.value().type() ? kept : new Expr.Convert(sum.value().type(), kept);
      Stmt let = new Stmt.Let(sum.name(), here);
      var values =
          new KeptValues(loop.body(), loop.index(), sum.name(), sum.inputs(), around, this::local);
      List<Stmt> followed = new ArrayList<>(List.of(let));
      List<Stmt> body = values.body(each -> made(stem + ".values", cell(each), count), followed);
      refreshed.add(inTurn(loop, followed));
      refreshed.add(new Stmt.Store(known, number(0), number(1)));
      before.add(
          new Stmt.If(new Expr.Compare(CompareOp.EQ, same, number(0)), refreshed, List.of()));
      return new Stmt.Loop(loop.index(), loop.from(), loop.to(), loop.order(), body);
    }

    /// Works the sums out anew. Whole numbers may be added in any order: one term of all sums at a
    /// time, which is many alike.
    private List<Stmt> again(Sum sum, Buffer sums, Stmt.Loop loop) {
      String peer = local("peer");
      Expr.Reduce value = sum.value();
      Expr body = Renaming.of(Map.of(value.index(), peer)).expr(value.body());
      Expr at = new Expr.Read(loop.index(), Scalar.I32);
      if (value.op() != ReduceOp.SUM || value.type().isFloat()) {
        Expr again = new Expr.Reduce(value.op(), peer, value.from(), value.to(), body);
        return List.of(inTurn(loop, List.of(new Stmt.Store(sums, at, again))));
      }
      Expr term =
          counts(value) && body instanceof Expr.Convert(_, Expr condition)
              ? new Expr.Convert(Scalar.I32, condition)
              : body;
      Expr more = new Expr.Binary(BinaryOp.ADD, new Expr.Load(sums, at), term);
      Expr none = new Expr.Const(sums.cell().scalar(), 0);
      Stmt.Loop all = inTurn(loop, List.of(new Stmt.Store(sums, at, more)));
      Stmt.Loop peers =
          new Stmt.Loop(peer, value.from(), value.to(), Stmt.Order.SEQUENTIAL, List.of(all));
      List<Stmt> again = new ArrayList<>();
      again.add(inTurn(loop, List.of(new Stmt.Store(sums, at, none))));
      Optional<List<Stmt>> some =
          body instanceof Expr.Convert(_, Expr condition) && coversPeers(loop, value)
              ? LeastPeers.left(condition, peer, loop.index(), peers, this::local)
              : Optional.empty();
      again.addAll(some.orElse(List.of(peers)));
      return again;
    }

    private static boolean coversPeers(Stmt.Loop loop, Expr.Reduce sum) {
      return loop.from().equals(sum.from()) && loop.to().equals(sum.to());
    }

    /// Whether a sum counts for how many something holds: no more than there are indices.
    private static boolean counts(Expr.Reduce sum) {
      return sum.op() == ReduceOp.SUM
          && sum.type() == Scalar.I64
          && sum.body() instanceof Expr.Convert(_, Expr condition)
          && condition.type() == Scalar.BOOL;
    }

    /// The statements for each element of the loop, with locals of their own.
    private Stmt.Loop inTurn(Stmt.Loop loop, List<Stmt> body) {
      Map<String, String> names = new HashMap<>();
      Nodes.declared(body).stream().sorted().forEach(name -> names.put(name, local(name)));
      names.put(loop.index(), local("each"));
      List<Stmt> renamed = Renaming.of(names).block(body);
      return new Stmt.Loop(
          names.get(loop.index()), loop.from(), loop.to(), Stmt.Order.INDEPENDENT, renamed);
    }

    private static Stmt over(String index, long length, Stmt.Order order, Stmt body) {
      return new Stmt.Loop(index, number(0), number((int) length), order, List.of(body));
    }

    private static Expr number(int value) {
      return new Expr.Const(Scalar.I32, value);
    }

    private static String name(Expr local) {
      return ((Expr.Read) local).name();
    }

    private String local(String stem) {
      String name = stem;
      for (int count = 2; !locals.add(name); count++) {
        name = stem + "_" + count;
      }
      return name;
    }

    /// Neither hashed nor reset: what it holds follows from the inputs.
    private Buffer made(String stem, Cell cell, long length) {
      return made.add(stem, cell, length, Role.LOG);
    }

    private static Cell cell(Scalar type) {
      return switch (type) {
        case BOOL -> Cell.U8;
        case I32 -> Cell.I32;
        case I64 -> Cell.I64;
        case F32 -> Cell.F32;
        case F64 -> Cell.F64;
      };
    }
  }
}
