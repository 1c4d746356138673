package snel.elaborate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.model.Population;
import snel.model.Readout;
import snel.model.Slice;
import snel.resolve.Entity;
import snel.syntax.Argument;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.QualifiedName;

/// `readout name : Kind(source, options…)`.
final class ReadoutReader {
  private final NetworkElaborator network;
  private final Context context;
  private final NetworkScope scope;

  ReadoutReader(NetworkElaborator network, NetworkScope scope) {
    this.network = network;
    this.context = network.context();
    this.scope = scope;
  }

  Optional<Readout> read(NetworkItem.Readout item) {
    Optional<Readout> found = readout(item);
    Val value = found.<Val>map(readout -> new Val.Reading(readout.name())).orElse(Val.BAD);
    scope.define(item.name().name().text(), value);
    return found;
  }

  private Optional<Readout> readout(NetworkItem.Readout item) {
    var evaluator = new Evaluator(context, scope.env());
    Optional<Slice> source = Optional.empty();
    String member = "count";
    Map<String, Double> numbers = new LinkedHashMap<>();
    Map<String, String> words = new LinkedHashMap<>();
    for (Argument argument : item.kind().arguments()) {
      if (argument.name() != null) {
        option(argument, evaluator, numbers, words);
        continue;
      }
      Expression value = argument.value();
      if (source.isPresent()) {
        context.fault(
            Code.WRONG_KIND,
            "a read-out reads one population; what follows it has a name, as in `classes: 10`",
            argument.span());
        return Optional.empty();
      }
      if (value instanceof Expression.Member(var owner, var name, _)
          && evaluator.eval(owner) instanceof Val.Cells(var slice, _)) {
        source = Optional.of(slice);
        member = name.text();
      } else if (value instanceof Expression.Call(Expression.Variable(var filter, _), var inner, _)
          && !inner.isEmpty()
          && evaluator.eval(inner.get(0).value()) instanceof Val.Cells(var slice, _)) {
        source = Optional.of(slice);
        member = filter.text();
        for (Argument option : inner) {
          if (option.name() != null) {
            option(option, evaluator, numbers, words);
          }
        }
      } else if (evaluator.eval(value) instanceof Val.Cells(var slice, _)) {
        if (network.population(slice.population()).filter(Population::isInput).isPresent()) {
          context.fault(
              Diagnostic.of(
                      Code.WRONG_KIND,
                      "a read-out wants a population, and this is an input: its spikes are not"
                          + " counted",
                      argument.span())
                  .help("connect it to a population: a `Parrot` says again what comes"));
          return Optional.empty();
        }
        source = Optional.of(slice);
      } else {
        context.fault(
            Code.WRONG_KIND, "a read-out wants a population or one of its states", argument.span());
        return Optional.empty();
      }
    }
    String name = scope.prefix() + item.name().name().text();
    return Optional.of(
        new Readout(
            name,
            kind(item.kind().model()),
            source,
            member,
            numbers,
            words,
            List.copyOf(new ArrayList<>()),
            item.span()));
  }

  /// The name it was declared with, under whatever name it has been imported.
  private String kind(QualifiedName model) {
    return scope
        .env()
        .file()
        .function(model)
        .map(Entity.Declared::declaration)
        .filter(Declaration.Function.class::isInstance)
        .map(Declaration.Function.class::cast)
        .map(function -> function.name().text())
        .orElse(model.last().text());
  }

  private void option(
      Argument argument,
      Evaluator evaluator,
      Map<String, Double> numbers,
      Map<String, String> words) {
    if (argument.name() == null) {
      return;
    }
    switch (evaluator.eval(argument.value())) {
      case Val.Num(Expr.Num(var value), _) -> numbers.put(argument.name().text(), value.toDouble());
      case Val.Text(var text) -> words.put(argument.name().text(), text);
      case Val.Bad _ -> {}
      default ->
          context.fault(
              Code.CHANGES_IN_TIME, "an option must be known when compiled", argument.span());
    }
  }
}
