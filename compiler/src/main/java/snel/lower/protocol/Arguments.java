package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import snel.check.LibraryParameters;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Val;
import snel.ir.protocol.Function;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;

/// The arguments of a call of a library function.
final class Arguments {
  private final ExpressionReader reader;
  private final String function;
  private final List<Argument> arguments;
  private final Span span;

  Arguments(ExpressionReader reader, String function, List<Argument> arguments, Span span) {
    this.reader = reader;
    this.function = function;
    this.arguments = LibraryParameters.plain(function, arguments);
    this.span = span;
  }

  ExpressionReader reader() {
    return reader;
  }

  Work work() {
    return reader.work();
  }

  String function() {
    return function;
  }

  Span span() {
    return span;
  }

  int size() {
    return arguments.size();
  }

  /// The expressions without a name.
  List<Expression> unnamed() {
    return arguments.stream()
        .filter(argument -> argument.name() == null)
        .map(Argument::value)
        .toList();
  }

  /// The expression given by name, or without one at `position`.
  Optional<Expression> expression(String name, int position) {
    for (Argument argument : arguments) {
      if (argument.name() != null && argument.name().text().equals(name)) {
        return Optional.of(argument.value());
      }
    }
    List<Expression> unnamed = unnamed();
    return position >= 0 && position < unnamed.size()
        ? Optional.of(unnamed.get(position))
        : Optional.empty();
  }

  /// The meaning of an argument that must be there; faulty, and reported, if it is not.
  Meaning meaning(String name, int position) {
    Optional<Expression> given = expression(name, position);
    return given.isPresent() ? reader.read(given.get()) : missing(name);
  }

  private Meaning missing(String name) {
    return work().fault(Code.MISSING_ARGUMENT, "`" + function + "` wants `" + name + "`", span);
  }

  /// The term of an argument that must be there.
  Optional<Term> term(String name, int position) {
    return reader.term(meaning(name, position), span);
  }

  Optional<Term> term(String name, int position, Term fallback) {
    Optional<Expression> given = expression(name, position);
    return given.isPresent() ? reader.term(given.get()) : Optional.of(fallback);
  }

  /// A number above 0: what only the run knows is looked at there.
  Optional<Term> positive(String name, int position) {
    return term(name, position).flatMap(term -> aboveZero(name, position, term));
  }

  Optional<Term> positive(String name, int position, Term fallback) {
    return term(name, position, fallback).flatMap(term -> aboveZero(name, position, term));
  }

  private Optional<Term> aboveZero(String name, int position, Term term) {
    OptionalDouble known = KnownNumber.of(term);
    if (known.isEmpty()) {
      List<Term> given = List.of(term, new Term.Word(function), new Term.Word(name));
      return Optional.of(new Term.Call(Function.POSITIVE, given, term.type()));
    }
    if (known.getAsDouble() > 0) {
      return Optional.of(term);
    }
    work()
        .fault(
            Diagnostic.of(
                Code.OUT_OF_RANGE,
                "`%s` wants `%s` to be above 0".formatted(function, name),
                place(name, position),
                "not above 0"));
    return Optional.empty();
  }

  /// A call of all the terms, if none is faulty.
  @SafeVarargs
  static Meaning call(Function function, Type type, String unit, Optional<Term>... terms) {
    List<Term> all = new ArrayList<>();
    for (Optional<Term> term : terms) {
      if (term.isEmpty()) {
        return Meaning.FAULTY;
      }
      all.add(term.get());
    }
    return Meaning.of(new Term.Call(function, all, type), unit);
  }

  /// The population that an argument names.
  Optional<Term> neurons(String name, int position) {
    Meaning meaning = meaning(name, position);
    return switch (meaning) {
      case Meaning.Fixed(Val.Cells(var slice, String event), var _) ->
          Optional.of(new Term.Neurons(Selections.path(slice, event), Selections.of(slice)));
      case Meaning.Element(String population, Term index) ->
          Optional.of(new Term.Neurons(population, new Selection.At(index)));
      case Meaning.Faulty _, Meaning.Fixed(Val.Bad _, var _) -> Optional.empty();
      default -> {
        work()
            .fault(
                Code.WRONG_KIND,
                "`" + function + "` wants a population here",
                place(name, position));
        yield Optional.empty();
      }
    };
  }

  /// The same, where the spikes of the latest episode are asked for one by one.
  Optional<Term> spiking(String name, int position) {
    Optional<Term> neurons = neurons(name, position);
    if (neurons.isPresent() && neurons.get() instanceof Term.Neurons(String population, _)) {
      work().demands().spikes(population);
    }
    return neurons;
  }

  /// The projection that an argument names.
  Optional<Term> projection(String name, int position) {
    Meaning meaning = meaning(name, position);
    if (meaning instanceof Meaning.Fixed(Val.Wires(String path), var _)) {
      work().demands().inspects(path);
      return Optional.of(new Term.Projection(path));
    }
    if (!(meaning instanceof Meaning.Faulty)) {
      work()
          .fault(
              Code.WRONG_KIND,
              "`" + function + "` wants a projection named by `as`",
              place(name, position));
    }
    return Optional.empty();
  }

  /// The read-out that an argument names.
  Optional<Term> readOut(String name, int position) {
    Meaning meaning = meaning(name, position);
    return switch (meaning) {
      case Meaning.Fixed(Val.Reading(String readOut), var _) ->
          Optional.of(new Term.ReadOut(readOut));
      case Meaning.Faulty _, Meaning.Fixed(Val.Bad _, var _) -> Optional.empty();
      default -> {
        work().fault(Code.WRONG_KIND, "`" + function + "` wants a read-out", place(name, position));
        yield Optional.empty();
      }
    };
  }

  private Span place(String name, int position) {
    return expression(name, position).map(Expression::span).orElse(span);
  }
}
