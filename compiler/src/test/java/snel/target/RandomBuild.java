package snel.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.ConvShape;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Rule;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Makes random build steps: fills and wirings of every rule.
final class RandomBuild {
  private RandomBuild() {}

  /// A fill of an array with one value or with one each.
  static Optional<Build> fill(Random random, Buffer buffer) {
    int length = (int) ((Length.Fixed) buffer.length()).count();
    int values = random.nextBoolean() ? 1 : length;
    boolean real = buffer.cell().scalar().isFloat();
    return switch (random.nextInt(3)) {
      case 0 -> Optional.empty();
      case 1 ->
          real
              ? Optional.of(new Build.Fill(buffer, random.doubles(values, -50, 50).toArray()))
              : Optional.of(new Build.FillIntegers(buffer, random.longs(values).toArray()));
      default ->
          Optional.of(
              new Build.Fill(buffer, random.ints(values, -99, 999).asDoubleStream().toArray()));
    };
  }

  /// Adds a wiring with weights, delays, the order by delay and the transpose.
  static void wire(Random random, RandomProgram program, String name, List<Build> build) {
    int most = program.size();
    boolean sameEnds = random.nextInt(4) == 0;
    int sources = random.nextInt(2, most + 1);
    int targets = sameEnds ? sources : random.nextInt(2, most + 1);
    Rule rule = rule(random, sources, targets);
    if (shape(rule).isPresent()) {
      ConvShape shape = shape(rule).orElseThrow();
      sources = shape.sourceChannels() * shape.sourceHeight() * shape.sourceWidth();
      targets = shape.targetChannels() * shape.targetHeight() * shape.targetWidth();
    }
    if (rule instanceof Rule.OneToOne) {
      targets = sources;
    }
    Length synapses = new Length.Synapses(name);
    program.declare(name + ".ring", Cell.F32, new Length.Synapses(name, 3), Role.STATE);
    Buffer rowStart = program.declare(name + ".rows", Cell.I32, sources + 1L, Role.WIRING);
    Cell targetCell = random.nextBoolean() ? Cell.U16 : Cell.I32;
    Buffer target = program.declare(name + ".target", targetCell, synapses, Role.STATE);
    Optional<Buffer> multapse =
        random.nextBoolean()
            ? Optional.of(program.declare(name + ".multapse", Cell.I32, synapses, Role.STATE))
            : Optional.empty();
    boolean hasShared = rule instanceof Rule.Pairs || shape(rule).isPresent();
    Optional<Buffer> shared =
        hasShared
            ? Optional.of(program.declare(name + ".shared", Cell.I32, synapses, Role.STATE))
            : Optional.empty();
    boolean excludes =
        sources == targets
            && (rule instanceof Rule.All
                || rule instanceof Rule.Bernoulli
                || rule instanceof Rule.FixedIndegree);
    Wiring wiring =
        new Wiring(
            name,
            rule,
            sources,
            targets,
            random.nextInt(),
            excludes,
            excludes ? random.nextInt(-1, 2) : 0,
            rowStart,
            target,
            multapse,
            shared,
            (double) sources * targets);
    build.addAll(made(random, wiring));
    Length both = new Length.Synapses(name + " twice");
    program.declare(name + ".twice", Cell.F32, both, Role.STATE);
    build.add(new Build.Join(name + " twice", List.of(rowStart, rowStart)));
    addViews(random, program, wiring, synapses, build);
  }

  private static List<Build> made(Random random, Wiring wiring) {
    Build wire = new Build.Wire(wiring);
    if (!(wiring.rule() instanceof Rule.Counted)) {
      return List.of(wire);
    }
    long[] counts =
        LongStream.concat(
                LongStream.of(0), random.longs(wiring.sources(), 0, wiring.targets() + 1L))
            .toArray();
    return List.of(
        new Build.FillIntegers(wiring.rowStart(), counts),
        wire,
        new Build.Run(firstTargets(wiring)));
  }

  /// Joins each source to as many targets as were counted, the first ones.
  private static Kernel firstTargets(Wiring wiring) {
    Expr i = new Expr.Read("i", Scalar.I32);
    Expr s = new Expr.Read("s", Scalar.I32);
    Expr start = new Expr.Load(wiring.rowStart(), i);
    Expr end = new Expr.Load(wiring.rowStart(), new Expr.Binary(BinaryOp.ADD, i, Expr.i32(1)));
    Stmt target = new Stmt.Store(wiring.target(), s, new Expr.Binary(BinaryOp.SUB, s, start));
    Stmt row = new Stmt.Loop("s", start, end, Stmt.Order.SEQUENTIAL, List.of(target));
    Expr sources = Expr.i32(wiring.sources());
    return new Kernel(
        wiring.name() + ".targets",
        Phase.BUILD,
        List.of(new Stmt.Loop("i", Expr.i32(0), sources, Stmt.Order.SEQUENTIAL, List.of(row))));
  }

  private static void addViews(
      Random random, RandomProgram program, Wiring wiring, Length synapses, List<Build> build) {
    String name = wiring.name();
    int classes = random.nextInt(1, 4);
    Cell weightCell = Cell.values()[random.nextInt(Cell.values().length)];
    Buffer weight = program.declare(name + ".weight", weightCell, synapses, Role.PLASTIC);
    Cell delayCell = List.of(Cell.U8, Cell.U16, Cell.I32).get(random.nextInt(3));
    Buffer delay = program.declare(name + ".delay", delayCell, synapses, Role.STATE);
    Buffer passing = program.declare(name + ".passing", Cell.I32, synapses, Role.WIRING);
    build.add(new Build.Run(synapseValues(random, wiring, passing, weight, delay, classes)));
    build.add(new Build.Release(passing));
    Buffer classStart =
        program.declare(
            name + ".classes", Cell.I32, (long) wiring.sources() * classes + 1, Role.STATE);
    List<Buffer> carried = new ArrayList<>(List.of(weight));
    build.add(new Build.SortByDelay(wiring, delay, classes, classStart, carried));
    boolean byDelay = random.nextBoolean();
    int columns = byDelay ? classes : 1;
    Buffer columnStart =
        program.declare(
            name + ".columns", Cell.I32, (long) wiring.targets() * columns + 1, Role.STATE);
    Buffer synapse = program.declare(name + ".synapse", Cell.I32, synapses, Role.STATE);
    Cell sourceCell = random.nextBoolean() ? Cell.U16 : Cell.I32;
    Buffer source = program.declare(name + ".source", sourceCell, synapses, Role.STATE);
    build.add(
        new Build.Transpose(
            wiring,
            byDelay ? Optional.of(delay) : Optional.empty(),
            columns,
            columnStart,
            synapse,
            source));
    program.add(
        new RandomProgram.Net(
            wiring.sources(),
            wiring.targets(),
            classes,
            columns,
            wiring.rowStart(),
            wiring.target(),
            weight,
            classStart,
            columnStart,
            synapse,
            source));
  }

  /// Weights and delays drawn for each pair.
  private static Kernel synapseValues(
      Random random, Wiring wiring, Buffer passing, Buffer weight, Buffer delay, int classes) {
    Expr i = new Expr.Read("i", Scalar.I32);
    Expr s = new Expr.Read("s", Scalar.I32);
    Expr j = new Expr.Load(wiring.target(), s);
    Expr zero = Expr.i32(0);
    Expr word = new Expr.Philox(Expr.i32(random.nextInt()), j, i, zero, zero, zero);
    Expr other = new Expr.Philox(Expr.i32(random.nextInt()), j, i, zero, zero, zero);
    Expr positive = new Expr.Binary(BinaryOp.USHR, word, Expr.i32(8));
    Expr value = new Expr.Convert(weight.cell().scalar(), new Expr.Load(passing, s));
    Stmt inner =
        new Stmt.Loop(
            "s",
            new Expr.Load(wiring.rowStart(), i),
            new Expr.Load(wiring.rowStart(), new Expr.Binary(BinaryOp.ADD, i, Expr.i32(1))),
            Stmt.Order.INDEPENDENT,
            List.of(
                new Stmt.Store(
                    delay, s, new Expr.Binary(BinaryOp.REM, positive, Expr.i32(classes))),
                new Stmt.Store(passing, s, other),
                new Stmt.Store(weight, s, value)));
    return new Kernel(
        wiring.name() + ".values",
        Phase.BUILD,
        List.of(
            new Stmt.Loop(
                "i", zero, Expr.i32(wiring.sources()), Stmt.Order.INDEPENDENT, List.of(inner))));
  }

  private static Optional<ConvShape> shape(Rule rule) {
    return switch (rule) {
      case Rule.Conv(ConvShape shape) -> Optional.of(shape);
      case Rule.Pool(ConvShape shape) -> Optional.of(shape);
      case Rule.Window(ConvShape shape) -> Optional.of(shape);
      case Rule.All _,
          Rule.OneToOne _,
          Rule.Bernoulli _,
          Rule.Counted _,
          Rule.FixedIndegree _,
          Rule.FixedOutdegree _,
          Rule.FixedTotal _,
          Rule.Pairs _ ->
          Optional.empty();
    };
  }

  private static Rule rule(Random random, int sources, int targets) {
    boolean multapses = random.nextBoolean();
    return switch (random.nextInt(11)) {
      case 0 -> new Rule.All();
      case 1 -> new Rule.OneToOne();
      case 2 -> new Rule.Bernoulli(random.nextDouble());
      case 3 -> new Rule.Counted();
      case 4 -> new Rule.FixedIndegree(random.nextInt(sources), multapses);
      case 5 -> new Rule.FixedOutdegree(random.nextInt(targets), multapses);
      case 6 -> new Rule.FixedTotal(random.nextInt(sources * targets), multapses);
      case 7 -> {
        int count = random.nextInt(1, 40);
        yield new Rule.Pairs(
            IntStream.range(0, count).map(_ -> random.nextInt(sources)).toArray(),
            IntStream.range(0, count).map(_ -> random.nextInt(targets)).toArray());
      }
      case 8 -> new Rule.Conv(map(random, random.nextInt(1, 3)));
      case 9 -> {
        ConvShape shape = map(random, 1);
        yield new Rule.Pool(shape);
      }
      default -> new Rule.Window(map(random, random.nextInt(1, 3)));
    };
  }

  /// A map of one source channel.
  private static ConvShape map(Random random, int targetChannels) {
    int height = random.nextInt(3, 5);
    int width = random.nextInt(3, 5);
    int kernel = random.nextInt(2, 4);
    int stride = random.nextInt(1, 3);
    int padding = random.nextInt(2);
    int targetHeight = (height + 2 * padding - kernel) / stride + 1;
    int targetWidth = (width + 2 * padding - kernel) / stride + 1;
    return new ConvShape(
        1,
        height,
        width,
        targetChannels,
        targetHeight,
        targetWidth,
        kernel,
        kernel,
        stride,
        stride,
        padding,
        padding,
        1,
        1,
        1,
        false);
  }
}
