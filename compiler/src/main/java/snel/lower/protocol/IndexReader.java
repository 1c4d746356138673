package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Indexing;
import snel.elaborate.Val;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.model.Slice;
import snel.source.Span;
import snel.syntax.Expression;

/// `owner[indices]` in protocols.
final class IndexReader {
  private final ExpressionReader reader;
  private final Work work;

  IndexReader(ExpressionReader reader) {
    this.reader = reader;
    this.work = reader.work();
  }

  /// @param whole the expression, for what the elaboration does
  Meaning index(Expression owner, List<Expression> indices, Expression whole, Span span) {
    boolean fixed = indices.stream().allMatch(reader.constants()::isFixed);
    if (fixed && isFamily(owner, indices)) {
      Val member = reader.constants().evaluate(whole);
      return new Meaning.Fixed(member, "");
    }
    Meaning meaning = reader.read(owner);
    return switch (meaning) {
      case Meaning.Fixed(Val.Cells(var slice, var _), var _) when !fixed ->
          element(slice, indices, span);
      case Meaning.Fixed(Val.Items _, var unit) when !fixed ->
          elementOf(meaning, indices, unit, span);
      case Meaning.Fixed(var _, String unit) ->
          new Meaning.Fixed(reader.constants().evaluate(whole), unit);
      case Meaning.Live(Term.ReadSynapses read, String unit) when indices.size() == 2 ->
          synapses(read, indices, unit);
      case Meaning.Live(Term.ReadSynapses read, String _) when indices.size() > 2 -> {
        List<Integer> shape =
            work.projection(read.projection()).map(p -> p.source().shape()).orElse(List.of());
        var diagnostic =
            Diagnostic.of(
                    Code.WRONG_KIND,
                    "synapses have two indices, source and target, but "
                        + indices.size()
                        + " stand here",
                    span)
                .note("a neuron counts through all axes of its population, the last one fastest");
        work.fault(
            shape.size() == 2
                ? diagnostic.help(
                    "the source of row r and column c is `[r * " + shape.get(1) + " + c, …]`")
                : diagnostic);
        yield Meaning.FAULTY;
      }
      case Meaning.Live(var _, String unit) -> elementOf(meaning, indices, unit, span);
      case Meaning.Assignable(var _, String unit) -> elementOf(meaning, indices, unit, span);
      case Meaning.Element _, Meaning.Owner _ ->
          work.fault(Code.WRONG_KIND, "this cannot be indexed", span);
      case Meaning.Faulty _ -> Meaning.FAULTY;
    };
  }

  /// `pop[3]`, `column[0]`: a name of its own, not an element.
  private boolean isFamily(Expression owner, List<Expression> indices) {
    List<Val> at = indices.stream().map(reader.constants()::evaluate).toList();
    if (owner instanceof Expression.Variable(var name, _)) {
      return Indexing.family(name.text(), at).flatMap(reader.frame().env()::find).isPresent();
    }
    return owner instanceof Expression.Member(var outer, var name, _)
        && reader.frame().inModule(owner).isEmpty()
        && reader.read(outer) instanceof Meaning.Fixed(Val.Part(var scope), var _)
        && Indexing.family(name.text(), at).flatMap(scope::member).isPresent();
  }

  /// One neuron, by indices that are known only when running.
  private Meaning element(Slice slice, List<Expression> indices, Span span) {
    if (!slice.whole() || (indices.size() != 1 && indices.size() != slice.shape().size())) {
      return work.fault(
          Code.CHANGES_IN_TIME, "an index into a slice must be known when compiled", span);
    }
    List<Integer> sizes = indices.size() == 1 ? List.of(slice.size()) : slice.shape();
    Term flat = new Term.Number(0);
    for (int axis = 0; axis < indices.size(); axis++) {
      Optional<Term> index = reader.term(indices.get(axis));
      if (index.isEmpty()) {
        return Meaning.FAULTY;
      }
      Term scaled =
          new Term.Arithmetic(
              Term.Operator.MULTIPLY, flat, new Term.Number(sizes.get(axis)), Type.REAL);
      flat =
          axis == 0
              ? index.get()
              : new Term.Arithmetic(Term.Operator.ADD, scaled, index.get(), Type.REAL);
    }
    return new Meaning.Element(slice.population(), flat);
  }

  private Meaning elementOf(Meaning owner, List<Expression> indices, String unit, Span span) {
    Optional<Term> current = reader.term(owner, span);
    List<Term.Axis> axes = new ArrayList<>();
    for (Expression index : indices) {
      axis(index).ifPresent(axes::add);
    }
    if (current.isEmpty() || axes.size() < indices.size()) {
      return Meaning.FAULTY;
    }
    Term of = listed(current.get());
    if (hasFewerAxes(of, axes.size(), span)) {
      return Meaning.FAULTY;
    }
    if (axes.stream().anyMatch(axis -> axis.picks() != Term.Picks.ONE)) {
      return Meaning.of(new Term.Part(of, axes, Types.part(of.type(), axes)), unit);
    }
    Term element = of;
    for (Term.Axis axis : axes) {
      Term at = axis.terms().getFirst();
      if (isOutside(element, at, span)) {
        return Meaning.FAULTY;
      }
      element = new Term.Element(element, at, Types.element(element.type()));
    }
    return Meaning.of(element, unit);
  }

  /// Whether there are certainly more indices than there is to index.
  private boolean hasFewerAxes(Term of, int indices, Span span) {
    if (!(of.type() instanceof Type.Array(var shape))
        || shape.contains(-1)
        || indices <= shape.size()) {
      return false;
    }
    work.fault(
        Code.INDEX_OUT_OF_RANGE,
        "this has %s, but %d indices stand here"
            .formatted(shape.size() == 1 ? "one axis" : shape.size() + " axes", indices),
        span);
    return true;
  }

  /// Whether there are certainly fewer numbers than that: what a run would end with is told before
  /// it. A single number may stand for as many as there are elsewhere.
  private boolean isOutside(Term of, Term at, Span span) {
    Optional<Long> index = Types.whole(at);
    int size = Types.choices(of).orElse(1);
    if (size == 1 || index.isEmpty() || (index.get() >= 0 && index.get() < size)) {
      return false;
    }
    Diagnostic fault =
        Diagnostic.of(
            Code.INDEX_OUT_OF_RANGE,
            "there is no element " + index.get() + ": there " + Indexing.elements(size),
            span);
    work.fault(
        of.type() instanceof Type.Array(var shape) && shape.size() > 1
            ? fault.note(
                "this has the shape " + shape + ", and its first index counts along the first axis")
            : fault);
    return true;
  }

  /// What one index picks of a list or array.
  private Optional<Term.Axis> axis(Expression index) {
    return switch (index.ungrouped()) {
      case Expression.WholeAxis _ -> Optional.of(new Term.Axis(Term.Picks.ALL, List.of()));
      case Expression.Range(var lower, var upper, boolean closed, _) -> {
        Optional<Term> from = reader.term(lower);
        Optional<Term> until = reader.term(upper).map(end -> closed ? next(end) : end);
        yield from.isPresent() && until.isPresent()
            ? Optional.of(new Term.Axis(Term.Picks.BETWEEN, List.of(from.get(), until.get())))
            : Optional.empty();
      }
      default ->
          reader
              .term(index)
              .map(term ->
                  new Term.Axis(
                      Types.isMany(term.type()) ? Term.Picks.LISTED : Term.Picks.ONE,
                      List.of(term)));
    };
  }

  private static Term next(Term end) {
    return Types.whole(end)
        .<Term>map(number -> new Term.Whole(number + 1))
        .orElseGet(
            () -> new Term.Arithmetic(Term.Operator.ADD, end, new Term.Whole(1), end.type()));
  }

  /// What a population of one neuron has is one value; with an index it is a list of one.
  private static Term listed(Term owner) {
    return owner instanceof Term.Read(var path, var selection, var type) && isNumber(type)
        ? new Term.Read(path, selection, Type.array(1))
        : owner;
  }

  private static boolean isNumber(Type type) {
    return type instanceof Type.Real || type instanceof Type.Whole || type instanceof Type.Truth;
  }

  /// `feed.w[i, j]`: by source and target.
  private Meaning synapses(Term.ReadSynapses read, List<Expression> indices, String unit) {
    Optional<Selection> pre = selection(indices.get(0));
    Optional<Selection> post = selection(indices.get(1));
    if (pre.isEmpty() || post.isEmpty()) {
      return Meaning.FAULTY;
    }
    boolean single = isSingle(pre.get()) && isSingle(post.get());
    return Meaning.of(
        new Term.ReadSynapses(
            read.path(),
            read.projection(),
            pre.get(),
            post.get(),
            false,
            single ? Type.REAL : Type.array(-1)),
        unit);
  }

  static boolean isSingle(Selection selection) {
    return selection instanceof Selection.At
        || selection instanceof Selection.Range(int from, int until) && until == from + 1;
  }

  /// What an index picks along one side.
  Optional<Selection> selection(Expression index) {
    if (!reader.constants().isFixed(index)) {
      return reader.term(index).map(Selection.At::new);
    }
    Val value = reader.constants().evaluate(index);
    return switch (value) {
      case Val.Marker _ -> Optional.of(Selection.ALL);
      case Val.Range range ->
          Indexing.ends(range).map(ends -> new Selection.Range((int) ends[0], (int) ends[1]));
      case Val.Items(var items) -> {
        List<Integer> listed = new ArrayList<>();
        items.forEach(item -> Indexing.whole(item).ifPresent(k -> listed.add((int) (long) k)));
        yield Optional.of(new Selection.Listed(listed));
      }
      default -> {
        Optional<Long> k = Indexing.whole(value);
        if (k.isEmpty() && !(value instanceof Val.Bad)) {
          work.fault(Code.WRONG_KIND, "an index must be a whole number", index.span());
        }
        yield k.map(at -> new Selection.Range((int) (long) at, (int) (long) at + 1));
      }
    };
  }
}
