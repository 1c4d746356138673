package snel.check;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.types.Type;

/// Something of quite another kind stands where a value is wanted. E0217.
final class WrongKind {
  static final String READOUT = "a read-out";

  private WrongKind() {}

  /// @param wanted "a number", "a population"
  static Type report(Context context, Type found, Span at, String wanted) {
    if (Wording.isOpen(found)) {
      return Type.UNKNOWN;
    }
    var diagnostic =
        Diagnostic.of(
            Code.WRONG_KIND,
            wanted + " is wanted here, but `" + Wording.text(at) + "` is " + described(found),
            at,
            "this is " + described(found));
    if (found.single() instanceof Type.Bool && wanted.endsWith("number")) {
      String counted = "(if " + at.text() + " then 1 else 0)";
      return context.faulty(diagnostic.fix("write `" + counted + "`", at, counted));
    }
    if (found instanceof Things.End && wanted.endsWith("number")) {
      String index = at.text() + ".index";
      return context.faulty(diagnostic.fix("write `" + index + "`", at, index));
    }
    if (found instanceof Things.Interval && wanted.endsWith("number")) {
      return context.faulty(drawnBetween(diagnostic, at, false));
    }
    return context.faulty(
        found instanceof Things.Cells
            ? diagnostic.help(ofPopulation(wanted, Wording.text(at)))
            : diagnostic);
  }

  /// `0 .. 1`, where each synapse or neuron should have its own number.
  ///
  /// @param onGrid whether what is drawn has to be a multiple of the step
  static Diagnostic drawnBetween(Diagnostic diagnostic, Span range, boolean onGrid) {
    String[] bounds = range.text().split("\\.\\.<?", 2);
    if (bounds.length < 2) {
      return diagnostic;
    }
    String drawn = "uniform(" + bounds[0].strip() + ", " + bounds[1].strip() + ")";
    String draw = onGrid ? "to_step(" + drawn + ")" : drawn;
    return diagnostic.fix("to draw between them, write `" + draw + "`", range, draw);
  }

  /// What is told of a population by something else than its name.
  private static String ofPopulation(String wanted, String population) {
    return (wanted.equals(READOUT)
            ? "its answers are told by a read-out of the network, `readout answer : MaxCount(%1$s)`:"
                + " name `answer` here"
            : "`size(%1$s)` is its number of neurons, `count(%1$s)` that of its spikes")
        .formatted(population);
  }

  static String described(Type type) {
    if (Wording.fitsAll(type)) {
      return "a number";
    }
    return type.single() instanceof Type.Bool ? "true or false" : Wording.described(type);
  }
}
