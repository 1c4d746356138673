package snel.lower.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;

/// Finds what a term reads of the network.
final class TermPaths {
  private final Set<String> paths = new LinkedHashSet<>();

  private TermPaths() {}

  /// Names of the states, parameters and weights read.
  static Set<String> in(Term term) {
    TermPaths found = new TermPaths();
    found.visit(term);
    return found.paths;
  }

  private void visit(List<Term> terms) {
    terms.forEach(this::visit);
  }

  private void visit(Selection selection) {
    if (selection instanceof Selection.At(Term index)) {
      visit(index);
    }
  }

  private void visit(Term term) {
    switch (term) {
      case Term.Read(String path, var selection, _) -> {
        paths.add(path);
        visit(selection);
      }
      case Term.ReadSynapses read -> {
        paths.add(read.path());
        visit(read.pre());
        visit(read.post());
      }
      case Term.Recorded(String path, _) -> paths.add(path);
      case Term.Text(var parts) -> visit(parts);
      case Term.Shown(var value, _) -> visit(value);
      case Term.Negate(var operand) -> visit(operand);
      case Term.Not(var operand) -> visit(operand);
      case Term.Arithmetic(_, var a, var b, _) -> visit(List.of(a, b));
      case Term.Compare(_, var a, var b, _) -> visit(List.of(a, b));
      case Term.And(var a, var b) -> visit(List.of(a, b));
      case Term.Or(var a, var b) -> visit(List.of(a, b));
      case Term.Inside(var value, var low, var high, _, _) -> visit(List.of(value, low, high));
      case Term.Choose(var c, var a, var b, _) -> visit(List.of(c, a, b));
      case Term.Call(_, var arguments, _) -> visit(arguments);
      case Term.Draw draw -> visit(draw.parameters());
      case Term.Listing(var elements, _) -> visit(elements);
      case Term.Tuple(var elements, _) -> visit(elements);
      case Term.Element(var of, var index, _) -> visit(List.of(of, index));
      case Term.Field(var sample, _, _) -> visit(sample);
      case Term.FieldOfAll(var stream, _, _) -> visit(stream);
      case Term.Staged staged -> visit(List.of(staged.stream(), staged.argument()));
      case Term.Column(var which, _) -> visit(which);
      case Term.Number _,
          Term.Whole _,
          Term.Truth _,
          Term.Word _,
          Term.None _,
          Term.Numbers _,
          Term.SpikeTimes _,
          Term.Variable _,
          Term.Time _,
          Term.Neurons _,
          Term.Projection _,
          Term.ReadOut _,
          Term.Spikes _,
          Term.Label _,
          Term.Data _,
          Term.ResultOf _ -> {}
    }
  }
}
