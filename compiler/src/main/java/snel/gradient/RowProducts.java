package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Stmt;

/// Products of the derivatives of all targets with the rows of a full matrix of weights, for all
/// sources at once: over the columns of the matrix, which lie side by side in a copy that is turned
/// over once a sample. Sums over single rows would take several times as long.
final class RowProducts {
  static final String PREFIX = "turned.";

  /// Weights that the nearest cache does not hold.
  private static final int LARGE = 8192;

  private static final int MANY_TARGETS = 64;

  private final Adjoints adjoints;
  private final Names names;
  private final Flow flow;
  private final Map<Buffer, Buffer> turned = new LinkedHashMap<>();
  private final Map<Buffer, Integer> sources = new LinkedHashMap<>();

  RowProducts(Adjoints adjoints, Names names, Flow flow) {
    this.adjoints = adjoints;
    this.names = names;
    this.flow = flow;
  }

  /// A loop that adds the row of a neuron's weights to something.
  record Row(Body.Inner inner, Place place, Buffer weights, int targets) {}

  /// The inner loops that [#added] takes.
  List<Body.Inner> among(Body body, String neuron, int size) {
    List<Body.Inner> found = new ArrayList<>();
    body.inner().forEach(inner -> row(inner, neuron, size).ifPresent(row -> found.add(row.inner)));
    return found;
  }

  Optional<Row> row(Body.Inner inner, String neuron, int size) {
    Body body = inner.body();
    if (!Form.isZero(inner.from())
        || !(inner.to() instanceof Expr.Const(_, long targets))
        || !body.inner().isEmpty()
        || body.changed().size() != 1) {
      return Optional.empty();
    }
    Map.Entry<Place, Expr> change = body.changed().entrySet().iterator().next();
    Place place = change.getKey();
    Optional<Expr> added = body.straight().added(place, change.getValue());
    Expr row =
        new Expr.Binary(
            BinaryOp.ADD,
            new Expr.Binary(BinaryOp.MUL, Form.index(neuron), Expr.i32((int) targets)),
            Form.index(inner.index()));
    return added
                .map(body.straight()::inlined)
                .filter(amount ->
                    amount instanceof Expr.Load(var weights, var index)
                        && !flow.varies(weights)
                        && weights.cell() == adjoints.cell()
                        && weights.length().equals(Length.of(size * targets))
                        && index.equals(row))
                .isPresent()
            && !Form.mentions(place.index(), neuron)
        ? added
            .map(body.straight()::inlined)
            .map(amount -> new Row(inner, place, ((Expr.Load) amount).buffer(), (int) targets))
        : Optional.empty();
  }

  /// What the loops give to the derivatives by the list.
  ///
  /// @param size neurons that the list may hold
  List<Stmt> added(Body body, String neuron, int size, Buffer list) {
    List<Stmt> all = new ArrayList<>();
    for (Body.Inner inner : body.inner()) {
      row(inner, neuron, size).ifPresent(row -> all.add(product(row, size, list)));
    }
    return all;
  }

  private Stmt product(Row row, int size, Buffer list) {
    Buffer columns =
        turned.computeIfAbsent(
            row.weights, w -> new Buffer(PREFIX + w.name(), w.cell(), w.length(), Role.SCRATCH));
    sources.put(row.weights, size);
    String j = row.inner.index();
    Expr.Read bar = names.local("bar", adjoints.real());
    String i = names.fresh("i");
    Expr column =
        new Expr.Binary(
            BinaryOp.ADD,
            new Expr.Binary(BinaryOp.MUL, Form.index(j), Expr.i32(size)),
            Form.index(i));
    Buffer sum = adjoints.of(list);
    Expr more =
        new Expr.Fma(bar, new Expr.Load(columns, column), new Expr.Load(sum, Form.index(i)));
    Stmt inside =
        new Stmt.Loop(
            i,
            Expr.i32(0),
            Expr.i32(size),
            Stmt.Order.INDEPENDENT,
            List.of(new Stmt.Store(sum, Form.index(i), more)));
    List<Stmt> each = new ArrayList<>(row.inner.body().lets());
    each.add(
        new Stmt.Let(
            bar.name(), new Expr.Load(adjoints.of(row.place.buffer()), row.place.index())));
    each.add(inside);
    return new Stmt.Loop(j, Expr.i32(0), Expr.i32(row.targets), Stmt.Order.SEQUENTIAL, each);
  }

  /// Whether one of them is large enough that its weights come from a distant cache.
  boolean areLarge() {
    return sources.entrySet().stream()
        .anyMatch(entry ->
            entry.getKey().length() instanceof Length.Fixed(long count)
                && count >= LARGE
                && count / entry.getValue() >= MANY_TARGETS);
  }

  List<Buffer> buffers() {
    return List.copyOf(turned.values());
  }

  /// Turns the weights over.
  List<Stmt> turn() {
    List<Stmt> all = new ArrayList<>();
    turned.forEach((weights, columns) -> {
      int rows = sources.getOrDefault(weights, 1);
      int width = (int) (((Length.Fixed) weights.length()).count() / rows);
      String i = names.fresh("i");
      String j = names.fresh("j");
      Expr from = Form.at(i, width, j);
      Stmt.Store store = new Stmt.Store(columns, Form.at(j, rows, i), new Expr.Load(weights, from));
      Stmt inner =
          new Stmt.Loop(j, Expr.i32(0), Expr.i32(width), Stmt.Order.SEQUENTIAL, List.of(store));
      all.add(new Stmt.Loop(i, Expr.i32(0), Expr.i32(rows), Stmt.Order.SEQUENTIAL, List.of(inner)));
    });
    return all;
  }
}
