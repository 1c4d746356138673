package snel.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Makes random kernels over the buffers of a [RandomProgram].
final class RandomKernels {
  private static final int DEPTH = 4;

  private final Random random;
  private final RandomProgram program;
  private RandomExpressions expressions;

  RandomKernels(Random random, RandomProgram program) {
    this.random = random;
    this.program = program;
    this.expressions = new RandomExpressions(random, List.of(), 1);
  }

  /// @param synapses whether the wirings are built when the kernel runs
  Kernel kernel(String name, Phase phase, int statements, boolean synapses) {
    expressions = new RandomExpressions(random, program.plain(), program.size());
    List<Stmt> body = new ArrayList<>();
    for (int i = 0; i < statements; i++) {
      body.addAll(piece(synapses));
    }
    return new Kernel(name, phase, body);
  }

  /// Changes one element of every array in every step, so that no program comes to rest.
  Kernel stir() {
    Buffer clock = program.plain().getFirst();
    Expr step = new Expr.Convert(Scalar.I32, new Expr.Load(clock, Expr.i32(Clock.STEP)));
    Expr at = new Expr.Binary(BinaryOp.AND, step, Expr.i32(program.size() - 1));
    Expr zero = Expr.i32(0);
    List<Stmt> body = new ArrayList<>();
    for (Buffer buffer : program.arrays()) {
      Scalar type = buffer.cell().scalar();
      Expr word = new Expr.Philox(Expr.i32(random.nextInt()), step, zero, zero, zero, zero);
      Expr value =
          type.isFloat()
              ? new Expr.Call(Function.NORMAL, type, List.of(word))
              : new Expr.Convert(type, word);
      body.add(new Stmt.Store(buffer, at, value));
    }
    return new Kernel("stir", Phase.DELIVER, body);
  }

  private List<Stmt> piece(boolean synapses) {
    return switch (random.nextInt(synapses ? 11 : 8)) {
      case 0, 1 -> List.of(independentLoop());
      case 2 -> List.of(sequentialLoop());
      case 3 -> whileLoop();
      case 4 -> collecting();
      case 5 -> List.of(words());
      case 6 -> straight(random.nextInt(1, 4));
      case 7 -> List.of(independentLoop());
      case 8 -> List.of(rowLoop());
      case 9 -> List.of(classLoop());
      default -> List.of(columnLoop());
    };
  }

  private Stmt independentLoop() {
    int size = program.size();
    String index = expressions.freshName("i");
    List<Buffer> written = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      Buffer buffer = expressions.pick(program.walked());
      if (!written.contains(buffer)) {
        written.add(buffer);
      }
    }
    int mark = expressions.mark();
    expressions.declare(index, Scalar.I32);
    expressions.enterIndependent(index, written, expressions.chance(0.75));
    List<Stmt> body = new ArrayList<>();
    for (Buffer buffer : written) {
      int length = (int) ((Length.Fixed) buffer.length()).count();
      body.addAll(locals(random.nextInt(2)));
      Scalar type = buffer.cell().scalar();
      Supplier<Stmt> store =
          () ->
              new Stmt.Store(
                  buffer,
                  expressions.slotIndex(length),
                  expressions.tame(expressions.of(type, DEPTH)));
      body.add(expressions.chance(0.25) ? branch(store) : store.get());
    }
    expressions.leaveIndependent();
    expressions.forget(mark);
    Expr from = Expr.i32(random.nextInt(4));
    Expr to = Expr.i32(size - random.nextInt(4));
    return new Stmt.Loop(index, from, to, Stmt.Order.INDEPENDENT, body);
  }

  private Stmt sequentialLoop() {
    String index = expressions.freshName("i");
    Expr from = Expr.i32(random.nextInt(4));
    Expr to =
        expressions.chance(0.5)
            ? Expr.i32(random.nextInt(20))
            : new Expr.Binary(BinaryOp.AND, expressions.of(Scalar.I32, 1), Expr.i32(15));
    int mark = expressions.mark();
    expressions.declare(index, Scalar.I32);
    List<Stmt> body = straight(random.nextInt(1, 3));
    if (expressions.chance(0.5)) {
      body.add(pushed());
    }
    expressions.forget(mark);
    // targets that use the freedom give other bits, but no loop here is one of theirs
    Stmt.Order order = body.size() % 2 == 0 ? Stmt.Order.OPEN : Stmt.Order.SEQUENTIAL;
    return new Stmt.Loop(index, from, to, order, body);
  }

  /// `if count[0] < capacity { push … }`.
  private Stmt pushed() {
    Buffer list = program.list();
    long capacity = ((Length.Fixed) list.length()).count();
    Expr room =
        new Expr.Compare(
            CompareOp.LT, new Expr.Load(program.count(), Expr.i32(0)), Expr.i32((int) capacity));
    return new Stmt.If(
        room,
        List.of(new Stmt.Push(list, program.count(), expressions.of(Scalar.I32, 2))),
        List.of());
  }

  private List<Stmt> whileLoop() {
    String turns = expressions.freshName("t");
    Expr turn = new Expr.Read(turns, Scalar.I32);
    Expr more =
        new Expr.Binary(
            BinaryOp.AND,
            new Expr.Compare(CompareOp.LT, turn, Expr.i32(random.nextInt(1, 8))),
            expressions.of(Scalar.BOOL, 2));
    int mark = expressions.mark();
    expressions.declare(turns, Scalar.I32);
    List<Stmt> body = straight(random.nextInt(1, 3));
    expressions.forget(mark);
    body.add(new Stmt.Assign(turns, new Expr.Binary(BinaryOp.ADD, turn, Expr.i32(1))));
    return List.of(new Stmt.Var(turns, Expr.i32(0)), new Stmt.While(more, body));
  }

  private List<Stmt> collecting() {
    String each = expressions.freshName("k");
    String at = expressions.freshName("j");
    Stmt.Collect collect = collection();
    int mark = expressions.mark();
    Expr element = new Expr.Read(at, Scalar.I32);
    expressions.declare(at, Scalar.I32);
    List<Stmt> body = new ArrayList<>();
    body.add(new Stmt.Let(at, new Expr.Load(program.list(), new Expr.Read(each, Scalar.I32))));
    Buffer target = expressions.pick(program.arrays());
    Expr masked = new Expr.Binary(BinaryOp.AND, element, Expr.i32(program.size() - 1));
    body.add(
        new Stmt.Store(
            target, masked, expressions.tame(expressions.of(target.cell().scalar(), 3))));
    expressions.forget(mark);
    return List.of(
        new Stmt.Store(program.count(), Expr.i32(0), Expr.i32(0)),
        collect,
        new Stmt.Loop(
            each,
            Expr.i32(0),
            new Expr.Load(program.count(), Expr.i32(0)),
            Stmt.Order.SEQUENTIAL,
            body));
  }

  /// Two in three have a body; its condition reads what that writes at its own places only.
  private Stmt.Collect collection() {
    Stmt.Loop loop = (Stmt.Loop) independentLoop();
    Set<Buffer> touched = Nodes.buffers(loop.body());
    boolean hasBody =
        expressions.chance(0.67)
            && !touched.contains(program.list())
            && !touched.contains(program.count());
    List<Stmt> body = hasBody ? loop.body() : List.of();
    List<Buffer> written = new ArrayList<>();
    Nodes.eachStatement(body, stmt -> written.addAll(Nodes.written(stmt)));
    int mark = expressions.mark();
    expressions.declare(loop.index(), Scalar.I32);
    expressions.enterIndependent(loop.index(), written, hasBody);
    Expr condition = expressions.of(Scalar.BOOL, 3);
    expressions.leaveIndependent();
    expressions.forget(mark);
    boolean readsList =
        Nodes.buffers(List.of(new Stmt.Let("", condition))).stream()
            .anyMatch(read -> read.equals(program.list()) || read.equals(program.count()));
    return new Stmt.Collect(
        loop.index(),
        loop.from(),
        loop.to(),
        readsList ? List.of() : body,
        condition,
        program.list(),
        program.count());
  }

  private Stmt words() {
    Expr count = Expr.i32(random.nextInt(program.size() + 1));
    return new Stmt.Words(
        program.words(),
        count,
        Expr.i32(random.nextInt()),
        expressions.of(Scalar.I32, 1),
        expressions.of(Scalar.I32, 1),
        expressions.of(Scalar.I32, 1),
        random.nextBoolean() ? new Draw.Word() : new Draw.Normal(),
        random.nextBoolean() ? 0 : Stmt.Words.TOGETHER * random.nextInt(3));
  }

  /// Locals and stores at masked elements.
  private List<Stmt> straight(int stores) {
    List<Stmt> body = new ArrayList<>();
    int mark = expressions.mark();
    for (int i = 0; i < stores; i++) {
      body.addAll(locals(random.nextInt(3)));
      Buffer buffer = expressions.pick(program.arrays());
      Supplier<Stmt> store =
          () ->
              new Stmt.Store(
                  buffer,
                  expressions.index(buffer, 2),
                  expressions.tame(expressions.of(buffer.cell().scalar(), DEPTH)));
      body.add(expressions.chance(0.2) ? branch(store) : store.get());
    }
    expressions.forget(mark);
    return body;
  }

  private List<Stmt> locals(int count) {
    List<Stmt> body = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Scalar type = expressions.pick(List.of(Scalar.values()));
      String name = expressions.freshName("v");
      Expr value = expressions.of(type, 3);
      if (expressions.chance(0.6)) {
        body.add(new Stmt.Let(name, value));
        expressions.declare(name, type);
      } else {
        body.add(new Stmt.Var(name, value));
        expressions.declare(name, type);
        body.add(branch(() -> new Stmt.Assign(name, expressions.of(type, 2))));
      }
    }
    return body;
  }

  private Stmt branch(Supplier<Stmt> stmt) {
    Expr condition = expressions.of(Scalar.BOOL, 2);
    List<Stmt> otherwise = expressions.chance(0.5) ? List.of() : List.of(stmt.get());
    return new Stmt.If(condition, List.of(stmt.get()), otherwise);
  }

  /// For each source, its synapses: weights change, targets receive.
  private Stmt rowLoop() {
    RandomProgram.Net net = expressions.pick(program.nets());
    Expr i = new Expr.Read(expressions.freshName("i"), Scalar.I32);
    return overSynapses(net, i, net.sources(), net.rowStart(), i, false);
  }

  /// For each source, the synapses of one delay class.
  private Stmt classLoop() {
    RandomProgram.Net net = expressions.pick(program.nets());
    Expr i = new Expr.Read(expressions.freshName("i"), Scalar.I32);
    Expr first =
        new Expr.Binary(
            BinaryOp.ADD,
            new Expr.Binary(BinaryOp.MUL, i, Expr.i32(net.classes())),
            Expr.i32(random.nextInt(net.classes())));
    return overSynapses(net, i, net.sources(), net.classStart(), first, false);
  }

  /// For each target, the synapses onto it by way of the transpose.
  private Stmt columnLoop() {
    RandomProgram.Net net = expressions.pick(program.nets());
    Expr i = new Expr.Read(expressions.freshName("i"), Scalar.I32);
    Expr first = new Expr.Binary(BinaryOp.MUL, i, Expr.i32(net.columnClasses()));
    return overSynapses(net, i, net.targets(), net.columnStart(), first, true);
  }

  private Stmt overSynapses(
      RandomProgram.Net net, Expr outer, int count, Buffer start, Expr first, boolean column) {
    String index = ((Expr.Read) outer).name();
    Expr s = new Expr.Read(expressions.freshName("s"), Scalar.I32);
    Expr synapse = column ? new Expr.Load(net.synapse(), s) : s;
    Expr end = new Expr.Binary(BinaryOp.ADD, first, Expr.i32(1));
    int mark = expressions.mark();
    expressions.declare(index, Scalar.I32);
    expressions.declare(((Expr.Read) s).name(), Scalar.I32);
    Expr weight = new Expr.Load(net.weight(), synapse);
    Scalar type = net.weight().cell().scalar();
    String w = expressions.freshName("w");
    List<Stmt> body = new ArrayList<>();
    body.add(new Stmt.Let(w, weight));
    expressions.declare(w, type);
    if (column) {
      String source = expressions.freshName("m");
      body.add(new Stmt.Let(source, new Expr.Load(net.source(), s)));
      expressions.declare(source, Scalar.I32);
    }
    body.add(new Stmt.Store(net.weight(), synapse, expressions.tame(expressions.of(type, 3))));
    Buffer sums = program.sums(type);
    Expr at =
        new Expr.Binary(
            BinaryOp.AND, new Expr.Load(net.target(), synapse), Expr.i32(program.size() - 1));
    Expr sum = new Expr.Binary(BinaryOp.ADD, new Expr.Load(sums, at), new Expr.Read(w, type));
    body.add(new Stmt.Store(sums, at, expressions.tame(sum)));
    expressions.forget(mark);
    Stmt inner =
        new Stmt.Loop(
            ((Expr.Read) s).name(),
            new Expr.Load(start, first),
            new Expr.Load(start, end),
            Stmt.Order.SEQUENTIAL,
            body);
    return new Stmt.Loop(
        index, Expr.i32(0), Expr.i32(count), Stmt.Order.SEQUENTIAL, List.of(inner));
  }
}
