package snel.lower.protocol;

import snel.ir.protocol.Term;

/// Whether a term changes in time within an episode.
final class TimeDependence {
  private TimeDependence() {}

  static boolean has(Term term) {
    return switch (term) {
      case Term.Time _ -> true;
      case Term.Negate(var operand) -> has(operand);
      case Term.Not(var operand) -> has(operand);
      case Term.Arithmetic(_, var a, var b, _) -> has(a) || has(b);
      case Term.Compare(_, var a, var b, _) -> has(a) || has(b);
      case Term.And(var a, var b) -> has(a) || has(b);
      case Term.Or(var a, var b) -> has(a) || has(b);
      case Term.Inside(var value, var low, var high, _, _) -> has(value) || has(low) || has(high);
      case Term.Choose(var c, var a, var b, _) -> has(c) || has(a) || has(b);
      case Term.Let(_, var value, var in) -> has(value) || has(in);
      case Term.Call(_, var arguments, _) -> arguments.stream().anyMatch(TimeDependence::has);
      case Term.Listing(var elements, _) -> elements.stream().anyMatch(TimeDependence::has);
      case Term.Tuple(var elements, _) -> elements.stream().anyMatch(TimeDependence::has);
      case Term.Element(var of, var index, _) -> has(of) || has(index);
      case Term.Part(var of, var axes, _) ->
          has(of)
              || axes.stream().flatMap(axis -> axis.terms().stream()).anyMatch(TimeDependence::has);
      case Term.Number _,
          Term.Whole _,
          Term.Truth _,
          Term.Text _,
          Term.Word _,
          Term.Shown _,
          Term.None _,
          Term.Numbers _,
          Term.SpikeTimes _,
          Term.Variable _,
          Term.Draw _,
          Term.Read _,
          Term.ReadSynapses _,
          Term.Neurons _,
          Term.Projection _,
          Term.ReadOut _,
          Term.Spikes _,
          Term.Recorded _,
          Term.Label _,
          Term.Field _,
          Term.Data _,
          Term.FieldOfAll _,
          Term.Staged _,
          Term.Column _,
          Term.ResultOf _ ->
          false;
    };
  }
}
