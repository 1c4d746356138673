package snel.elaborate;

import java.util.Optional;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.model.Endpoint;
import snel.model.Port;
import snel.model.WeightSource;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Expression;

/// Reads the clauses `weight` and `tied to` of a connection.
final class WeightReader {
  private final Context context;
  private final Connect connect;

  WeightReader(Context context, Connect connect) {
    this.context = context;
    this.connect = connect;
  }

  private Optional<Clause.Weight> clause() {
    return connect.clauses().stream()
        .flatMap(c -> c instanceof Clause.Weight w ? Stream.of(w) : null)
        .findFirst();
  }

  /// The unit in which the weight is written, else that of its type or of what takes it; empty if
  /// there is none.
  String unit(Optional<String> declared, Optional<Port> port) {
    Optional<String> written = clause().flatMap(w -> Literals.unitIn(w.value()));
    Optional<String> taken =
        declared.or(() -> port.map(Port::unit).filter(unit -> !unit.isEmpty()));
    return written
        .filter(unit -> taken.filter(t -> !Literals.areAlike(unit, t)).isEmpty())
        .or(() -> taken)
        .orElse("");
  }

  /// What the synapses start with.
  ///
  /// @param pairs sees the two neurons that are joined
  /// @param outside sees the network
  /// @param written takes weights that are a list
  Optional<WeightSource> read(Evaluator pairs, Env outside, WrittenWeights written) {
    for (Clause clause : connect.clauses()) {
      switch (clause) {
        case Clause.Weight(var expression, var span) -> {
          // draws are numbered anew in each clause
          Val value = new Evaluator(context, pairs.env()).eval(expression);
          return switch (value) {
            case Val.Num(var e, _) -> Optional.of(new WeightSource.Value(e));
            case Val.Items list -> written.read(list, expression.span());
            case Val.Bad _ -> Optional.empty();
            default -> {
              context.fault(Code.WRONG_KIND, "a weight must be a number", span);
              yield Optional.empty();
            }
          };
        }
        case Clause.TiedTo(var weights, var span) -> {
          return tied(weights, 1, false, outside);
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  private Optional<WeightSource> tied(
      Expression weights, int sign, boolean transposed, Env outside) {
    return switch (weights) {
      case Expression.Unary(_, var operand, _) -> tied(operand, -sign, transposed, outside);
      case Expression.Group(var inner, _) -> tied(inner, sign, transposed, outside);
      case Expression.Call(Expression.Variable(var name, _), var arguments, _)
          when name.text().equals("transpose") ->
          tied(arguments.get(0).value(), sign, !transposed, outside);
      case Expression.Member(var owner, _, _) -> {
        Val named = new Evaluator(context, outside).eval(owner);
        if (named instanceof Val.Wires(var path)) {
          yield Optional.of(new WeightSource.Tied(path, transposed, sign));
        }
        if (named instanceof Val.Bad) {
          yield Optional.empty();
        }
        context.fault(
            Code.NOTHING_TO_LEARN,
            "`tied to` wants the weights of a named projection",
            weights.span());
        yield Optional.empty();
      }
      default -> {
        context.fault(
            Code.NOTHING_TO_LEARN,
            "`tied to` wants the weights of a named projection",
            weights.span());
        yield Optional.empty();
      }
    };
  }

  /// Whether the target takes what is written, and all that it takes is written.
  boolean fits(Endpoint target, Optional<Port> port, Optional<WeightSource> weight) {
    boolean written =
        connect.clauses().stream()
            .anyMatch(c -> c instanceof Clause.Weight || c instanceof Clause.TiedTo);
    boolean takes = port.isEmpty() || !port.get().parameters().isEmpty();
    if (takes && !written && target instanceof Endpoint.NeuronPort(_, var name)) {
      context.fault(
          Code.WEIGHT_MISSING, "`" + name + "` takes a value: write `weight`", connect.span());
      return false;
    }
    if (!takes && written) {
      context.fault(
          Code.WEIGHT_UNWANTED,
          "`" + port.map(Port::name).orElse("") + "` takes no value: remove `weight`",
          clause().map(Clause.Weight::span).orElse(connect.span()));
      return false;
    }
    return !written || weight.isPresent();
  }
}
