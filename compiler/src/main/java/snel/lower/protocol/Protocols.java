package snel.lower.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Nearest;
import snel.elaborate.Evaluator;
import snel.elaborate.Kinds;
import snel.elaborate.Val;
import snel.ir.protocol.Action;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.source.Span;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Parameter;
import snel.syntax.Statement;

/// `do protocol(arguments)`: the protocol's statements are put in place.
final class Protocols {
  private final Block block;
  private final Work work;

  Protocols(Block block) {
    this.block = block;
    this.work = block.work();
  }

  List<Action> call(Statement.Do call) {
    String name = name(call.protocol());
    Map<String, NetworkItem.Protocol> known = work.elaborated().protocols();
    NetworkItem.Protocol protocol = known.get(name);
    if (protocol == null) {
      work.fault(
          Code.UNKNOWN_NAME,
          "the network has no protocol `" + name + "`" + Nearest.hint(name, known.keySet()),
          call.protocol().span());
      return List.of();
    }
    if (block.protocols().contains(name)) {
      work.fault(Code.DEFINITION_CYCLE, "protocol `" + name + "` does itself", call.span());
      return List.of();
    }
    Place place = work.place(call.span());
    List<Action> actions = new ArrayList<>();
    Frame inside = Frame.of(work.elaborated().scope().env());
    arguments(protocol, call, place, actions).forEach(inside::count);
    actions.addAll(StatementLowering.lower(protocol.body(), block.protocol(name, inside)));
    return actions;
  }

  private String name(Expression reference) {
    return reference instanceof Expression.Member(var owner, var name, _)
            && block.reader().read(owner) instanceof Meaning.Fixed(Val.Part(var scope), _)
        ? scope.prefix() + name.text()
        : Places.text(reference.span());
  }

  /// Arguments are evaluated once, when the protocol begins.
  private Map<String, Meaning> arguments(
      NetworkItem.Protocol protocol, Statement.Do call, Place place, List<Action> actions) {
    Map<String, Meaning> given = new LinkedHashMap<>();
    var arguments =
        new Arguments(block.reader(), protocol.name().text(), call.arguments(), call.span());
    for (int k = 0; k < protocol.parameters().size(); k++) {
      String name = protocol.parameters().get(k).name().text();
      Meaning meaning = arguments.meaning(name, k);
      Span span = arguments.expression(name, k).map(Expression::span).orElse(call.span());
      boolean fits = fits(protocol.parameters().get(k), meaning, span);
      given.put(name, fits ? held(name, meaning, place, actions) : Meaning.FAULTY);
    }
    if (call.arguments().size() > protocol.parameters().size()) {
      work.fault(
          Code.WRONG_ARGUMENT_COUNT,
          "`"
              + protocol.name().text()
              + "` takes "
              + protocol.parameters().size()
              + " arguments, not "
              + call.arguments().size(),
          call.span());
    }
    return given;
  }

  /// Of a file only now is known which shape its numbers have.
  private boolean fits(Parameter parameter, Meaning given, Span span) {
    if (!(given instanceof Meaning.Fixed(Val.Items _, var _))) {
      return true;
    }
    var evaluator = new Evaluator(work.context(), work.elaborated().scope().env());
    List<Integer> shape = Kinds.shape(parameter.type(), evaluator).orElse(List.of());
    return shape.isEmpty()
        || block.reader().term(given, span).stream()
            .allMatch(value ->
                new GivenShape(work)
                    .check(value, new Type.Array(shape), parameter.name().text(), span));
  }

  private Meaning held(String name, Meaning meaning, Place place, List<Action> actions) {
    Optional<Term> term =
        switch (meaning) {
          case Meaning.Live(Term live, var _) -> Optional.of(live);
          case Meaning.Assignable(var variable, var _) -> Optional.of(variable);
          case Meaning.Fixed _, Meaning.Element _, Meaning.Owner _, Meaning.Faulty _ ->
              Optional.empty();
        };
    if (term.isEmpty()) {
      return meaning;
    }
    Term.Variable variable = work.variable(name, term.get().type());
    actions.add(new Action.Define(variable.slot(), name, term.get(), place));
    return Meaning.of(variable, ExpressionReader.unit(meaning).text());
  }
}
