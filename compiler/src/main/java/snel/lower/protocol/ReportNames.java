package snel.lower.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Val;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.OutcomeStatement;

/// Names for what an experiment reports and does not name: `rate(E)` is `rate.E`, `accuracy(digit)`
/// is `accuracy`, or `accuracy.digit` where a report has those of several read-outs. Where two
/// would have one name they are called what is written, `correlation(c, bin: 3 ms)`.
final class ReportNames {
  private static final String ACCURACY = "accuracy";
  private static final Set<String> GROWING = Set.of("curve", "heat_map", "table");

  private final Map<Key, Taken> taken = new HashMap<>();
  private final Map<Span, Integer> grown = new HashMap<>();

  /// A name, of values or of what grows into a table or figure, which are kept apart.
  private record Key(Term name, boolean grows) {
    static Key of(Term name, OutcomeStatement.Reported item) {
      return new Key(name, passes(item.value()) != WrittenName.Passes.APART);
    }
  }

  /// @param text what is written of the value that has the name
  private record Taken(String text, Frame frame) {}

  /// The names of the values of one report, in their order.
  List<Term> of(List<OutcomeStatement.Reported> items, Block block) {
    List<Term> names = items.stream().map(item -> name(item, block)).toList();
    boolean several = names.stream().filter(new Term.Word(ACCURACY)::equals).count() > 1;
    List<Term> all = new ArrayList<>();
    for (int k = 0; k < items.size(); k++) {
      OutcomeStatement.Reported item = items.get(k);
      boolean own = item.name() != null;
      boolean alike = several && names.get(k).equals(new Term.Word(ACCURACY)) && !own;
      all.add(alike ? new Term.Word(ofReadOut(item.value())) : names.get(k));
    }
    List<Term> apart = new ArrayList<>();
    for (int k = 0; k < items.size(); k++) {
      OutcomeStatement.Reported item = items.get(k);
      boolean own = item.name() != null;
      apart.add(!own && isAmbiguous(k, all, items) ? inFull(item.value(), block) : all.get(k));
    }
    return apart;
  }

  /// The number of what is reported: one for all passes of a loop that is unrolled, where it grows
  /// with each.
  int number(OutcomeStatement.Reported item, Block block) {
    return growsTogether(item)
        ? grown.computeIfAbsent(item.span(), _ -> block.work().nextItem())
        : block.work().nextItem();
  }

  private static boolean growsTogether(OutcomeStatement.Reported item) {
    return passes(item.value()) == WrittenName.Passes.TOGETHER;
  }

  /// Warns of a value whose name an earlier one has that stands beside it.
  void take(Term name, OutcomeStatement.Reported item, Term value, Block block) {
    Taken before = taken.put(Key.of(name, item), new Taken(text(item), block.frame()));
    boolean replaces = !(value.type() instanceof Type.Figure);
    if (before != null && before.frame() == block.frame() && replaces) {
      String shown = name instanceof Term.Word(String word) ? word : text(item);
      block
          .work()
          .context()
          .diagnostics()
          .report(
              Diagnostic.of(
                      Code.REPORTED_TWICE,
                      "`" + shown + "` is reported a second time, and replaces what was there",
                      item.span(),
                      "the same name")
                  .help("give it a name of its own: `report later = " + text(item) + "`"));
    }
  }

  private boolean isAmbiguous(int k, List<Term> names, List<OutcomeStatement.Reported> items) {
    String own = text(items.get(k));
    Key key = Key.of(names.get(k), items.get(k));
    Taken before = taken.get(key);
    if (before != null && !before.text().equals(own)) {
      return true;
    }
    for (int other = 0; other < items.size(); other++) {
      if (Key.of(names.get(other), items.get(other)).equals(key)
          && !text(items.get(other)).equals(own)) {
        return true;
      }
    }
    return false;
  }

  private static String text(OutcomeStatement.Reported item) {
    return item.value().span().text().replaceAll("\\s+", " ").strip();
  }

  private static Term inFull(Expression value, Block block) {
    return WrittenName.of(new WrittenName(block, passes(value)).text(value));
  }

  private static Term name(OutcomeStatement.Reported item, Block block) {
    if (item.name() != null) {
      return new Term.Word(item.name().text());
    }
    boolean isUnrolled = block.innermost().orElse(null) instanceof Loop.Unrolled;
    return growsTogether(item)
            && isUnrolled
            && item.value().ungrouped() instanceof Expression.Call(var function, var given, _)
        ? new Term.Word(asWritten(function, given))
        : WrittenName.of(of(item.value(), block, new WrittenName(block, passes(item.value()))));
  }

  private static String asWritten(Expression function, List<Argument> arguments) {
    return Stream.concat(Stream.of(function), arguments.stream().map(Argument::value))
        .map(part -> Places.text(part.span()))
        .collect(Collectors.joining("."));
  }

  private static WrittenName.Passes passes(Expression value) {
    return value.ungrouped() instanceof Expression.Call(Expression.Variable(var function, _), _, _)
        ? passes(function.text())
        : WrittenName.Passes.APART;
  }

  /// A series is of one neuron or synapse; a curve may well run over several.
  private static WrittenName.Passes passes(String function) {
    if (function.equals("over_time")) {
      return WrittenName.Passes.BY_ELEMENT;
    }
    return GROWING.contains(function) ? WrittenName.Passes.TOGETHER : WrittenName.Passes.APART;
  }

  private static String ofReadOut(Expression value) {
    return value.ungrouped() instanceof Expression.Call(var function, var arguments, _)
        ? arguments.size() == 1 && !isAccuracy(function)
            ? ofReadOut(arguments.getFirst().value())
            : ACCURACY + "." + Places.text(arguments.getFirst().value().span())
        : ACCURACY;
  }

  private static boolean isAccuracy(Expression function) {
    return function instanceof Expression.Variable(var name, _) && name.text().equals(ACCURACY);
  }

  private static List<Term> of(Expression value, Block block, WrittenName written) {
    if (!(value.ungrouped()
        instanceof Expression.Call(Expression.Variable(var function, _), var arguments, _))) {
      return written.text(value);
    }
    if (function.text().equals("over_time") && arguments.size() == 1) {
      return of(arguments.getFirst().value(), block, written);
    }
    List<Term> parts = new ArrayList<>(List.of(new Term.Word(function.text())));
    if (function.text().equals(ACCURACY)) {
      return parts;
    }
    for (Argument argument : arguments) {
      if (argument.name() == null) {
        parts.add(new Term.Word("."));
        parts.addAll(part(argument.value(), block, written));
      }
    }
    return parts;
  }

  private static List<Term> part(Expression argument, Block block, WrittenName written) {
    if (argument instanceof Expression.Call) {
      return of(argument, block, written);
    }
    if (argument instanceof snel.syntax.Reference
        && block.reader().read(argument)
            instanceof Meaning.Fixed(Val.Cells(var slice, String event), _)
        && slice.whole()) {
      return List.of(new Term.Word(Selections.path(slice, event)));
    }
    return written.text(argument);
  }
}
