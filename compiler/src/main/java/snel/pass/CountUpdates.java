package snel.pass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Counts how often the weights, delays and plastic states of synapses are given a new value while
/// they are free to learn. What is moved to another place, and what `freeze` holds, does not count.
///
/// Only for programs that ask: a loop over synapses is counted by its length, so the sum costs one
/// addition a row.
public final class CountUpdates implements Pass {
  /// What follows the name of a projection in that of its counter.
  private static final String SUFFIX = ".synapses.updates";

  @Override
  public String name() {
    return "count-updates";
  }

  @Override
  public Program apply(Program program) {
    Map<String, Learnt> learnt = learnt(program.directory());
    if (learnt.isEmpty()) {
      return program;
    }
    List<Buffer> buffers = new ArrayList<>(program.buffers());
    learnt.values().stream().map(Learnt::counter).distinct().forEach(buffers::add);
    Program counting =
        program.with(buffers, program.build(), counting(program.directory(), learnt));
    var counted = new Counting(learnt);
    return counting.mapKernels(
        kernel -> program.scheduled().contains(kernel) ? counted.kernel(kernel) : kernel);
  }

  /// Something that learning changes, and where the changes are counted.
  ///
  /// @param flag not zero while it is held
  private record Learnt(Buffer counter, Buffer flag) {}

  /// By the name of the buffer.
  private static Map<String, Learnt> learnt(Directory directory) {
    Map<String, Learnt> learnt = new LinkedHashMap<>();
    for (Directory.Value value : directory.values()) {
      if (value.buffer().role() == Role.PLASTIC) {
        Optional<Directory.Flag> flag =
            directory.freezable().stream().filter(f -> f.path().equals(value.path())).findFirst();
        projection(directory, value.path())
            .ifPresent(projection ->
                flag.ifPresent(held ->
                    learnt.put(
                        value.buffer().name(), new Learnt(counter(projection), held.flag()))));
      }
    }
    return learnt;
  }

  private static Optional<Directory.Projection> projection(Directory directory, String path) {
    int dot = path.lastIndexOf('.');
    String owner = dot < 0 ? "" : path.substring(0, dot);
    return directory.projections().stream().filter(p -> p.name().equals(owner)).findFirst();
  }

  private static Buffer counter(Directory.Projection projection) {
    return new Buffer(projection.name() + SUFFIX, Cell.I64, Length.of(1), Role.LOG);
  }

  private static Directory counting(Directory directory, Map<String, Learnt> learnt) {
    return directory.withProjections(
        directory.projections().stream()
            .map(projection -> {
              Buffer counter = counter(projection);
              boolean learns = learnt.values().stream().anyMatch(l -> l.counter().equals(counter));
              return learns ? projection.countingIn(counter) : projection;
            })
            .toList());
  }

  /// How often each counter grows.
  private static final class Sum {
    private final Map<Learnt, Integer> times = new LinkedHashMap<>();

    void add(Learnt learnt) {
      times.merge(learnt, 1, Integer::sum);
    }

    /// The statements that add all of it `rounds` times.
    List<Stmt> added(Expr rounds) {
      List<Stmt> all = new ArrayList<>();
      times.forEach((learnt, each) -> {
        Expr count = new Expr.Convert(Scalar.I64, rounds);
        Expr grown =
            new Expr.Binary(
                BinaryOp.ADD,
                new Expr.Load(learnt.counter(), Expr.i32(0)),
                each == 1 ? count : new Expr.Binary(BinaryOp.MUL, Expr.i64(each), count));
        Expr free =
            new Expr.Compare(CompareOp.EQ, new Expr.Load(learnt.flag(), Expr.i32(0)), Expr.i32(0));
        Stmt store = new Stmt.Store(learnt.counter(), Expr.i32(0), grown);
        all.add(new Stmt.If(free, List.of(store), List.of()));
      });
      return all;
    }
  }

  private record Counting(Map<String, Learnt> learnt) {
    Kernel kernel(Kernel kernel) {
      return kernel.with(whole(kernel.body()));
    }

    /// A block that counts what it does itself.
    private List<Stmt> whole(List<Stmt> block) {
      var sum = new Sum();
      List<Stmt> all = new ArrayList<>(block(block, sum));
      all.addAll(sum.added(Expr.i32(1)));
      return all;
    }

    /// The block; what each run of it does is left to `sum`.
    private List<Stmt> block(List<Stmt> block, Sum sum) {
      List<Stmt> all = new ArrayList<>();
      for (Stmt stmt : block) {
        switch (stmt) {
          case Stmt.Store(var buffer, _, var value) -> {
            Learnt changed = learnt.get(buffer.name());
            if (changed != null && !(value instanceof Expr.Load)) {
              sum.add(changed);
            }
            all.add(stmt);
          }
          case Stmt.If(var condition, var then, var otherwise) ->
              all.add(new Stmt.If(condition, whole(then), whole(otherwise)));
          case Stmt.While(var condition, var body) ->
              all.add(new Stmt.While(condition, whole(body)));
          case Stmt.Loop loop -> all.addAll(loop(loop));
          case Stmt.Collect collect -> all.addAll(collect(collect));
          case Stmt.Let _, Stmt.Var _, Stmt.Assign _, Stmt.Push _, Stmt.Words _, Stmt.AddBits _ ->
              all.add(stmt);
        }
      }
      return all;
    }

    /// Counted before it runs, while its bounds are what it runs by.
    private List<Stmt> loop(Stmt.Loop loop) {
      var sum = new Sum();
      List<Stmt> body = block(loop.body(), sum);
      List<Stmt> all = new ArrayList<>(sum.added(rounds(loop.from(), loop.to())));
      Stmt.Order order = body.equals(loop.body()) ? loop.order() : Stmt.Order.SEQUENTIAL;
      all.add(new Stmt.Loop(loop.index(), loop.from(), loop.to(), order, body));
      return all;
    }

    private List<Stmt> collect(Stmt.Collect collect) {
      List<Stmt> all = new ArrayList<>(loop(collect.before()));
      if (all.equals(List.of(collect.before()))) {
        return List.of(collect);
      }
      all.add(collect.after(collect.from(), collect.to()));
      return all;
    }

    private static Expr rounds(Expr from, Expr to) {
      Expr length = new Expr.Binary(BinaryOp.SUB, to, from);
      return new Expr.Binary(BinaryOp.MAX, length, Expr.i32(0));
    }
  }
}
