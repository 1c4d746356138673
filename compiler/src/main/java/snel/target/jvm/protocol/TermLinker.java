package snel.target.jvm.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.runtime.schedule.Cells;
import snel.runtime.schedule.Draws;
import snel.runtime.schedule.Evaluation;
import snel.runtime.schedule.Library;
import snel.runtime.schedule.Measures;
import snel.runtime.schedule.NumberText;
import snel.runtime.schedule.Operators;
import snel.runtime.schedule.PartOf;
import snel.runtime.schedule.Picked;
import snel.runtime.schedule.RecordCursor;
import snel.runtime.schedule.Value;

/// Turns terms into what evaluates them.
final class TermLinker {
  private static final TermLinker PROTOCOL = new TermLinker(null);

  private final @Nullable RecordCursor cursor;

  /// @param cursor the record that columns are of; null outside `data` declarations
  TermLinker(@Nullable RecordCursor cursor) {
    this.cursor = cursor;
  }

  static Evaluation link(Term term) {
    return PROTOCOL.linked(term);
  }

  static List<Evaluation> links(List<Term> terms) {
    return PROTOCOL.all(terms);
  }

  /// The record that the terms speak of.
  RecordCursor record() {
    if (cursor == null) {
      throw new IllegalStateException("a column outside a data declaration");
    }
    return cursor;
  }

  Evaluation linked(Term term) {
    return switch (term) {
      case Term.Number(double value) -> constant(new Value.Real(value));
      case Term.Whole(long value) -> constant(new Value.Whole(value));
      case Term.Truth(boolean value) -> constant(Value.of(value));
      case Term.Word(String value) -> constant(new Value.Text(value));
      case Term.None() -> constant(Value.NOTHING);
      case Term.Text(var parts) -> text(parts);
      case Term.Shown(var value, var unit) -> {
        Evaluation linked = linked(value);
        yield m -> new Value.Text(shown(linked.evaluate(m), unit.text(), unit.factor()));
      }
      case Term.Numbers(var shape, double[] values) ->
          constant(new Value.Array(ints(shape), values));
      case Term.SpikeTimes(var rows) -> constant(new Value.Trains(rows.toArray(double[][]::new)));
      case Term.Variable(int slot, String _, Type _) -> m -> m.slot(slot);
      case Term.Time() -> m -> new Value.Real(m.episodes().time());
      case Term.Negate(var operand) -> {
        Evaluation linked = linked(operand);
        yield m -> Operators.negate(linked.evaluate(m));
      }
      case Term.Arithmetic arithmetic -> arithmetic(arithmetic);
      case Term.Compare compare -> compare(compare);
      case Term.Inside(var value, var low, var high, boolean upperOpen, Type _) -> {
        Evaluation linked = linked(value);
        Evaluation least = linked(low);
        Evaluation most = linked(high);
        yield m ->
            Operators.inside(linked.evaluate(m), least.evaluate(m), most.evaluate(m), upperOpen);
      }
      case Term.Not(var operand) -> {
        Evaluation linked = linked(operand);
        yield m -> Value.of(!linked.evaluate(m).truth());
      }
      case Term.And(var left, var right) -> {
        Evaluation a = linked(left);
        Evaluation b = linked(right);
        yield m -> Value.of(a.evaluate(m).truth() && b.evaluate(m).truth());
      }
      case Term.Or(var left, var right) -> {
        Evaluation a = linked(left);
        Evaluation b = linked(right);
        yield m -> Value.of(a.evaluate(m).truth() || b.evaluate(m).truth());
      }
      case Term.Choose(var condition, var whenTrue, var whenFalse, Type _) -> {
        Evaluation test = linked(condition);
        Evaluation a = linked(whenTrue);
        Evaluation b = linked(whenFalse);
        yield Term.Choose.isOfMany(condition)
            ? m -> Operators.choose(test.evaluate(m), a.evaluate(m), b.evaluate(m))
            : m -> test.evaluate(m).truth() ? a.evaluate(m) : b.evaluate(m);
      }
      case Term.Let(var variable, var value, var in) -> {
        Evaluation held = linked(value);
        Evaluation body = linked(in);
        yield m -> {
          m.slot(variable.slot(), held.evaluate(m));
          return body.evaluate(m);
        };
      }
      case Term.Call call -> new CallLinker(this, call.arguments()).linked(call);
      case Term.Draw draw -> draw(draw);
      case Term.Read(String path, var selection, Type type) ->
          placed(type, read(path, link(selection), type));
      case Term.ReadSynapses read -> readSynapses(read);
      case Term.Neurons _, Term.Projection _, Term.ReadOut _ ->
          throw new IllegalStateException("an argument without its function: " + term);
      case Term.Spikes(String population, var selection) -> {
        Picked picked = link(selection);
        yield m -> Measures.trains(m, population, picked);
      }
      case Term.Recorded recorded -> recorded(recorded);
      case Term.Label(String readOut) -> m -> m.readOuts().label(m, readOut);
      case Term.Listing(var elements, Type _) -> {
        List<Evaluation> linked = all(elements);
        yield m -> new Value.Listing(linked.stream().map(each -> each.evaluate(m)).toList());
      }
      case Term.Tuple(var elements, Type _) -> {
        List<Evaluation> linked = all(elements);
        yield m -> new Value.Tuple(linked.stream().map(each -> each.evaluate(m)).toList());
      }
      case Term.Element(var of, var index, Type _) -> {
        Evaluation list = linked(of);
        Evaluation at = linked(index);
        yield m -> Library.element(list.evaluate(m), at.evaluate(m).whole());
      }
      case Term.Part part -> part(part);
      case Term.Field(var sample, String field, Type _) -> {
        Evaluation linked = linked(sample);
        yield m -> Library.field(linked.evaluate(m), field);
      }
      case Term.Data(String dataSet, String split, Type _) ->
          m -> {
            var records = m.host().open(m, dataSet);
            return new Value.Stream(records, records.split(split));
          };
      case Term.FieldOfAll(var stream, String field, Type _) -> {
        Evaluation linked = linked(stream);
        yield m -> Library.fieldOfAll(linked.evaluate(m), field);
      }
      case Term.Staged staged -> staged(staged);
      case Term.Column(var which, Type _) -> DataLinker.column(this, which);
      case Term.ResultOf(String experiment, String result, _) ->
          m -> m.host().resultOf(m, experiment, result);
    };
  }

  List<Evaluation> all(List<Term> terms) {
    return terms.stream().map(this::linked).toList();
  }

  static Picked link(Selection selection) {
    return switch (selection) {
      case Selection.All() -> Picked.ALL;
      case Selection.Range(int from, int until) -> new Picked.Range(from, until);
      case Selection.Listed(var indices) -> new Picked.Listed(ints(indices));
      case Selection.At(var index) -> new Picked.At(link(index));
    };
  }

  static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  /// One number for each neuron of many, where it stands in their population or slice.
  static Evaluation placed(Type type, Evaluation numbers) {
    if (!(type instanceof Type.Array(var shape)) || shape.size() < 2) {
      return numbers;
    }
    int[] places = ints(shape);
    return m -> numbers.evaluate(m).placed(places);
  }

  private static Evaluation constant(Value value) {
    return _ -> value;
  }

  private Evaluation text(List<Term> parts) {
    List<Evaluation> linked = all(parts);
    return m -> {
      var text = new StringBuilder();
      linked.forEach(part -> text.append(part.evaluate(m).text()));
      return new Value.Text(text.toString());
    };
  }

  private static String shown(Value value, String unit, double factor) {
    return value instanceof Value.Real(double stored)
        ? NumberText.of(stored / factor) + (unit.isEmpty() ? "" : " " + unit)
        : value.shown();
  }

  private Evaluation arithmetic(Term.Arithmetic term) {
    Evaluation a = linked(term.left());
    Evaluation b = linked(term.right());
    return switch (term.operator()) {
      case ADD -> m -> Operators.add(a.evaluate(m), b.evaluate(m));
      case SUBTRACT -> m -> Operators.subtract(a.evaluate(m), b.evaluate(m));
      case MULTIPLY -> m -> Operators.multiply(a.evaluate(m), b.evaluate(m));
      case DIVIDE -> m -> Operators.divide(a.evaluate(m), b.evaluate(m));
      case POWER -> m -> Operators.power(a.evaluate(m), b.evaluate(m));
    };
  }

  private Evaluation compare(Term.Compare term) {
    Evaluation a = linked(term.left());
    Evaluation b = linked(term.right());
    return switch (term.comparison()) {
      case LESS -> m -> Operators.less(a.evaluate(m), b.evaluate(m));
      case AT_MOST -> m -> Operators.atMost(a.evaluate(m), b.evaluate(m));
      case GREATER -> m -> Operators.less(b.evaluate(m), a.evaluate(m));
      case AT_LEAST -> m -> Operators.atMost(b.evaluate(m), a.evaluate(m));
      case EQUAL -> m -> Operators.equal(a.evaluate(m), b.evaluate(m));
      case UNEQUAL -> m -> Operators.unequal(a.evaluate(m), b.evaluate(m));
    };
  }

  private Evaluation draw(Term.Draw draw) {
    List<Evaluation> parameters = all(draw.parameters());
    Draws.Distribution distribution =
        switch (draw.distribution()) {
          case UNIFORM -> Draws.Distribution.UNIFORM;
          case NORMAL -> Draws.Distribution.NORMAL;
          case BERNOULLI -> Draws.Distribution.BERNOULLI;
          case LOGNORMAL -> Draws.Distribution.LOGNORMAL;
          case EXPONENTIAL -> Draws.Distribution.EXPONENTIAL;
          case GAMMA -> Draws.Distribution.GAMMA;
          case BINOMIAL -> Draws.Distribution.BINOMIAL;
        };
    Evaluation low = bound(draw.bounds().map(Term.Bounds::low), Double.NEGATIVE_INFINITY);
    Evaluation high = bound(draw.bounds().map(Term.Bounds::high), Double.POSITIVE_INFINITY);
    int[] shape = ints(draw.shape());
    return m -> {
      double[] given =
          parameters.stream().mapToDouble(parameter -> parameter.evaluate(m).real()).toArray();
      int evaluation = m.count(draw.counterSlot());
      int[] lengths = shape.length == 1 && shape[0] < 0 ? new int[] {m.assigned()} : shape;
      Draws.Bounds bounds = new Draws.Bounds(low.evaluate(m).real(), high.evaluate(m).real());
      return Draws.draw(
          distribution, given, bounds, lengths, m.view().seed(), draw.stream(), evaluation);
    };
  }

  private Evaluation bound(Optional<Term> bound, double none) {
    return bound.map(this::linked).orElse(constant(new Value.Real(none)));
  }

  private Evaluation part(Term.Part part) {
    Evaluation of = linked(part.of());
    List<Term.Picks> kinds = part.axes().stream().map(Term.Axis::picks).toList();
    List<List<Evaluation>> terms = part.axes().stream().map(axis -> all(axis.terms())).toList();
    return m -> {
      List<PartOf.Axis> axes = new ArrayList<>();
      for (int k = 0; k < kinds.size(); k++) {
        List<Value> values = terms.get(k).stream().map(each -> each.evaluate(m)).toList();
        axes.add(
            switch (kinds.get(k)) {
              case ONE -> PartOf.Axis.one(values.getFirst().whole());
              case LISTED -> PartOf.Axis.listed(values.getFirst());
              case BETWEEN -> PartOf.Axis.between(values.get(0).whole(), values.get(1).whole());
              case ALL -> PartOf.Axis.ALL;
            });
      }
      return PartOf.of(of.evaluate(m), axes);
    };
  }

  private static Evaluation read(String path, Picked picked, Type type) {
    return m -> {
      var variable = m.view().variable(path);
      int[] indices = picked.indices(m, Cells.length(variable.array()));
      if (type instanceof Type.Array) {
        double[] values = new double[indices.length];
        for (int k = 0; k < values.length; k++) {
          values[k] = Cells.get(variable.array(), indices[k]);
        }
        int[] shape = picked instanceof Picked.All ? variable.shape() : new int[] {values.length};
        return new Value.Array(shape, values);
      }
      return one(variable.array(), indices[0], type);
    };
  }

  private static Value one(Object array, int index, Type type) {
    return array instanceof long[] cells && type instanceof Type.Whole
        ? new Value.Whole(cells[index])
        : type instanceof Type.Truth
            ? Value.of(Cells.get(array, index) != 0)
            : type instanceof Type.Whole
                ? new Value.Whole((long) Cells.get(array, index))
                : new Value.Real(Cells.get(array, index));
  }

  private static Evaluation readSynapses(Term.ReadSynapses read) {
    var cells = new SynapseCells(read.projection(), link(read.pre()), link(read.post()));
    return m -> {
      Object array = m.view().variable(read.path()).array();
      if (read.dense()) {
        return cells.matrix(m, array);
      }
      return read.type() instanceof Type.Array
          ? Value.Array.row(cells.values(m, array))
          : one(array, cells.indices(m)[0], read.type());
    };
  }

  private static Evaluation recorded(Term.Recorded recorded) {
    String path = recorded.path();
    if (recorded.isWhole()) {
      return m -> Measures.recorded(m, path);
    }
    Picked picked = link(recorded.selection());
    if (recorded.projection().isEmpty()) {
      return m -> Measures.recorded(m, path, picked);
    }
    var synapses = new SynapseCells(recorded.projection(), picked, link(recorded.post()));
    return m -> Measures.recorded(m, path, synapses.indices(m));
  }

  private Evaluation staged(Term.Staged staged) {
    Evaluation stream = linked(staged.stream());
    Evaluation argument = linked(staged.argument());
    return switch (staged.stage()) {
      case TAKE -> m -> Library.take(stream.evaluate(m), argument.evaluate(m).whole());
      case LAST -> m -> Library.last(stream.evaluate(m), argument.evaluate(m).whole());
      case SHUFFLE ->
          m -> {
            Value all = stream.evaluate(m);
            int epoch = m.count(staged.epochSlot());
            return Draws.shuffled(all, m.view().seed(), staged.random(), epoch);
          };
    };
  }
}
