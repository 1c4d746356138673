package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Training;

/// What the loss is made of, gathered at the end of each step.
final class Readings {
  private final Scalar real;
  private final int rows;
  private final double step;
  private final Map<Training.Reading, Buffer> buffers = new LinkedHashMap<>();

  private Readings(Program program, Training training) {
    this.real = program.real();
    this.rows = training.rows();
    this.step =
        training.spikes() instanceof Training.Spikes.Times(_, _, double length, _) ? length : 0;
    training.loss().stream()
        .flatMap(part -> part.readings().stream())
        .forEach(reading -> buffers.computeIfAbsent(reading, this::buffer));
  }

  /// A checkpoint may lie between a reset and the presentation.
  private Buffer buffer(Training.Reading reading) {
    Cell cell = real == Scalar.F32 ? Cell.F32 : Cell.F64;
    return new Buffer("reading." + buffers.size(), cell, Length.of(reading.size()), Role.PARAMETER);
  }

  static Readings of(Program program, Training training) {
    return new Readings(program, training);
  }

  List<Buffer> buffers() {
    return List.copyOf(buffers.values());
  }

  Buffer of(Training.Reading reading) {
    Buffer found = buffers.get(reading);
    if (found == null) {
      throw new IllegalArgumentException("no reading " + reading);
    }
    return found;
  }

  /// Names of the readings that are times of first spikes, and of the lists of spikes.
  Map<String, String> firsts(Program program) {
    Map<String, String> all = new LinkedHashMap<>();
    buffers.forEach((reading, buffer) -> {
      if (reading.how() == Training.How.FIRST) {
        all.put(buffer.name(), population(program, reading).spikes().name());
      }
    });
    return all;
  }

  /// The program that gathers them, from nothing after each reset.
  Program watched(Program program) {
    List<Stmt> clear = new ArrayList<>();
    List<Kernel> step = new ArrayList<>(program.step());
    int number = 0;
    for (var entry : buffers.entrySet()) {
      Training.Reading reading = entry.getKey();
      Buffer buffer = entry.getValue();
      String k = "k." + number;
      Stmt.Store first = new Stmt.Store(buffer, Form.index(k), nothing(reading.how()));
      clear.add(loop(k, reading.size(), Stmt.Order.INDEPENDENT, first));
      step.add(
          new Kernel(
              "reading:" + number,
              Phase.RECORD,
              List.of(gathered(program, reading, buffer, number))));
      number++;
    }
    List<Kernel> reset = new ArrayList<>(program.reset());
    reset.add(new Kernel("reading:clear", Phase.RESET, clear));
    List<Buffer> all = new ArrayList<>(program.buffers());
    all.addAll(buffers.values());
    return program.differentiated(all, reset, step, program.onDemand());
  }

  private static Stmt loop(String k, int size, Stmt.Order order, Stmt body) {
    return new Stmt.Loop(k, Expr.i32(0), Expr.i32(size), order, List.of(body));
  }

  private Expr nothing(Training.How how) {
    return switch (how) {
      case MAXIMUM -> Expr.real(real, Double.NEGATIVE_INFINITY);
      case MEAN, COUNT -> Expr.real(real, 0);
      case FIRST -> end();
    };
  }

  private Stmt gathered(Program program, Training.Reading reading, Buffer buffer, int number) {
    return switch (reading.how()) {
      case COUNT, FIRST -> counted(program, reading, buffer, number);
      case MAXIMUM, MEAN -> {
        String k = "m." + number;
        Expr before = new Expr.Load(buffer, Form.index(k));
        Expr now = value(program.buffer(reading.path()), k);
        Expr after =
            reading.how() == Training.How.MAXIMUM
                ? Form.choose(new Expr.Compare(CompareOp.GT, now, before), now, before)
                : new Expr.Fma(now, Expr.real(real, 1.0 / reading.last()), before);
        Expr kept = reading.last() >= rows ? after : Form.choose(isLate(reading), after, before);
        Stmt.Store store = new Stmt.Store(buffer, Form.index(k), kept);
        yield loop(k, reading.size(), Stmt.Order.INDEPENDENT, store);
      }
    };
  }

  private Expr value(Buffer state, String k) {
    return Form.convert(real, new Expr.Load(state, Form.index(k)));
  }

  /// Whether the step is one of the last that count.
  private Expr isLate(Training.Reading reading) {
    return new Expr.Compare(CompareOp.GE, episodeStep(), Expr.i32(rows - reading.last()));
  }

  private Stmt counted(Program program, Training.Reading reading, Buffer buffer, int number) {
    Directory.Population population = population(program, reading);
    String e = "e." + number;
    String who = "who." + number;
    Expr before = new Expr.Load(buffer, Form.index(who));
    Expr after =
        reading.how() == Training.How.FIRST
            ? Form.choose(new Expr.Compare(CompareOp.GE, before, end()), now(), before)
            : new Expr.Binary(BinaryOp.ADD, before, Expr.real(real, 1));
    return new Stmt.Loop(
        e,
        Expr.i32(0),
        Form.one(population.spikeCount()),
        Stmt.Order.SEQUENTIAL,
        List.of(
            new Stmt.Let(who, new Expr.Load(population.spikes(), Form.index(e))),
            new Stmt.Store(buffer, Form.index(who), after)));
  }

  static Directory.Population population(Program program, Training.Reading reading) {
    return program.directory().populations().stream()
        .filter(p -> p.name().equals(reading.path()))
        .findFirst()
        .orElseThrow();
  }

  /// The time of a first spike where there is none: a step beyond the sample.
  private Expr end() {
    return Expr.real(real, (rows + 1) * step);
  }

  /// The time at which the step ends.
  private Expr now() {
    Expr next = new Expr.Binary(BinaryOp.ADD, episodeStep(), Expr.i32(1));
    return Form.mul(new Expr.Convert(real, next), Expr.real(real, step));
  }

  private static Expr episodeStep() {
    Buffer clock = new Buffer(Clock.NAME, Cell.I64, Length.of(Clock.SIZE), Role.CLOCK);
    return new Expr.Convert(Scalar.I32, new Expr.Load(clock, Expr.i32(Clock.EPISODE_STEP)));
  }
}
