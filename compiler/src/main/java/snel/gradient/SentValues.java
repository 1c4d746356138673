package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Stmt;

/// The values that the sources of a projection hand on, one a source, in a buffer: the state that
/// they are, or one of their own, with a buffer for the derivatives by them.
final class SentValues {
  private final Adjoints adjoints;
  private final Names names;
  private final BodyAdjoint bodies;
  private final Map<Buffer, Buffer> made = new LinkedHashMap<>();

  /// @param sums that they are added to
  /// @param index of the loop over the sources
  /// @param count of the sources
  /// @param value of the source with that index
  record Source(Buffer sums, String index, int count, Expr value) {}

  SentValues(Adjoints adjoints, Names names, BodyAdjoint bodies) {
    this.adjoints = adjoints;
    this.names = names;
    this.bodies = bodies;
  }

  /// The buffer that the values of the sources are in, if they are in one.
  static Optional<Buffer> held(Source source) {
    return source.value instanceof Expr.Load(Buffer values, Expr.Read(String index, _))
            && index.equals(source.index)
            && values.cell() == source.sums.cell()
            && values.length().equals(Length.of(source.count))
        ? Optional.of(values)
        : Optional.empty();
  }

  /// Where values are written out that are made of several things.
  Buffer buffer(Source source) {
    return made.computeIfAbsent(
        source.sums,
        sums ->
            new Buffer(
                GradedGradients.PREFIX + sums.name() + ".sent",
                adjoints.cell(),
                Length.of(source.count),
                Role.SCRATCH));
  }

  Stmt written(Source source) {
    return Form.each(source.index, source.count, store(buffer(source), source.index, source.value));
  }

  /// Nothing has come to the values yet.
  Stmt emptied(Source source) {
    String k = names.fresh("k");
    Expr zero = Expr.real(adjoints.real(), 0);
    return Form.each(k, source.count, store(adjoints.of(buffer(source)), k, zero));
  }

  private static Stmt store(Buffer to, String index, Expr value) {
    return new Stmt.Store(to, Form.index(index), value);
  }

  /// What has come to the values that were written out goes on to what they are made of.
  Stmt taken(Source source) {
    String i = names.fresh("i");
    var straight = new Straight(names, Map.of(source.index, Form.index(i)));
    straight.run(new Stmt.Let("sent", source.value));
    Expr value = straight.expr(new Expr.Read("sent", source.value.type()));
    List<Stmt> all = new ArrayList<>(straight.lets());
    Expr.Read bar = names.local("bar", adjoints.real());
    Expr came = new Expr.Load(adjoints.of(buffer(source)), Form.index(i));
    all.add(new Stmt.Let(bar.name(), came));
    all.addAll(bodies.backward(new Body(straight, Map.of(), List.of()), value, bar));
    return new Stmt.Loop(
        i,
        Expr.i32(0),
        Expr.i32(source.count),
        BodyAdjoint.isIndependent(all, i) ? Stmt.Order.INDEPENDENT : Stmt.Order.SEQUENTIAL,
        all);
  }

  List<Buffer> buffers() {
    return List.copyOf(made.values());
  }
}
