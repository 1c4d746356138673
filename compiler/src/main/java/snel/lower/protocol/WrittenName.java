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
  private final boolean grows;

  /// @param grows whether passes of a loop add to one value, which then keeps its name in all
  WrittenName(Block block, boolean grows) {
    this.block = block;
    this.grows = grows;
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

  private record Place(Span span, Term value) {}

  List<Term> text(Expression expression) {
    List<Place> moving =
        Statements.all(expression)
            .flatMap(this::moving)
            .distinct()
            .sorted(Comparator.comparingInt(place -> place.span().start()))
            .toList();
    if (moving.isEmpty()) {
      return List.of(new Term.Word(Places.text(expression.span())));
    }
    Span whole = expression.span();
    List<Term> parts = new ArrayList<>();
    int from = whole.start();
    for (Place place : moving) {
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
      case Expression.Index(_, var indices, _) ->
          indices.stream()
              .flatMap(Statements::all)
              .filter(inner -> inner instanceof Expression.Variable)
              .flatMap(inner -> moved(((Expression.Variable) inner).name()).stream());
      default -> Stream.of();
    };
  }

  private boolean counts(Name name) {
    return block.frame().counts(name.text());
  }

  private Optional<Place> moved(Name name) {
    return block.frame().find(name.text()).filter(m -> !(m instanceof Meaning.Fixed)).isPresent()
        ? place(name)
        : Optional.empty();
  }

  private Optional<Place> place(Name name) {
    Meaning meaning = block.frame().find(name.text()).orElse(Meaning.FAULTY);
    if (grows && !(meaning instanceof Meaning.Fixed)) {
      return Optional.empty();
    }
    Optional<Term> value =
        switch (meaning) {
          case Meaning.Fixed(var known, _) -> Constants.term(known);
          case Meaning.Live(Term.Variable variable, _) -> Optional.of(variable);
          case Meaning.Assignable(var variable, _) -> Optional.of(variable);
          default -> Optional.empty();
        };
    return value
        .filter(term -> isSingle(term.type()))
        .map(term -> new Place(name.span(), shown(term, ExpressionReader.unit(meaning))));
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
