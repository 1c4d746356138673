package snel.parse;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.grammar.SnnParser.NameContext;
import snel.syntax.BinMode;
import snel.syntax.Side;
import snel.syntax.SumMode;

/// Words with a closed choice of values behind them: `of post`, `sum exact`, `bin floor`.
final class WordTrees {
  private static final Map<String, Side> SIDES = choices("pre", Side.PRE, "post", Side.POST);
  private static final Map<String, Side> RECEIVERS = Map.of("post", Side.POST);
  private static final Map<String, Side> ORDERS =
      choices("pre_first", Side.PRE, "post_first", Side.POST);
  private static final Map<String, SumMode> SUMS =
      choices("exact", SumMode.EXACT, "any", SumMode.ANY);
  private static final Map<String, SumMode> SUMS_OF_SYNAPSES = sumsOfSynapses();
  private static final Map<String, BinMode> BINS = bins();

  private final Origin origin;

  WordTrees(Origin origin) {
    this.origin = origin;
  }

  @Nullable Side of(@Nullable NameContext word) {
    return chosen("of", SIDES, word);
  }

  /// Of which neuron's synapses a port is, if it is not of all.
  @Nullable Side ofPort(@Nullable NameContext word) {
    return chosen("receive … of", RECEIVERS, word);
  }

  Side first(NameContext word) {
    Side side = chosen("coincident", ORDERS, word);
    return side == null ? Side.PRE : side;
  }

  @Nullable SumMode sum(@Nullable NameContext word) {
    return chosen("sum", SUMS, word);
  }

  SumMode sumOfSynapses(NameContext word) {
    SumMode mode = chosen("sum", SUMS_OF_SYNAPSES, word);
    return mode == null ? SumMode.EXACT : mode;
  }

  private static Map<String, SumMode> sumsOfSynapses() {
    Map<String, SumMode> all = new LinkedHashMap<>(SUMS);
    all.put("largest", SumMode.LARGEST);
    return all;
  }

  @Nullable BinMode bin(@Nullable NameContext word) {
    return chosen("bin", BINS, word);
  }

  private <T> @Nullable T chosen(
      String before, Map<String, T> choices, @Nullable NameContext word) {
    if (word == null) {
      return null;
    }
    String text = word.getText();
    T choice = choices.get(text);
    if (choice == null && !text.isEmpty()) {
      String wanted = Prose.listed(choices.keySet().stream().map(Prose::code).toList(), "or");
      String hint = Nearest.hint(text, choices.keySet());
      origin
          .diagnostics()
          .report(
              Diagnostic.of(
                  Code.UNKNOWN_OPTION,
                  "after `%s` comes %s, not `%s`%s".formatted(before, wanted, text, hint),
                  origin.span(word)));
    }
    return choice;
  }

  private static <T> Map<String, T> choices(String one, T first, String other, T second) {
    Map<String, T> map = new LinkedHashMap<>();
    map.put(one, first);
    map.put(other, second);
    return map;
  }

  private static Map<String, BinMode> bins() {
    Map<String, BinMode> map = choices("floor", BinMode.FLOOR, "round", BinMode.ROUND);
    map.put("ceil", BinMode.CEIL);
    return map;
  }
}
