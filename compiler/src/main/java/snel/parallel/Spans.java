package snel.parallel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

/// Makes the kernels of spans.
///
/// Each part keeps a clock for its near half. Its spikes of a step go into a ring that has room for
/// two spans: the others may still read those of the last one.
final class Spans {
  private static final Expr ZERO = Expr.i32(0);
  private static final String NEAR = "@near ";

  private final Program program;
  private final Ranges ranges;
  private final Halves.Found halves;
  private final Copies copies;
  private final Slices slices;
  private final Segments segments;
  private final Map<String, Buffer> sent = new LinkedHashMap<>();
  private final int slots;

  Spans(Program program, Ranges ranges, Halves.Found halves, Slices slices) {
    this.slices = slices;
    this.program = program;
    this.ranges = ranges;
    this.halves = halves;
    this.copies = halves.copies();
    this.segments = halves.segments();
    this.slots = Integer.highestOneBit(2 * halves.most() - 1) << 1;
    Map<String, Buffer> named =
        program.buffers().stream().collect(Collectors.toMap(Buffer::name, Function.identity()));
    for (Halves.Share share : halves.shares()) {
      share
          .accesses()
          .eachWritten((name, owner) -> {
            boolean isSlice =
                owner instanceof Owner.Neuron
                    || owner instanceof Owner.Slice
                    || owner instanceof Owner.Target;
            if (isSlice && named.containsKey(name) && !copies.has(name)) {
              slices.add(named.get(name), owner);
            }
          });
    }
  }

  Span span() {
    List<Span.Part> parts = new ArrayList<>();
    for (int part = 0; part < ranges.parts(); part++) {
      parts.add(part(part));
    }
    return new Span(halves.most(), parts, found(), longer());
  }

  /// What else the kernels need: arrays that begin as zeros.
  List<Buffer> buffers() {
    return Stream.of(segments.all(), copies.buffers(), List.copyOf(sent.values()), slices.buffers())
        .flatMap(List::stream)
        .toList();
  }

  /// What is done before spans.
  List<Kernel> begin() {
    List<Stmt> body = new ArrayList<>();
    for (int part = 0; part < ranges.parts(); part++) {
      body.add(Copies.copy(clock(), nearClock(part)));
      for (Stmt.Collect collect : halves.collects()) {
        body.addAll(own(collect, part));
      }
    }
    List<Kernel> kernels = new ArrayList<>(copies.made(ranges.parts()));
    kernels.addAll(slices.begin());
    kernels.add(new Kernel("@begin", Phase.ON_DEMAND, body));
    return kernels;
  }

  /// What is done after them.
  List<Kernel> end() {
    return slices.end();
  }

  /// Takes a part's own out of a list.
  private List<Stmt> own(Stmt.Collect collect, int part) {
    int neurons = (int) ((Expr.Const) collect.to()).bits();
    Buffer list = segments.list(collect, part);
    Buffer count = segments.count(collect, part);
    Expr neuron = new Expr.Read("$i", Scalar.I32);
    Expr number = new Expr.Load(count, ZERO);
    Stmt append =
        when(
            new Expr.Compare(CompareOp.LT, neuron, Expr.i32(ranges.end(part, neurons))),
            new Stmt.Store(list, number, neuron),
            new Stmt.Store(count, ZERO, add(number, Expr.i32(1))));
    return List.of(
        new Stmt.Store(count, ZERO, ZERO),
        each(
            collect.count(),
            ZERO,
            new Stmt.Let("$i", new Expr.Load(collect.list(), K)),
            when(
                new Expr.Compare(CompareOp.GE, neuron, Expr.i32(ranges.start(part, neurons))),
                append)));
  }

  private Span.Part part(int part) {
    List<Kernel> head = new ArrayList<>();
    List<Kernel> near = new ArrayList<>();
    List<Kernel> tail = new ArrayList<>();
    for (Halves.Share share : halves.shares()) {
      Piece piece = share.piece();
      if (share.isFar()) {
        List<Stmt> block =
            new Renaming(buffer -> slices.of(copies.of(buffer, part), part))
                .of(share.parts().get(part));
        add(halves.isHead(share) ? head : tail, piece, part, block);
      } else {
        UnaryOperator<Buffer> instead =
            buffer ->
                buffer.equals(clock()) ? nearClock(part) : slices.of(copies.of(buffer, part), part);
        List<Stmt> noted =
            Findings.noted(
                share.parts().get(part), finding -> segments.instead(finding, piece.name(), part));
        add(near, piece, part, new Renaming(instead).of(noted));
        piece
            .collect()
            .ifPresent(collect -> {
              near.add(
                  new Kernel(piece.name() + "@send " + part, piece.phase(), sent(collect, part)));
              tail.add(
                  new Kernel(
                      piece.name() + "@receive " + part, piece.phase(), received(collect, part)));
            });
      }
    }
    near.add(new Kernel("@near end " + part, Phase.RECORD, nearEnd(part)));
    tail.add(new Kernel("@far end " + part, Phase.RECORD, advanced(copies.of(clock(), part))));
    return new Span.Part(head, near, tail, stop(part), forget(part));
  }

  private static void add(List<Kernel> kernels, Piece piece, int part, List<Stmt> block) {
    if (!block.isEmpty()) {
      kernels.add(new Kernel(piece.name() + "@" + part, piece.phase(), block));
    }
  }

  private Buffer clock() {
    return program.buffer(Clock.NAME);
  }

  private Buffer nearClock(int part) {
    return copies.other(clock(), NEAR + part);
  }

  private static List<Stmt> advanced(Buffer clock) {
    return Stream.of(Clock.STEP, Clock.EPISODE_STEP, Clock.TIME)
        .<Stmt>map(counter -> {
          Expr at = Expr.i32(counter);
          return new Stmt.Store(
              clock, at, add(new Expr.Load(clock, at), new Expr.Const(Scalar.I64, 1)));
        })
        .toList();
  }

  /// Puts a part's spikes of a step where the others find them.
  private List<Stmt> sent(Stmt.Collect collect, int part) {
    Expr slot = slot(nearClock(part));
    Buffer count = segments.count(collect, part);
    return List.of(
        each(
            count,
            ZERO,
            new Stmt.Store(
                ring(collect, part),
                add(start(collect, part, slot), K),
                new Expr.Load(segments.list(collect, part), K))),
        new Stmt.Store(counts(collect, part), slot, new Expr.Load(count, ZERO)));
  }

  /// Puts together the spikes of all parts in a step, in the order of the neurons.
  private List<Stmt> received(Stmt.Collect collect, int part) {
    Expr slot = slot(copies.of(clock(), part));
    Buffer list = copies.of(collect.list(), part);
    Buffer count = copies.of(collect.count(), part);
    Expr end = new Expr.Load(count, ZERO);
    List<Stmt> body = new ArrayList<>();
    body.add(new Stmt.Store(count, ZERO, ZERO));
    for (int from = 0; from < ranges.parts(); from++) {
      Buffer number = counts(collect, from);
      body.add(
          each(
              number,
              slot,
              new Stmt.Store(
                  list,
                  add(end, K),
                  new Expr.Load(ring(collect, from), add(start(collect, from, slot), K)))));
      body.add(new Stmt.Store(count, ZERO, add(end, new Expr.Load(number, slot))));
    }
    return body;
  }

  private Expr slot(Buffer clock) {
    Expr step = new Expr.Load(clock, Expr.i32(Clock.STEP));
    return new Expr.Binary(BinaryOp.AND, new Expr.Convert(Scalar.I32, step), Expr.i32(slots - 1));
  }

  private Expr start(Stmt.Collect collect, int part, Expr slot) {
    return new Expr.Binary(BinaryOp.MUL, slot, Expr.i32(length(collect, part)));
  }

  private int length(Stmt.Collect collect, int part) {
    int neurons = (int) ((Expr.Const) collect.to()).bits();
    return ranges.end(part, neurons) - ranges.start(part, neurons);
  }

  private Buffer ring(Stmt.Collect collect, int part) {
    return sent(collect.list(), (long) slots * length(collect, part), part);
  }

  private Buffer counts(Stmt.Collect collect, int part) {
    return sent(collect.count(), slots, part);
  }

  private Buffer sent(Buffer of, long length, int part) {
    return sent.computeIfAbsent(
        of.name() + "@sent " + part,
        name -> new Buffer(name, Cell.I32, Length.of(length), Role.SCRATCH));
  }

  private Buffer stop(int part) {
    return copies.other(program.buffer(Clock.HALT), "@stop " + part);
  }

  /// Advances the clock of the near half, and asks to stop if something was found.
  private List<Stmt> nearEnd(int part) {
    List<Stmt> body = new ArrayList<>(advanced(nearClock(part)));
    for (Halves.Share share : finding()) {
      body.add(when(found(share, part), new Stmt.Store(stop(part), ZERO, Expr.i32(1))));
    }
    return body;
  }

  private List<Halves.Share> finding() {
    return halves.shares().stream()
        .filter(share -> !share.isFar() && !Findings.of(share.piece().body()).isEmpty())
        .toList();
  }

  private Expr found(Halves.Share share, int part) {
    return new Expr.Compare(CompareOp.NE, new Expr.Load(halt(share, part), ZERO), ZERO);
  }

  private Buffer halt(Halves.Share share, int part) {
    return segments.instead(program.buffer(Clock.HALT), share.piece().name(), part);
  }

  private Kernel forget(int part) {
    List<Stmt> body = new ArrayList<>();
    body.add(new Stmt.Store(stop(part), ZERO, ZERO));
    finding().forEach(share -> body.add(new Stmt.Store(halt(share, part), ZERO, ZERO)));
    return new Kernel("@forget " + part, Phase.ON_DEMAND, body);
  }

  private List<Kernel> found() {
    Buffer fault = program.buffer(Clock.FAULT);
    List<Stmt> body = new ArrayList<>();
    for (Halves.Share share : finding()) {
      for (int part = 0; part < ranges.parts(); part++) {
        body.add(
            Findings.taken(
                fault,
                segments.instead(fault, share.piece().name(), part),
                program.buffer(Clock.HALT),
                halt(share, part)));
      }
    }
    return List.of(new Kernel("@found", Phase.ON_DEMAND, body));
  }

  /// What is logged of a span and of the one before it comes on top of what is otherwise left.
  private Map<Buffer, Long> longer() {
    Map<Buffer, Long> longer = new LinkedHashMap<>();
    for (Directory.Population population : program.directory().populations()) {
      population
          .log()
          .ifPresent(log ->
              Stream.concat(Stream.of(log.index(), log.step()), log.early().stream())
                  .forEach(buffer -> longer.put(buffer, 2L * halves.most() * population.size())));
    }
    return longer;
  }

  private static final Expr K = new Expr.Read("$k", Scalar.I32);

  private static Stmt each(Buffer count, Expr at, Stmt... body) {
    return new Stmt.Loop(
        "$k", ZERO, new Expr.Load(count, at), Stmt.Order.SEQUENTIAL, List.of(body));
  }

  private static Stmt when(Expr condition, Stmt... block) {
    return new Stmt.If(condition, List.of(block), List.of());
  }

  private static Expr add(Expr left, Expr right) {
    return new Expr.Binary(BinaryOp.ADD, left, right);
  }
}
