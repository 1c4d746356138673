package snel.gradient;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.pass.GradedConv;
import snel.pass.Patchwork;

/// Derivatives of what is transmitted as values. Through a shared kernel they are products of
/// matrices; and where nothing has come to the sums of a projection, in the steps in which the loss
/// does not hang on it, nothing is done.
final class GradedGradients {
  static final String PREFIX = "patches.";

  /// Columns of what is added up are made as many as fill whole vectors.
  private static final int COLUMNS = 16;

  private final Program program;
  private final Adjoints adjoints;
  private final Names names;
  private final Flow flow;
  private final ConvProducts convolutions;
  private final SentValues sent;
  private final RowGradients rows;
  private final Map<Buffer, Work> made = new LinkedHashMap<>();

  /// @param patches one row a weight of a target channel, one column a place
  /// @param came one row a place, one column a target channel
  /// @param sums one row a weight, one column a target channel
  /// @param turned the sums as the weights lie
  private record Work(Buffer patches, Buffer came, Buffer sums, Buffer turned, int columns) {}

  GradedGradients(
      Program program,
      Adjoints adjoints,
      Names names,
      Flow flow,
      ConvProducts convolutions,
      BodyAdjoint bodies) {
    this.program = program;
    this.adjoints = adjoints;
    this.names = names;
    this.flow = flow;
    this.convolutions = convolutions;
    this.sent = new SentValues(adjoints, names, bodies);
    this.rows = new RowGradients(adjoints, names, flow, sent);
  }

  /// What a loop gives back that sends values through a shared kernel or a full matrix.
  Optional<List<Stmt>> of(Stmt.Loop loop) {
    return GradedConv.of(loop, program)
        .filter(conv -> isUsual(conv.weights(), conv.sums()))
        .flatMap(this::adjoint)
        .or(() ->
            GradedRows.of(loop)
                .filter(all -> isUsual(all.weights(), all.sums()))
                .map(all -> whereAny(all.sums(), rows.of(all))));
  }

  private boolean isUsual(Buffer weights, Buffer sums) {
    return weights.cell() == adjoints.cell()
        && sums.cell() == adjoints.cell()
        && !flow.varies(weights);
  }

  private Optional<List<Stmt>> adjoint(GradedConv conv) {
    boolean isPadded = conv.shape().paddingX() > 0 || conv.shape().paddingY() > 0;
    if (isPadded && flow.isRelevant(conv.weights())) {
      return Optional.empty();
    }
    var source = new SentValues.Source(conv.sums(), conv.source(), conv.sources(), conv.value());
    Optional<Buffer> held = SentValues.held(source);
    Buffer values = held.orElseGet(() -> sent.buffer(source));
    List<Stmt> all = new ArrayList<>();
    if (flow.isRelevant(conv.weights())) {
      if (held.isEmpty()) {
        all.add(sent.written(source));
      }
      all.addAll(byWeights(conv, values));
    }
    if (held.isPresent() && flow.isRelevant(values)) {
      all.add(convolutions.added(conv.sums(), conv.weights(), conv.shape(), values));
    }
    if (held.isEmpty() && flow.passes(conv.value())) {
      all.add(sent.emptied(source));
      all.add(convolutions.added(conv.sums(), conv.weights(), conv.shape(), values));
      all.add(sent.taken(source));
    }
    return Optional.of(whereAny(conv.sums(), all));
  }

  private Work work(GradedConv conv) {
    String name = PREFIX + conv.weights().name();
    int columns = Math.ceilDiv(conv.shape().targetChannels(), COLUMNS) * COLUMNS;
    return new Work(
        buffer(name, conv.taps() * conv.places()),
        buffer(name + ".came", conv.places() * columns),
        buffer(name + ".sums", conv.taps() * columns),
        buffer(name + ".turned", conv.taps() * conv.shape().targetChannels()),
        columns);
  }

  private Buffer buffer(String name, int size) {
    return new Buffer(name, adjoints.cell(), Length.of(size), Role.SCRATCH);
  }

  /// For each weight the sum over all places of what it met times what came.
  private List<Stmt> byWeights(GradedConv conv, Buffer values) {
    Work work = made.computeIfAbsent(conv.weights(), _ -> work(conv));
    int channels = conv.shape().targetChannels();
    String p = names.fresh("p");
    Expr zero = Expr.real(adjoints.real(), 0);
    List<Stmt> all = new ArrayList<>();
    all.add(
        Form.each(p, conv.taps() * work.columns, new Stmt.Store(work.sums, Form.index(p), zero)));
    if (work.columns > channels) {
      String c = names.fresh("c");
      all.add(
          Form.each(
              c, conv.places() * work.columns, new Stmt.Store(work.came, Form.index(c), zero)));
    }
    all.add(new Patchwork(conv.shape(), names::fresh).of(work.patches, values));
    all.add(turned(work.came, work.columns, adjoints.of(conv.sums()), channels, conv.places()));
    all.add(product(conv, work));
    all.add(turned(work.turned, conv.taps(), work.sums, conv.taps(), work.columns, channels));
    String w = names.fresh("w");
    Buffer gradient = adjoints.of(conv.weights());
    Expr sum =
        Form.add(new Expr.Load(gradient, Form.index(w)), new Expr.Load(work.turned, Form.index(w)));
    all.add(Form.each(w, conv.taps() * channels, new Stmt.Store(gradient, Form.index(w), sum)));
    return all;
  }

  private Stmt product(GradedConv conv, Work work) {
    String tap = names.fresh("k");
    String place = names.fresh("p");
    String column = names.fresh("n");
    Expr met = Form.at(tap, conv.places(), place);
    Expr to = Form.at(tap, work.columns, column);
    Expr.Read value = names.local("met", adjoints.real());
    Expr came = new Expr.Load(work.came, Form.at(place, work.columns, column));
    Stmt add =
        new Stmt.Store(work.sums, to, new Expr.Fma(value, came, new Expr.Load(work.sums, to)));
    return Form.loop(
        tap,
        conv.taps(),
        Form.loop(
            place,
            conv.places(),
            new Stmt.Let(value.name(), new Expr.Load(work.patches, met)),
            Form.each(column, work.columns, add)));
  }

  /// `to[j, i] = from[i, j]` for all rows of `from`.
  private Stmt turned(Buffer to, int toWidth, Buffer from, int rows, int width) {
    return turned(to, toWidth, from, rows, width, width);
  }

  /// The same for the first columns only.
  private Stmt turned(Buffer to, int toWidth, Buffer from, int rows, int width, int columns) {
    String i = names.fresh("i");
    String j = names.fresh("j");
    Expr there = Form.at(j, toWidth, i);
    Stmt store = new Stmt.Store(to, there, new Expr.Load(from, Form.at(i, width, j)));
    return Form.loop(i, rows, Form.loop(j, columns, store));
  }

  /// The statements if anything has come to the sums.
  private List<Stmt> whereAny(Buffer sums, List<Stmt> statements) {
    if (!(sums.length() instanceof Length.Fixed(long size))) {
      return statements;
    }
    String any = names.fresh("any");
    String k = names.fresh("k");
    Expr nothing = Expr.real(adjoints.real(), 0);
    Expr bar = new Expr.Load(adjoints.of(sums), Form.index(k));
    Stmt seen = new Stmt.Assign(any, Expr.i32(1));
    Expr isSome = new Expr.Compare(CompareOp.NE, bar, nothing);
    Expr wasSeen = new Expr.Compare(CompareOp.NE, new Expr.Read(any, Scalar.I32), Expr.i32(0));
    return List.of(
        new Stmt.Var(any, Expr.i32(0)),
        Form.loop(k, (int) size, new Stmt.If(isSome, List.of(seen), List.of())),
        new Stmt.If(wasSeen, statements, List.of()));
  }

  /// The adjoint of a loop along synapses, if it only adds to the sums of one projection what comes
  /// to them: if anything has.
  List<Stmt> whereAny(Body body, List<Stmt> statements) {
    Set<Buffer> changed = new HashSet<>();
    for (Body.Inner inner : body.inner()) {
      inner.body().changed().keySet().forEach(place -> changed.add(place.buffer()));
      if (!inner.body().straight().onlyAdds(inner.body().changed().keySet())) {
        return statements;
      }
    }
    boolean plain = body.changed().isEmpty() && changed.size() == 1;
    return plain ? whereAny(changed.iterator().next(), statements) : statements;
  }

  List<Buffer> buffers() {
    List<Buffer> all = new ArrayList<>(sent.buffers());
    all.addAll(rows.buffers());
    made.values()
        .forEach(work -> all.addAll(List.of(work.patches, work.came, work.sums, work.turned)));
    return all;
  }
}
