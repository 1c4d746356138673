package snel.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.ReduceOp;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// The adjoint of one pass of a loop.
final class BodyAdjoint {
  private final Adjoints adjoints;
  private final Names names;
  private final Flow flow;
  private final Reasons reasons;
  private final boolean passesOthers;
  private final Set<String> outside = new HashSet<>();

  /// @param passesOthers whether derivatives go to other neurons otherwise than by synapses, too
  BodyAdjoint(Adjoints adjoints, Names names, Flow flow, Reasons reasons, boolean passesOthers) {
    this.passesOthers = passesOthers;
    this.adjoints = adjoints;
    this.names = names;
    this.flow = flow;
    this.reasons = reasons;
  }

  /// A local of the kernel is made of what derivatives pass through.
  void noteOutside(String local) {
    outside.add(local);
  }

  /// A local of the kernel is so, too, if one that it is made of is.
  void noteMadeOutside(String local, Expr value) {
    if (outside.stream().anyMatch(other -> Form.mentions(value, other))) {
      outside.add(local);
    }
  }

  /// What is left for locals around a loop would be a sum over its passes.
  private void leave(Backflow backflow) {
    if (backflow.left().keySet().stream().anyMatch(outside::contains)) {
      reasons.add("sums over other neurons");
    }
  }

  /// Derivatives with respect to all that the pass reads.
  ///
  /// @param share how much of the pass happens, where that is a number; absent where it all does
  List<Stmt> backward(Body body, @Nullable Expr share) {
    var backflow = new Backflow(flow::isRelevant, reasons);
    List<Stmt> all = new ArrayList<>(body.lets());
    all.addAll(backward(body, share, backflow, body.changing()));
    leave(backflow);
    return all;
  }

  /// Derivatives with respect to all that one value reads.
  ///
  /// @param bar the derivative with respect to the value
  List<Stmt> backward(Body body, Expr value, Expr bar) {
    var backflow = new Backflow(flow::isRelevant, reasons);
    backflow.push(value, bar, value);
    List<Stmt> all = backward(body, null, backflow, body.changing());
    leave(backflow);
    return all;
  }

  /// @param changing what is changed around and in the pass
  private List<Stmt> backward(
      Body body, @Nullable Expr share, Backflow backflow, Set<Buffer> changing) {
    List<Stmt> all = new ArrayList<>();
    for (Body.Inner inner : body.inner().reversed()) {
      inner(inner, share, backflow, changing, all);
    }
    Map<Place, Expr> bars = new LinkedHashMap<>();
    body.changed()
        .forEach((place, value) -> {
          Expr bar = bar(place, all);
          bars.put(place, bar);
          backflow.push(value, share == null ? bar : Form.mul(share, bar), value);
        });
    locals(body, backflow, all);
    backflow.sums().forEach(sum -> all.addAll(terms(sum, changing)));
    backflow.sums().clear();
    Map<Place, Expr> reached = new LinkedHashMap<>(backflow.places());
    backflow.places().clear();
    bars.forEach((place, bar) -> {
      Expr before = reached.remove(place);
      Expr sum = before == null ? Form.constant(bar.type(), 0) : before;
      if (share != null) {
        sum = Form.add(sum, Form.mul(Form.sub(Form.constant(bar.type(), 1), share), bar));
      }
      if (!sum.equals(bar)) {
        all.add(new Stmt.Store(adjoints.of(place.buffer()), place.index(), sum));
      }
    });
    reached.forEach((place, sum) -> all.add(more(place, sum)));
    return all;
  }

  /// From a sum to its terms, one after the other. One that sees some neurons as they were and
  /// others as they have become has no derivative.
  private List<Stmt> terms(Backflow.OfSum of, Set<Buffer> changing) {
    String index = names.fresh(of.sum().index());
    Expr before = Form.index(of.sum().index());
    Expr term = Form.map(of.sum().body(), node -> node.equals(before) ? Form.index(index) : node);
    Expr.Read bar = names.local("bar", of.bar().type());
    var backflow = new Backflow(flow::isRelevant, reasons);
    backflow.push(term, bar, term);
    boolean isApart =
        backflow.places().keySet().stream().noneMatch(place -> changing.contains(place.buffer()));
    if (!passesOthers || !isApart || !backflow.sums().isEmpty() || !backflow.left().isEmpty()) {
      reasons.add("sums over other neurons");
    }
    List<Stmt> inside = new ArrayList<>();
    backflow.places().forEach((place, share) -> inside.add(more(place, share)));
    return List.of(
        new Stmt.Let(bar.name(), of.bar()),
        new Stmt.Loop(index, of.sum().from(), of.sum().to(), Stmt.Order.SEQUENTIAL, inside));
  }

  private Stmt more(Place place, Expr share) {
    Buffer adjoint = adjoints.of(place.buffer());
    Expr before = new Expr.Load(adjoint, place.index());
    return new Stmt.Store(adjoint, place.index(), Form.add(before, share));
  }

  private Expr bar(Place place, List<Stmt> all) {
    Buffer adjoint = adjoints.of(place.buffer());
    Expr.Read bar = names.local("bar", adjoint.cell().scalar());
    all.add(new Stmt.Let(bar.name(), new Expr.Load(adjoint, place.index())));
    return bar;
  }

  /// From what came to the locals to what they are made of, the last one first.
  private void locals(Body body, Backflow backflow, List<Stmt> all) {
    for (Stmt.Let let : body.lets().reversed()) {
      Scalar type = let.value().type();
      if (type == Scalar.BOOL) {
        continue;
      }
      Expr sum = backflow.take(let.name(), type.isFloat() ? type : adjoints.real());
      if (Form.isZero(sum)) {
        continue;
      }
      Expr bar = sum;
      if (!(sum instanceof Expr.Read)) {
        Expr.Read read = names.local(let.name() + "_bar", sum.type());
        all.add(new Stmt.Let(read.name(), sum));
        bar = read;
      }
      backflow.push(let.value(), bar, new Expr.Read(let.name(), type));
    }
  }

  private void inner(
      Body.Inner inner,
      @Nullable Expr share,
      Backflow outside,
      Set<Buffer> changing,
      List<Stmt> all) {
    Body body = inner.body();
    if (!body.inner().isEmpty()) {
      reasons.add("has loops in loops");
      return;
    }
    Set<Place> shared = new HashSet<>();
    for (Place place : body.changed().keySet()) {
      if (!Form.follows(body.straight().inlined(place.index()), inner.index())) {
        shared.add(place);
      }
    }
    boolean apart = shared.isEmpty();
    if (!body.straight().isInAnyOrder(shared)) {
      reasons.add("changes one value more than once in a loop");
    }
    var backflow = new Backflow(flow::isRelevant, reasons);
    List<Stmt> inside = new ArrayList<>(body.lets());
    inside.addAll(backward(body, share, backflow, changing));
    Stmt.Order order =
        apart && isIndependent(inside, inner.index())
            ? Stmt.Order.INDEPENDENT
            : Stmt.Order.SEQUENTIAL;
    toOutside(inner, inside, backflow, outside, all);
    all.add(new Stmt.Loop(inner.index(), inner.from(), inner.to(), order, inside));
  }

  /// What the passes of an inner loop give to the locals around it.
  private void toOutside(
      Body.Inner inner, List<Stmt> inside, Backflow backflow, Backflow outside, List<Stmt> all) {
    Map<String, Expr> values = new HashMap<>();
    for (Stmt stmt : inside) {
      if (stmt instanceof Stmt.Let(var name, var value)) {
        values.put(name, value);
      }
    }
    for (var left : backflow.left().entrySet()) {
      Expr given = written(left.getValue(), values);
      Expr.Read sum = names.local(left.getKey() + "_bar", given.type());
      all.add(
          new Stmt.Let(
              sum.name(),
              new Expr.Reduce(ReduceOp.SUM, inner.index(), inner.from(), inner.to(), given)));
      outside.push(new Expr.Read(left.getKey(), given.type()), sum, sum);
    }
  }

  private static Expr written(Expr expr, Map<String, Expr> values) {
    return Form.map(
        expr,
        node ->
            node instanceof Expr.Read(var name, _) && values.containsKey(name)
                ? written(values.getOrDefault(name, node), values)
                : node);
  }

  /// The derivative with respect to how much of the pass happens: the sum over all that it changes
  /// of the change times the derivative. Absent where nothing changes.
  ///
  /// @param apart loops that are seen to otherwise
  Optional<Expr> shareDerivative(Body body, List<Body.Inner> apart, List<Stmt> all) {
    all.addAll(body.lets());
    Expr sum = null;
    for (Body.Inner inner : body.inner()) {
      if (apart.contains(inner)) {
        continue;
      }
      Expr part = null;
      for (var change : inner.body().changed().entrySet()) {
        Expr bar = new Expr.Load(adjoints.of(change.getKey().buffer()), change.getKey().index());
        Expr delta = delta(inner.body(), change.getKey(), change.getValue());
        Expr term = inner.body().straight().inlined(Form.mul(bar, converted(delta)));
        part = part == null ? term : Form.add(part, term);
      }
      if (part != null) {
        Expr whole = sum(inner, part, all);
        sum = sum == null ? whole : Form.add(sum, whole);
      }
    }
    for (var change : body.changed().entrySet()) {
      Expr bar = bar(change.getKey(), all);
      Expr term = Form.mul(bar, converted(delta(body, change.getKey(), change.getValue())));
      sum = sum == null ? term : Form.add(sum, term);
    }
    return Optional.ofNullable(sum);
  }

  /// The sum over a loop. Rows of synapses are short, and read from here and there: one after the
  /// other.
  private Expr sum(Body.Inner inner, Expr part, List<Stmt> all) {
    if (inner.from() instanceof Expr.Const && inner.to() instanceof Expr.Const) {
      return new Expr.Reduce(ReduceOp.SUM, inner.index(), inner.from(), inner.to(), part);
    }
    Expr.Read sum = names.local("sum", part.type());
    all.add(new Stmt.Var(sum.name(), Form.constant(part.type(), 0)));
    Stmt.Assign more = new Stmt.Assign(sum.name(), Form.add(sum, part));
    all.add(
        new Stmt.Loop(
            inner.index(), inner.from(), inner.to(), Stmt.Order.SEQUENTIAL, List.of(more)));
    return sum;
  }

  private Expr converted(Expr value) {
    return Form.convert(adjoints.real(), value);
  }

  private static Expr delta(Body body, Place place, Expr after) {
    return body.straight().added(place, after).orElseGet(() -> Form.sub(after, place.load()));
  }

  /// Whether each pass of a loop reads and writes elements of its own.
  static boolean isIndependent(List<Stmt> block, String index) {
    Map<Buffer, Set<Expr>> written = new HashMap<>();
    boolean[] apart = {true};
    Nodes.eachStatement(
        block,
        stmt -> {
          if (stmt instanceof Stmt.Store(var buffer, var at, _)) {
            apart[0] &= Form.follows(at, index);
            written.computeIfAbsent(buffer, _ -> new HashSet<>()).add(at);
          }
        });
    Nodes.eachExpression(
        block,
        expr -> {
          if (expr instanceof Expr.Load(var buffer, var at) && written.containsKey(buffer)) {
            apart[0] &= written.getOrDefault(buffer, Set.of()).equals(Set.of(at));
          }
        });
    return apart[0];
  }
}
