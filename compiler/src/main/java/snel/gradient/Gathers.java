package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.pass.UnusedLocals;

/// Derivatives by full matrices of weights, added up when a sample has been gone back over: for
/// each source the steps in which it spiked have been listed, and what came to its row in them is
/// summed in one go. To add to the row in each of these steps would read and write it as often.
/// That is what is done with short rows, which takes no longer than to list them.
final class Gathers {
  static final String PREFIX = "gather.";

  /// Narrower rows are not worth it: they stay in the nearest cache anyway.
  private static final int LEAST_TARGETS = 1;

  private static final int NARROW_ROWS = 65_536;

  /// Rows of so many targets are a line of the cache or two.
  private static final int SHORT = 32;

  private final int leastTargets;
  private final Adjoints adjoints;
  private final Names names;
  private final Tapes tapes;
  private final RowProducts products;
  private final Map<Buffer, Columns> made = new LinkedHashMap<>();
  private final List<Stmt> openListings = new ArrayList<>();
  private final List<Stmt> openSums = new ArrayList<>();
  private final List<Stmt> listings = new ArrayList<>();
  private final List<Stmt> shortSums = new ArrayList<>();

  /// @param came derivatives by what a row is added to, step by step
  /// @param steps for each source the steps in which it spiked, the last first
  /// @param count how many they are
  /// @param order of what is added up
  private record Columns(
      Buffer weights,
      int sources,
      int targets,
      Buffer came,
      Buffer steps,
      Buffer count,
      Stmt.Order order) {
    boolean areShort() {
      return targets <= SHORT;
    }
  }

  /// @param samples how many are gone back over side by side
  Gathers(Adjoints adjoints, Names names, Tapes tapes, RowProducts products, int samples) {
    this.leastTargets = samples > 1 ? 1 : LEAST_TARGETS;
    this.adjoints = adjoints;
    this.names = names;
    this.tapes = tapes;
    this.products = products;
  }

  /// The inner loops of a loop over a list of spikes that [#noted] takes.
  Map<Body.Inner, List<Stmt>> noted(Stmt.Loop loop, String e, Body body, Buffer list, int size) {
    Map<Body.Inner, List<Stmt>> found = new LinkedHashMap<>();
    Optional<String> who = neuron(body, new Expr.Load(list, Form.index(e)));
    if (who.isEmpty()) {
      return found;
    }
    for (Body.Inner inner : body.inner()) {
      products
          .row(inner, who.get(), size)
          .filter(row -> row.targets() >= leastTargets && !made.containsKey(row.weights()))
          .ifPresent(row -> {
            Columns columns = columns(row, size, loop.order());
            found.put(inner, List.of(kept(row, columns)));
            if (columns.areShort()) {
              openSums.add(added(loop, body, e, who.get(), columns));
            } else {
              openListings.add(listed(loop, body, e, who.get(), columns));
            }
          });
    }
    return found;
  }

  /// The local that a pass has its element of a list in.
  static Optional<String> neuron(Body body, Expr element) {
    return body.lets().stream()
        .filter(let -> let.value().equals(element))
        .map(Stmt.Let::name)
        .findFirst();
  }

  private Columns columns(RowProducts.Row row, int sources, Stmt.Order order) {
    String name = PREFIX + row.weights().name();
    long rows = tapes.rows();
    Cell number = rows <= NARROW_ROWS ? Cell.U16 : Cell.I32;
    var columns =
        new Columns(
            row.weights(),
            sources,
            row.targets(),
            new Buffer(name, adjoints.cell(), Length.of(rows * row.targets()), Role.SCRATCH),
            new Buffer(name + ".steps", number, Length.of(rows * sources), Role.SCRATCH),
            new Buffer(name + ".count", Cell.I32, Length.of(sources), Role.SCRATCH),
            order);
    made.put(row.weights(), columns);
    return columns;
  }

  /// Keeps what has come to the sums of this step.
  private Stmt kept(RowProducts.Row row, Columns columns) {
    String j = row.inner().index();
    List<Stmt> each = new ArrayList<>(row.inner().body().lets());
    Buffer bar = adjoints.of(row.place().buffer());
    Expr at = Form.at(tapes.row(), columns.targets, Form.index(j));
    each.add(new Stmt.Store(columns.came, at, new Expr.Load(bar, row.place().index())));
    return new Stmt.Loop(j, Expr.i32(0), Expr.i32(columns.targets), Stmt.Order.INDEPENDENT, each);
  }

  /// The statement `number` of the step has been seen to.
  ///
  /// @param lets locals of its kernel
  void close(List<Stmt> lets, int number) {
    close(openListings, lets, number, listings);
    close(openSums, lets, number, shortSums);
  }

  private void close(List<Stmt> open, List<Stmt> lets, int number, List<Stmt> closed) {
    for (Stmt loop : open) {
      List<Stmt> whole = new ArrayList<>(lets);
      whole.add(loop);
      closed.addAll(tapes.reading(UnusedLocals.removed(whole), number));
    }
    open.clear();
  }

  /// Adds what came in a step to the rows of all that spiked in it.
  private Stmt added(Stmt.Loop loop, Body body, String e, String who, Columns columns) {
    String j = names.fresh("j");
    Buffer gradient = adjoints.of(columns.weights);
    Expr place = Form.at(Form.index(who), columns.targets, Form.index(j));
    Expr came = new Expr.Load(columns.came, Form.at(tapes.row(), columns.targets, Form.index(j)));
    Stmt add = new Stmt.Store(gradient, place, Form.add(new Expr.Load(gradient, place), came));
    List<Stmt> each = new ArrayList<>(body.lets());
    each.add(
        new Stmt.Loop(
            j, Expr.i32(0), Expr.i32(columns.targets), Stmt.Order.INDEPENDENT, List.of(add)));
    return new Stmt.Loop(e, loop.from(), loop.to(), Stmt.Order.SEQUENTIAL, each);
  }

  /// Lists a step for all that spiked in it.
  private Stmt listed(Stmt.Loop loop, Body body, String e, String who, Columns columns) {
    List<Stmt> each = new ArrayList<>(body.lets());
    Expr source = Form.index(who);
    Expr count = new Expr.Load(columns.count, source);
    int rows = (int) tapes.rows();
    each.add(new Stmt.Store(columns.steps, Form.at(source, rows, count), tapes.row()));
    each.add(new Stmt.Store(columns.count, source, Form.add(count, Expr.i32(1))));
    return new Stmt.Loop(e, loop.from(), loop.to(), Stmt.Order.SEQUENTIAL, each);
  }

  /// Lists for each source the steps in which it spiked.
  List<Stmt> lists(int samples) {
    return listings.isEmpty() ? List.of() : List.of(backwards(listings, samples));
  }

  /// Adds up what was noted of a sample.
  ///
  /// @param samples how many are gone back over side by side
  List<Stmt> sums(int samples) {
    List<Stmt> all = new ArrayList<>();
    for (Columns columns : made.values()) {
      if (!columns.areShort()) {
        all.add(sum(columns));
        all.add(emptied(columns));
      }
    }
    if (!shortSums.isEmpty()) {
      all.add(backwards(shortSums, samples));
    }
    return all;
  }

  /// Does something for all steps of the samples, of each the last first.
  private Stmt backwards(List<Stmt> done, int samples) {
    if (samples == 1) {
      return backwards(done, 1, Expr.i32(0));
    }
    String s = names.fresh("s");
    return new Stmt.Loop(
        s,
        Expr.i32(0),
        tapes.slots(),
        Stmt.Order.SEQUENTIAL,
        List.of(backwards(done, samples, Form.index(s))));
  }

  private Stmt backwards(List<Stmt> done, int samples, Expr sample) {
    String t = names.fresh("t");
    Expr.Read row = new Expr.Read(names.fresh("row"), Scalar.I32);
    Expr last = Form.sub(Form.one(tapes.steps()), Expr.i32(1));
    Expr step = Form.sub(last, Form.index(t));
    List<Stmt> body = new ArrayList<>();
    body.add(new Stmt.Let(row.name(), Form.add(Form.mul(step, Expr.i32(samples)), sample)));
    body.addAll(
        Form.mapAll(
            done,
            expr ->
                expr.equals(tapes.row())
                    ? row
                    : expr instanceof Expr.Load(Buffer buffer, Expr at)
                            && buffer.role() == Role.CLOCK
                        ? tapes.clock(row, at)
                        : expr));
    return new Stmt.Loop(t, Expr.i32(0), Form.one(tapes.steps()), Stmt.Order.SEQUENTIAL, body);
  }

  /// Whether the buffer has a row for each step.
  boolean hasRows(Buffer buffer) {
    return made.values().stream().anyMatch(one -> one.came.equals(buffer));
  }

  private Stmt sum(Columns columns) {
    String i = names.fresh("i");
    String n = names.fresh("n");
    String j = names.fresh("j");
    int rows = (int) tapes.rows();
    Buffer gradient = adjoints.of(columns.weights);
    Expr place = Form.at(Form.index(i), columns.targets, Form.index(j));
    Expr step = new Expr.Load(columns.steps, Form.at(Form.index(i), rows, Form.index(n)));
    Expr came = new Expr.Load(columns.came, Form.at(step, columns.targets, Form.index(j)));
    Stmt add = new Stmt.Store(gradient, place, Form.add(new Expr.Load(gradient, place), came));
    Stmt row =
        new Stmt.Loop(
            j, Expr.i32(0), Expr.i32(columns.targets), Stmt.Order.INDEPENDENT, List.of(add));
    Stmt steps =
        new Stmt.Loop(
            n,
            Expr.i32(0),
            new Expr.Load(columns.count, Form.index(i)),
            columns.order,
            List.of(row));
    return Form.loop(i, columns.sources, steps);
  }

  private Stmt emptied(Columns columns) {
    String i = names.fresh("i");
    Stmt none = new Stmt.Store(columns.count, Form.index(i), Expr.i32(0));
    return Form.each(i, columns.sources, none);
  }

  List<Buffer> buffers() {
    List<Buffer> all = new ArrayList<>();
    for (Columns one : made.values()) {
      all.addAll(one.areShort() ? List.of(one.came) : List.of(one.came, one.steps, one.count));
    }
    return all;
  }
}
