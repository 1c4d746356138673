package snel.lower.protocol;

import java.util.List;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;

/// Random numbers in what many elements are set to: one for each of them, as in the arguments of a
/// population, where the value is worked out element by element.
final class ElementDraws {
  /// As many as the synapses that are assigned, which are counted when they are.
  static final List<Integer> AS_ASSIGNED = List.of(-1);

  private ElementDraws() {}

  /// @param to the type of what is set
  static Term each(Term value, Type to) {
    return to instanceof Type.Array(var shape) ? each(value, shape) : value;
  }

  static Term each(Term value, List<Integer> shape) {
    return switch (value) {
      case Term.Draw draw when draw.shape().isEmpty() ->
          new Term.Draw(
              draw.distribution(),
              draw.parameters(),
              draw.bounds(),
              draw.stream(),
              draw.counterSlot(),
              shape,
              new Type.Array(shape));
      case Term.Negate(var operand) -> new Term.Negate(each(operand, shape));
      case Term.Arithmetic(var operator, var left, var right, _) -> {
        Term a = each(left, shape);
        Term b = each(right, shape);
        yield new Term.Arithmetic(operator, a, b, Types.arithmetic(operator, a, b));
      }
      case Term.Choose(var condition, var whenTrue, var whenFalse, _) -> {
        Term a = each(whenTrue, shape);
        Term b = each(whenFalse, shape);
        yield new Term.Choose(condition, a, b, Types.either(a, b));
      }
      case Term.Call(var function, var arguments, var type)
          when NetworkTerms.isPointwise(function) -> {
        List<Term> all = arguments.stream().map(argument -> each(argument, shape)).toList();
        boolean isMany = all.stream().anyMatch(argument -> argument.type() instanceof Type.Array);
        yield new Term.Call(function, all, isMany ? new Type.Array(shape) : type);
      }
      default -> value;
    };
  }
}
