package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.and;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.loop;
import static snel.lower.Emit.serial;
import static snel.lower.Emit.store;
import static snel.lower.Emit.sub;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.SkipDistances;

/// A walk over one row that is not stored: the draws of the connection rule made again, with the
/// stream and the counters of semantics.md §10, targets rising.
final class RegeneratedRow {
  /// Words of a row that are drawn in one go; further ones come one by one.
  private static final int MOST_WORDS = 1 << 20;

  private final World world;
  private final Links links;
  private final int stream;
  private final Expr made;

  RegeneratedRow(World world, Links links) {
    this.world = world;
    this.links = links;
    this.stream = Streams.of(links.path, "connect", 0);
    this.made = world.names().index("made");
  }

  /// The body gets r of the synapse among those of its pair, and the target.
  List<Stmt> of(Expr source, BiFunction<Expr, Expr, List<Stmt>> body) {
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.variable(made, i(0)));
    BiFunction<Expr, Expr, List<Stmt>> counted =
        (repeat, target) -> {
          List<Stmt> inner = new ArrayList<>();
          inner.add(Emit.assign(made, add(made, i(1))));
          inner.addAll(body.apply(repeat, target));
          return inner;
        };
    RowRule rule = RowRule.of(links.projection.connection()).orElseThrow();
    switch (rule) {
      case RowRule.Trials(var p) -> all.addAll(trials(p, source, counted));
      case RowRule.Partners(var k, var multapses) ->
          all.addAll(partners(k, multapses, source, counted));
      case RowRule.Everyone() -> {
        Expr j = world.names().index("j");
        List<Stmt> each = links.withoutSelf(source, j, counted.apply(i(0), j));
        all.add(serial(j, i(0), i(links.targets), each));
      }
    }
    all.add(Emit.increment(links.delivered(), i(0), convert(Scalar.I64, made)));
    return all;
  }

  private Buffer scratch(String name, Cell cell, long length) {
    return world.buffers.declare(links.path + ".synapses." + name, cell, length, Role.SCRATCH);
  }

  // Independent trials: from hit to hit by the table of distances

  private List<Stmt> trials(double p, Expr source, BiFunction<Expr, Expr, List<Stmt>> body) {
    long[] distances = SkipDistances.of(p);
    Buffer table = table("distance", Cell.I64, closed(distances));
    Buffer starts =
        table(
            "distance_start",
            Cell.U16,
            Arrays.stream(SkipDistances.starts(distances)).asLongStream().toArray());
    double words = links.targets / SkipDistances.mean(p, distances.length);
    int usual =
        (int) Math.min(MOST_WORDS, (long) Math.ceil(words + 4 * Math.sqrt(words)) + 4 & ~3L);
    Buffer drawn = scratch("words", Cell.I32, usual);
    LocalNames names = world.names();
    Expr d = names.index("d");
    Expr position = names.index("position");
    Expr entry = names.index("entry");
    Expr word = names.index("word");
    Expr number = Emit.local(names.fresh("number"), Scalar.I64);
    Expr target = names.index("target");
    List<Stmt> all = new ArrayList<>();
    all.add(new Stmt.Words(drawn, i(usual), i(stream), source, i(0), i(0)));
    all.add(Emit.variable(position, i(-1)));
    all.add(Emit.variable(d, i(0)));
    Expr single =
        new Expr.Philox(
            i(stream), new Expr.Binary(BinaryOp.SHR, d, i(2)), source, i(0), i(0), and(d, i(3)));
    List<Stmt> hop = new ArrayList<>();
    hop.add(Emit.variable(word, i(0)));
    hop.add(
        new Stmt.If(
            compare(CompareOp.LT, d, i(usual)),
            List.of(Emit.assign(word, load(drawn, d))),
            List.of(Emit.assign(word, single))));
    hop.add(Emit.assign(d, add(d, i(1))));
    hop.add(Emit.let(number, Emit.unsigned(word)));
    Expr top = new Expr.Binary(BinaryOp.USHR, word, i(24));
    hop.add(Emit.variable(entry, load(starts, top)));
    hop.add(
        new Stmt.While(
            compare(CompareOp.GE, number, load(table, entry)),
            List.of(Emit.assign(entry, add(entry, i(1))))));
    Expr size = i(distances.length);
    Expr far = new Expr.Binary(BinaryOp.MIN, add(entry, i(1)), size);
    hop.add(Emit.assign(position, add(position, far)));
    hop.add(Emit.let(target, position));
    Expr isHit =
        and(compare(CompareOp.LT, entry, size), compare(CompareOp.LT, target, i(links.targets)));
    hop.add(when(isHit, links.withoutSelf(source, target, body.apply(i(0), target))));
    all.add(new Stmt.While(compare(CompareOp.LT, position, i(links.targets)), hop));
    return all;
  }

  /// With an end that no word reaches, so that a search needs no bound.
  private static long[] closed(long[] distances) {
    long[] closed = Arrays.copyOf(distances, distances.length + 1);
    closed[distances.length] = Long.MAX_VALUE;
    return closed;
  }

  private Buffer table(String name, Cell cell, long[] values) {
    String full = links.path + ".synapses." + name;
    boolean known = world.buffers.isTaken(full);
    Buffer buffer = world.buffers.declare(full, cell, values.length, Role.WIRING);
    if (!known) {
      world.build.add(new Build.FillIntegers(buffer, values));
    }
    return buffer;
  }

  // A fixed number of partners: drawn by Floyd's method, marked, and met in rising order

  private List<Stmt> partners(
      int k, boolean multapses, Expr source, BiFunction<Expr, Expr, List<Stmt>> body) {
    boolean complement = !multapses && Regeneration.isComplement(k, links.targets);
    boolean excludes = links.projection.excludeSelf();
    Buffer marks = scratch("marks", multapses ? Cell.I32 : Cell.U8, links.targets);
    List<Stmt> all = new ArrayList<>();
    Expr among = i(links.targets);
    Expr self = i(links.targets);
    LocalNames names = world.names();
    if (excludes) {
      Expr own = links.self(source);
      Expr isTarget =
          and(compare(CompareOp.GE, own, i(0)), compare(CompareOp.LT, own, i(links.targets)));
      self = names.index("self");
      all.add(Emit.let(self, new Expr.Choose(isTarget, own, i(links.targets))));
      Expr left = new Expr.Choose(isTarget, i(links.targets - 1), i(links.targets));
      among = names.index("among");
      all.add(Emit.let(among, left));
    }
    Expr draws = complement ? sub(among, i(k)) : i(k);
    Buffer drawn = scratch("words", Cell.I32, 2L * (complement ? links.targets - k : k) + 4 & ~3L);
    Expr needed = new Expr.Binary(BinaryOp.SHL, draws, i(1));
    all.add(new Stmt.Words(drawn, needed, i(stream), source, i(0), i(0)));
    all.add(serial("d", i(0), draws, draw(multapses, drawn, marks, draws, among)));
    Expr candidate = names.index("candidate");
    Expr mark = names.index("mark");
    Expr target = names.index("target");
    Expr meant =
        excludes
            ? add(candidate, convert(Scalar.I32, compare(CompareOp.GE, candidate, self)))
            : candidate;
    List<Stmt> met = new ArrayList<>();
    met.add(Emit.let(mark, load(marks, candidate)));
    met.add(Emit.let(target, meant));
    if (multapses) {
      Expr repeat = names.index("repeat");
      met.add(serial(repeat, i(0), mark, body.apply(repeat, target)));
    } else {
      CompareOp isPartner = complement ? CompareOp.EQ : CompareOp.NE;
      met.add(when(compare(isPartner, mark, i(0)), body.apply(i(0), target)));
    }
    all.add(serial(candidate, i(0), among, met));
    all.add(loop("m", i(links.targets), List.of(store(marks, index("m"), i(0)))));
    return all;
  }

  /// The d-th draw: a number below `among`; or, without multapses, one not yet taken.
  private static List<Stmt> draw(
      boolean multapses, Buffer drawn, Buffer marks, Expr draws, Expr among) {
    Expr at = new Expr.Binary(BinaryOp.SHL, index("d"), i(1));
    Expr high = new Expr.Binary(BinaryOp.SHL, convert(Scalar.I64, load(drawn, at)), i(32));
    Expr number = Emit.or(high, Emit.unsigned(load(drawn, add(at, i(1)))));
    List<Stmt> all = new ArrayList<>();
    if (multapses) {
      all.add(new Stmt.Let("pick", below(number, convert(Scalar.I64, among))));
      all.add(Emit.increment(marks, index("pick"), i(1)));
      return all;
    }
    all.add(new Stmt.Let("last", add(sub(among, draws), index("d"))));
    Expr bound = add(convert(Scalar.I64, index("last")), Expr.i64(1));
    all.add(new Stmt.Let("pick", below(number, bound)));
    Expr isTaken = compare(CompareOp.NE, load(marks, index("pick")), i(0));
    Expr place = new Expr.Choose(isTaken, index("last"), index("pick"));
    all.add(store(marks, place, i(1)));
    return all;
  }

  private static Expr below(Expr number, Expr bound) {
    return convert(Scalar.I32, new Expr.Call(Function.MULHI, Scalar.I64, List.of(number, bound)));
  }
}
