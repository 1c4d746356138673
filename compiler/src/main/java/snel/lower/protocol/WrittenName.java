package snel.lower.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.ir.protocol.Unit;
import snel.source.Span;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.syntax.TextPart;

/// The name of a reported value, put together of what is written: where a loop counts, or an index
/// moves, what it stands at takes the place of the variable, `E[0].v` for `E[i].v`.
final class WrittenName {
  private final Block block;
  private final Passes passes;

  /// What the passes of a loop do to one another's values.
  enum Passes {
    /// Each has a value of its own.
    APART,
    /// Each adds to one value, but where another neuron or synapse is read.
    BY_ELEMENT,
    /// Each adds to one value, which keeps its name in all.
    TOGETHER
  }

  WrittenName(Block block, Passes passes) {
    this.block = block;
    this.passes = passes;
  }

  /// One name of many parts, of which neighbouring words are one.
  static Term of(List<Term> parts) {
    List<Term> merged = new ArrayList<>();
    for (Term part : parts) {
      if (part instanceof Term.Word(String next)
          && !merged.isEmpty()
          && merged.getLast() instanceof Term.Word(String before)) {
        merged.set(merged.size() - 1, new Term.Word(before + next));
      } else {
        merged.add(part);
      }
    }
    return merged.size() == 1 ? merged.getFirst() : new Term.Text(merged);
  }

  private record Place(Span span, Term value) {
    private static final Comparator<Place> FROM_THE_LEFT_OUTER_FIRST =
        Comparator.<Place>comparingInt(place -> place.span().start())
            .thenComparingInt(place -> -place.span().end());
  }

  List<Term> text(Expression expression) {
    List<Place> moving =
        Statements.all(expression)
            .flatMap(this::moving)
            .distinct()
            .sorted(Place.FROM_THE_LEFT_OUTER_FIRST)
            .toList();
    if (moving.isEmpty()) {
      return List.of(new Term.Word(Places.text(expression.span())));
    }
    Span whole = expression.span();
    List<Term> parts = new ArrayList<>();
    int from = whole.start();
    for (Place place : moving) {
      if (place.span().start() < from) {
        continue;
      }
      parts.add(word(whole, from, place.span().start()));
      parts.add(place.value());
      from = place.span().end();
    }
    parts.add(word(whole, from, whole.end()));
    return parts;
  }

  private static Term word(Span whole, int from, int to) {
    return new Term.Word(new Span(whole.file(), from, to).text().replaceAll("\\s+", " "));
  }

  private Stream<Place> moving(Expression expression) {
    return switch (expression) {
      case Expression.Variable(var name, _) when counts(name) -> place(name).stream();
      case Expression.Text(var parts, _) ->
          parts.stream()
              .filter(part -> part instanceof TextPart.Placeholder(var name, _) && counts(name))
              .flatMap(part ->
                  place(((TextPart.Placeholder) part).name())
                      .map(place -> new Place(part.span(), place.value()))
                      .stream());
      case Expression.Index(var owner, var indices, _) ->
          indices.stream().flatMap(index -> subscript(index, passes(owner)));
      default -> Stream.of();
    };
  }

  private boolean counts(Name name) {
    return block.frame().counts(name.text());
  }

  /// Elements of lists follow the loop as any number does; those of the network stay what they are.
  private Passes passes(Expression owner) {
    return passes == Passes.BY_ELEMENT && !isOfNetwork(owner) ? Passes.TOGETHER : passes;
  }

  private boolean isOfNetwork(Expression owner) {
    return Statements.all(owner)
        .noneMatch(part ->
            part instanceof Expression.Variable(var name, _)
                && block.frame().find(name.text()).isPresent());
  }

  /// `k - 1` is shown as what it comes to, `k ..< k + 2` as what its ends come to.
  private Stream<Place> subscript(Expression index, Passes here) {
    return switch (index.ungrouped()) {
      case Expression.Range(var low, var high, _, _) ->
          Stream.of(low, high).flatMap(end -> subscript(end, here));
      case Expression.Array(var elements, _) ->
          elements.stream().flatMap(element -> subscript(element, here));
      default ->
          Statements.all(index).anyMatch(part -> isMoved(part, here))
              ? place(block.reader().read(index), index.span()).stream()
              : Stream.of();
    };
  }

  private boolean isMoved(Expression part, Passes here) {
    return part instanceof Expression.Variable(var name, _)
        && block
            .frame()
            .find(name.text())
            .filter(meaning ->
                meaning instanceof Meaning.Fixed ? counts(name) : here != Passes.TOGETHER)
            .isPresent();
  }

  private Optional<Place> place(Name name) {
    Meaning meaning = block.frame().find(name.text()).orElse(Meaning.FAULTY);
    return passes == Passes.APART || meaning instanceof Meaning.Fixed
        ? place(meaning, name.span())
        : Optional.empty();
  }

  private static Optional<Place> place(Meaning meaning, Span span) {
    Optional<Term> value =
        switch (meaning) {
          case Meaning.Fixed(var known, _) -> Constants.term(known);
          case Meaning.Live(Term term, _) -> Optional.of(term);
          case Meaning.Assignable(var variable, _) -> Optional.of(variable);
          default -> Optional.empty();
        };
    return value
        .filter(term -> isSingle(term.type()))
        .map(term -> new Place(span, shown(term, ExpressionReader.unit(meaning))));
  }

  /// Whole numbers and texts are words at once, so that names can be told apart when compiled.
  private static Term shown(Term value, Unit unit) {
    return switch (value) {
      case Term.Number(double number) when unit.text().isEmpty() && number == Math.rint(number) ->
          new Term.Word(String.valueOf((long) number));
      case Term.Word word -> word;
      default -> new Term.Shown(value, unit);
    };
  }

  private static boolean isSingle(Type type) {
    return type instanceof Type.Real
        || type instanceof Type.Whole
        || type instanceof Type.Truth
        || type instanceof Type.Text;
  }
}
