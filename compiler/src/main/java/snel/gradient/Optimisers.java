package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import snel.ir.Backward;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Paths;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.ReduceOp;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Training;
import snel.ir.UnaryOp;

/// Changes weights by the gradients of a batch: plain descent, with momentum, Adam (Kingma and Ba
/// 2015, arXiv 1412.6980), AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101).
final class Optimisers {
  /// Keeps moments that fade from becoming subnormal, as every decay does (semantics.md §11).
  private static final double SMALL_F32 = 0x1p-83;

  private static final double SMALL_F64 = 0x1p-900;

  private final Program program;
  private final Training.Optimiser how;
  private final List<Training.Limit> limits;
  private final Scalar real;
  private final Cell cell;
  private final List<Buffer> weights;
  private final Map<Buffer, Buffer> following;
  private final Map<Buffer, Buffer> exact = new LinkedHashMap<>();
  private final Map<Buffer, Buffer> firsts = new LinkedHashMap<>();
  private final Map<Buffer, Buffer> seconds = new LinkedHashMap<>();
  private final Buffer steps = new Buffer("learn.steps", Cell.I32, Length.of(1), Role.PARAMETER);
  private final Buffer factors;
  private final Names names = new Names();

  /// The factors as locals of the kernel at hand.
  private List<Expr> factor = List.of();

  /// @param following what changes as a weight does
  Optimisers(
      Program program, Training training, List<Buffer> weights, Map<Buffer, Buffer> following) {
    this.following = following;
    this.program = program;
    this.how = training.optimiser();
    this.limits = training.limits();
    this.real = program.real();
    this.cell = real == Scalar.F32 ? Cell.F32 : Cell.F64;
    this.weights = weights;
    this.factors = new Buffer("learn.factors", cell, Length.of(4), Role.SCRATCH);
    for (Buffer weight : weights) {
      if (how.adaptive() || how.momentum() != 0) {
        firsts.put(weight, moment("first", weight));
      }
      if (how.adaptive()) {
        seconds.put(weight, moment("second", weight));
      }
      if (levels(weight).isPresent()) {
        exact.put(weight, moment("exact", weight));
      }
    }
  }

  /// What a weight is rounded to.
  private Optional<Training.Levels> levels(Buffer weight) {
    return how.levels().stream()
        .filter(levels -> levels.of().isEmpty() || Paths.isUnder(weight.name(), levels.of()))
        .filter(_ -> isWeight(weight))
        .findFirst();
  }

  /// Not a state of neurons.
  private boolean isWeight(Buffer buffer) {
    return program.directory().values().stream()
        .anyMatch(value -> value.buffer().equals(buffer) && value.kind() == Directory.Kind.WEIGHT);
  }

  private Buffer moment(String which, Buffer weight) {
    return new Buffer(
        "learn." + which + "." + weight.name(), cell, weight.length(), Role.PARAMETER);
  }

  List<Buffer> buffers() {
    List<Buffer> all = new ArrayList<>(List.of(steps, factors));
    all.addAll(firsts.values());
    all.addAll(seconds.values());
    all.addAll(exact.values());
    return all;
  }

  /// What is known of each weight beside it.
  Map<Buffer, List<Buffer>> known() {
    Map<Buffer, List<Buffer>> all = new LinkedHashMap<>();
    for (Buffer weight : weights) {
      all.put(
          weight,
          Stream.of(firsts, seconds, exact)
              .flatMap(each -> Stream.ofNullable(each.get(weight)))
              .toList());
    }
    return all;
  }

  List<Kernel> kernels() {
    List<Kernel> all = new ArrayList<>(List.of(common()));
    weights.forEach(weight -> all.add(update(weight)));
    return all;
  }

  private Expr number(double value) {
    return Expr.real(real, value);
  }

  private Buffer gradient(Buffer weight) {
    return program.buffer(Reverse.derivative(weight.name()));
  }

  /// The factors of this update: of the gradient, the rate, and what the two moments are divided
  /// by.
  private Kernel common() {
    List<Stmt> body = new ArrayList<>();
    Expr next = new Expr.Binary(BinaryOp.ADD, Form.one(steps), Expr.i32(1));
    body.add(new Stmt.Store(steps, Expr.i32(0), next));
    Expr count = Form.convert(real, Form.one(samples()));
    Expr share = let("share", Form.div(number(1), count), body);
    body.add(new Stmt.Store(factors, Expr.i32(0), clipped(share, body)));
    Expr done = let("done", Form.sub(Form.one(steps), Expr.i32(1)), body);
    Expr times = new Expr.Binary(BinaryOp.DIV, done, Expr.i32(Math.max(1, how.every())));
    Expr faded =
        how.decay() == 1
            ? number(how.rate())
            : Form.mul(number(how.rate()), Form.convert(real, power(how.decay(), times)));
    body.add(new Stmt.Store(factors, Expr.i32(1), scheduled(faded, done)));
    if (how.adaptive()) {
      body.add(new Stmt.Store(factors, Expr.i32(2), corrected(how.first())));
      body.add(new Stmt.Store(factors, Expr.i32(3), corrected(how.second())));
    }
    return new Kernel(Backward.UPDATE + "factors", Phase.ON_DEMAND, body);
  }

  /// The rate after so many updates.
  private Expr scheduled(Expr rate, Expr done) {
    Expr now = rate;
    Expr count = Form.convert(real, done);
    if (how.schedule().warmUp() > 0) {
      Expr risen = Form.div(Form.add(count, number(1)), number(how.schedule().warmUp()));
      now = Form.mul(now, least(risen, 1));
    }
    if (how.schedule().cosine() > 0) {
      Expr part = least(Form.div(count, number(how.schedule().cosine())), 1);
      Expr wave = new Expr.Call(Function.COS, real, List.of(Form.mul(part, number(Math.PI))));
      now = Form.mul(now, Form.mul(Form.add(number(1), wave), number(0.5)));
    }
    return now;
  }

  private Expr least(Expr value, double most) {
    return Form.choose(new Expr.Compare(CompareOp.LT, value, number(most)), value, number(most));
  }

  /// What a moment is multiplied by since it began with 0.
  private Expr corrected(double forgetting) {
    Expr one = Expr.real(Scalar.F64, 1);
    return Form.convert(real, Form.div(one, Form.sub(one, power(forgetting, Form.one(steps)))));
  }

  private static Buffer samples() {
    return new Buffer(Backward.SAMPLES, Cell.I32, Length.of(1), Role.PARAMETER);
  }

  /// In double precision, since single has few digits for a base near 1 and none for what is
  /// missing to it.
  private static Expr power(double base, Expr exponent) {
    return new Expr.Call(
        Function.POW,
        Scalar.F64,
        List.of(Expr.real(Scalar.F64, base), Form.convert(Scalar.F64, exponent)));
  }

  private Expr let(String name, Expr value, List<Stmt> body) {
    Expr.Read read = names.local(name, value.type());
    body.add(new Stmt.Let(read.name(), value));
    return read;
  }

  private Expr clipped(Expr share, List<Stmt> body) {
    if (Double.isInfinite(how.clip())) {
      return share;
    }
    Expr sum = number(0);
    for (Buffer weight : weights) {
      String k = names.fresh("k");
      Expr g = new Expr.Load(gradient(weight), Form.index(k));
      sum =
          Form.add(
              sum,
              let(
                  "sum",
                  new Expr.Reduce(
                      ReduceOp.SUM, k, Expr.i32(0), Sizes.of(weight, program), Form.mul(g, g)),
                  body));
    }
    Expr norm = let("norm", Form.mul(share, new Expr.Unary(UnaryOp.SQRT, sum)), body);
    Expr limit = number(how.clip());
    return Form.choose(
        new Expr.Compare(CompareOp.GT, norm, limit), Form.mul(share, Form.div(limit, norm)), share);
  }

  private Kernel update(Buffer weight) {
    String k = names.fresh("k");
    List<Stmt> before = new ArrayList<>();
    List<Expr> given = new ArrayList<>();
    for (int n = 0; n < (how.adaptive() ? 4 : 2); n++) {
      given.add(let("factor", new Expr.Load(factors, Expr.i32(n)), before));
    }
    factor = given;
    List<Stmt> body = new ArrayList<>();
    Buffer gradient = gradient(weight);
    Expr scale = factor(0);
    Expr g = let("g", Form.mul(new Expr.Load(gradient, Form.index(k)), scale), body);
    Expr old = let("old", learnt(weight, k, body), body);
    boolean penalised = how.weightDecay() != 0 && !how.decoupled();
    Expr pull = penalised ? let("pull", decayed(g, old), body) : g;
    Expr change = how.adaptive() ? adaptive(weight, k, pull, body) : plain(weight, k, pull, body);
    if (how.decoupled()) {
      change = decayed(change, old);
    }
    Buffer follower = following.get(weight);
    if (follower != null) {
      change = let("change", change, body);
      Expr own = let("own", new Expr.Load(follower, Form.index(k)), body);
      Expr nearer = decayed(change, Form.sub(own, old));
      body.add(new Stmt.Store(follower, Form.index(k), stepped(nearer, own)));
    }
    Expr now = limited(weight, stepped(change, old), body);
    Buffer unrounded = exact.get(weight);
    Expr acting = now;
    if (unrounded != null) {
      now = let("now", now, body);
      body.add(new Stmt.Store(unrounded, Form.index(k), now));
      acting = rounded(weight, now, body);
    }
    body.add(new Stmt.Store(weight, Form.index(k), Form.convert(weight.cell().scalar(), acting)));
    body.add(new Stmt.Store(gradient, Form.index(k), number(0)));
    Stmt loop =
        new Stmt.Loop(k, Expr.i32(0), Sizes.of(weight, program), Stmt.Order.INDEPENDENT, body);
    before.add(loop);
    return new Kernel(Backward.UPDATE + weight.name(), Phase.ON_DEMAND, before);
  }

  /// The weight that is changed: where weights are rounded, the one that is not, unless what acts
  /// is not its level, as after an assignment, or it is out of bounds, as the 0 of a new one may
  /// be.
  private Expr learnt(Buffer weight, String k, List<Stmt> body) {
    Expr own = new Expr.Load(weight, Form.index(k));
    Buffer unrounded = exact.get(weight);
    if (unrounded == null) {
      return own;
    }
    Expr before = let("before", new Expr.Load(unrounded, Form.index(k)), body);
    Expr level = rounded(weight, before, body);
    Expr acts = new Expr.Compare(CompareOp.EQ, own, Form.convert(weight.cell().scalar(), level));
    Expr allowed = new Expr.Compare(CompareOp.EQ, before, limited(weight, before, body));
    Expr stands = new Expr.Binary(BinaryOp.AND, acts, allowed);
    return Form.choose(stands, before, Form.convert(real, own));
  }

  /// The nearest level between the weight's bounds; what lies nearest between them where there is
  /// none. Derivatives are taken there and change the weight that is not rounded.
  private Expr rounded(Buffer weight, Expr value, List<Stmt> body) {
    Training.Levels to = levels(weight).orElseThrow();
    double levels = to.count();
    double range = to.range();
    Expr inside = within(CompareOp.LT, -range, value, body);
    inside = within(CompareOp.GT, range, inside, body);
    Expr level = new Expr.Unary(UnaryOp.RINT, Form.mul(inside, number(levels / range)));
    for (Training.Limit limit : limits(weight)) {
      double least = Math.ceil(limit.low() * levels / range);
      double most = Math.floor(limit.high() * levels / range);
      if (least <= most) {
        level = within(CompareOp.LT, least, let("level", level, body), body);
        level = within(CompareOp.GT, most, level, body);
      }
    }
    return limited(weight, Form.mul(level, number(range / levels)), body);
  }

  private Expr decayed(Expr change, Expr old) {
    return how.weightDecay() == 0 ? change : new Expr.Fma(number(how.weightDecay()), old, change);
  }

  private Expr stepped(Expr change, Expr old) {
    return new Expr.Fma(Form.neg(factor(1)), change, old);
  }

  private List<Training.Limit> limits(Buffer weight) {
    return limits.stream().filter(limit -> limit.path().equals(weight.name())).toList();
  }

  private Expr limited(Buffer weight, Expr value, List<Stmt> body) {
    Expr now = value;
    for (Training.Limit limit : limits(weight)) {
      now = within(CompareOp.LT, limit.low(), let("now", now, body), body);
      now = within(CompareOp.GT, limit.high(), now, body);
    }
    return now;
  }

  private Expr within(CompareOp beyond, double bound, Expr value, List<Stmt> body) {
    return Double.isInfinite(bound)
        ? value
        : let(
            "now",
            Form.choose(new Expr.Compare(beyond, value, number(bound)), number(bound), value),
            body);
  }

  private Expr factor(int k) {
    return factor.get(k);
  }

  private Expr plain(Buffer weight, String k, Expr g, List<Stmt> body) {
    Buffer first = firsts.get(weight);
    if (first == null) {
      return g;
    }
    Expr now = let("now", faded(first, k, how.momentum(), g), body);
    body.add(new Stmt.Store(first, Form.index(k), now));
    return now;
  }

  private Expr adaptive(Buffer weight, String k, Expr g, List<Stmt> body) {
    Buffer first = firsts.getOrDefault(weight, weight);
    Buffer second = seconds.getOrDefault(weight, weight);
    Expr one = Form.mul(number(1 - how.first()), g);
    Expr two = Form.mul(number(1 - how.second()), Form.mul(g, g));
    Expr m = let("m", faded(first, k, how.first(), one), body);
    Expr v = let("v", faded(second, k, how.second(), two), body);
    body.add(new Stmt.Store(first, Form.index(k), m));
    body.add(new Stmt.Store(second, Form.index(k), v));
    Expr root = new Expr.Unary(UnaryOp.SQRT, Form.mul(v, factor(3)));
    return Form.div(Form.mul(m, factor(2)), Form.add(root, number(how.epsilon())));
  }

  private Expr faded(Buffer moment, String k, double share, Expr more) {
    Expr small = number(real == Scalar.F32 ? SMALL_F32 : SMALL_F64);
    Expr old = new Expr.Load(moment, Form.index(k));
    Expr kept = new Expr.Binary(BinaryOp.SUB, new Expr.Fma(number(share), old, small), small);
    return Form.add(kept, more);
  }
}
