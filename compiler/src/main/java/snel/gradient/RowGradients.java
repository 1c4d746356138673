package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Stmt;

/// Derivatives of values that went through a full matrix of weights. Rows of sources that sent 0
/// have none. Those by the values are sums over rows, which would be made one product after the
/// other; a block of rows turned over gives those of all its sources side by side.
final class RowGradients {
  static final String PREFIX = "turned.block.";

  /// Sources that are turned over together: what comes of it stays in the second cache.
  private static final int BLOCK = 32;

  private final Adjoints adjoints;
  private final Names names;
  private final Flow flow;
  private final SentValues sent;
  private final Map<Buffer, Buffer> blocks = new LinkedHashMap<>();

  RowGradients(Adjoints adjoints, Names names, Flow flow, SentValues sent) {
    this.adjoints = adjoints;
    this.names = names;
    this.flow = flow;
    this.sent = sent;
  }

  List<Stmt> of(GradedRows rows) {
    var source = new SentValues.Source(rows.sums(), rows.source(), rows.sources(), rows.value());
    Optional<Buffer> held = SentValues.held(source);
    List<Stmt> all = new ArrayList<>();
    if (flow.isRelevant(rows.weights())) {
      all.add(byWeights(rows));
    }
    if (held.isPresent() && flow.isRelevant(held.get())) {
      all.addAll(byValues(rows, adjoints.of(held.get())));
    }
    if (held.isEmpty() && flow.passes(rows.value())) {
      all.add(sent.emptied(source));
      all.addAll(byValues(rows, adjoints.of(sent.buffer(source))));
      all.add(sent.taken(source));
    }
    return all;
  }

  private Stmt byWeights(GradedRows rows) {
    Expr.Read met = names.local("met", adjoints.real());
    String j = names.fresh("j");
    Expr at = Form.at(Form.index(rows.source()), rows.targets(), Form.index(j));
    Buffer gradient = adjoints.of(rows.weights());
    Expr came = new Expr.Load(adjoints.of(rows.sums()), Form.index(j));
    Stmt add = new Stmt.Store(gradient, at, new Expr.Fma(came, met, new Expr.Load(gradient, at)));
    Expr isSome = new Expr.Compare(CompareOp.NE, met, Expr.real(adjoints.real(), 0));
    return Form.loop(
        rows.source(),
        rows.sources(),
        new Stmt.Let(met.name(), rows.value()),
        new Stmt.If(isSome, List.of(Form.each(j, rows.targets(), add)), List.of()));
  }

  private List<Stmt> byValues(GradedRows rows, Buffer bars) {
    int whole = rows.sources() / BLOCK;
    int rest = rows.sources() % BLOCK;
    List<Stmt> all = new ArrayList<>();
    if (whole > 0) {
      String b = names.fresh("b");
      Expr first = new Expr.Binary(BinaryOp.MUL, Form.index(b), Expr.i32(BLOCK));
      all.add(Form.loop(b, whole, block(rows, bars, first, BLOCK)));
    }
    if (rest > 0) {
      all.addAll(List.of(block(rows, bars, Expr.i32(whole * BLOCK), rest)));
    }
    return all;
  }

  /// What comes to so many sources from the first on.
  private Stmt[] block(GradedRows rows, Buffer bars, Expr first, int count) {
    Buffer turned =
        blocks.computeIfAbsent(
            rows.weights(),
            w ->
                new Buffer(
                    PREFIX + w.name(),
                    w.cell(),
                    Length.of((long) Math.min(BLOCK, rows.sources()) * rows.targets()),
                    Role.SCRATCH));
    return new Stmt[] {turn(rows, turned, first, count), product(rows, turned, bars, first, count)};
  }

  private Stmt turn(GradedRows rows, Buffer turned, Expr first, int count) {
    String i = names.fresh("i");
    String j = names.fresh("j");
    Expr row = new Expr.Binary(BinaryOp.ADD, first, Form.index(i));
    Expr weight = new Expr.Load(rows.weights(), Form.at(row, rows.targets(), Form.index(j)));
    Expr to = Form.at(Form.index(j), count, Form.index(i));
    return Form.loop(i, count, Form.loop(j, rows.targets(), new Stmt.Store(turned, to, weight)));
  }

  private Stmt product(GradedRows rows, Buffer turned, Buffer bars, Expr first, int count) {
    String one = names.fresh("r");
    String j = names.fresh("j");
    String i = names.fresh("i");
    Expr.Read bar = names.local("bar", adjoints.real());
    Expr to = new Expr.Binary(BinaryOp.ADD, first, Form.index(i));
    Expr weight = new Expr.Load(turned, Form.at(Form.index(j), count, Form.index(i)));
    Stmt add = new Stmt.Store(bars, to, new Expr.Fma(bar, weight, new Expr.Load(bars, to)));
    Stmt let = new Stmt.Let(bar.name(), new Expr.Load(adjoints.of(rows.sums()), Form.index(j)));
    return Form.loop(one, 1, Form.loop(j, rows.targets(), let, Form.each(i, count, add)));
  }

  List<Buffer> buffers() {
    return List.copyOf(blocks.values());
  }
}
