package snel.testing;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.PlusLoopbackState;
import org.antlr.v4.runtime.atn.PredicateTransition;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.StarLoopEntryState;
import org.antlr.v4.runtime.atn.Transition;
import snel.grammar.SnnLexer;
import snel.grammar.SnnParser;

/// Programs drawn at random from the grammar itself: whatever the grammar allows can come out, with
/// contextual words as names, line breaks in the middle of statements, and comments.
public final class RandomPrograms {
  private static final ATN GRAMMAR = SnnParser._ATN;
  private static final int UNKNOWN = Integer.MAX_VALUE / 4;
  private static final int[] COST = costs();
  private static final List<String> NAMES =
      List.of("x", "V_th", "E", "I", "tau_m", "Lif", "w", "h", "ms", "_a", "m1", "sin", "pre");
  private static final List<String> NUMBERS = List.of("0", "1", "42", "10_000", "1e-3", "0.5");
  private static final List<String> QUANTITIES =
      List.of("20 mV", "0.1 ms", "5 %", "1 uF/cm^2", "2 mV/ms^(1/2)", "7  Hz", "3 mV*s");
  private static final List<String> TEXTS = List.of("\"\"", "\"a {name} b\"", "\"\\\"// no\"");
  private static final Set<Integer> EXPRESSIONS =
      Set.of(
          SnnParser.RULE_expression,
          SnnParser.RULE_conditional,
          SnnParser.RULE_disjunction,
          SnnParser.RULE_conjunction,
          SnnParser.RULE_negation,
          SnnParser.RULE_comparison,
          SnnParser.RULE_range,
          SnnParser.RULE_sum,
          SnnParser.RULE_product,
          SnnParser.RULE_unary,
          SnnParser.RULE_power,
          SnnParser.RULE_postfix,
          SnnParser.RULE_atom);
  private static final Set<Integer> BODIES =
      Set.of(
          SnnParser.RULE_file,
          SnnParser.RULE_neuron,
          SnnParser.RULE_synapse,
          SnnParser.RULE_networkBody,
          SnnParser.RULE_statementBody,
          SnnParser.RULE_actionBody,
          SnnParser.RULE_data,
          SnnParser.RULE_deployment,
          SnnParser.RULE_test,
          SnnParser.RULE_expectError,
          SnnParser.RULE_connect);
  private static final Set<Integer> ITEMS =
      Set.of(
          SnnParser.RULE_neuronItem,
          SnnParser.RULE_synapseItem,
          SnnParser.RULE_networkItem,
          SnnParser.RULE_action,
          SnnParser.RULE_statement,
          SnnParser.RULE_testItem,
          SnnParser.RULE_dataItem,
          SnnParser.RULE_deploymentItem,
          SnnParser.RULE_declaration,
          SnnParser.RULE_importDeclaration);

  private final Random random;
  private final int size;
  private final StringBuilder text = new StringBuilder();
  private final Deque<Integer> rules = new ArrayDeque<>();
  private int words;
  private int lastType = Token.EOF;
  private boolean untilForbidden;
  private boolean newItem;

  private RandomPrograms(long seed, int size) {
    this.random = new Random(seed);
    this.size = size;
  }

  /// The program of this seed; after about `size` words everything that is open is closed.
  public static String program(long seed, int size) {
    RandomPrograms made = new RandomPrograms(seed, size);
    made.rule(SnnParser.RULE_file);
    return made.text.append('\n').toString();
  }

  private void rule(int rule) {
    rules.push(rule);
    newItem |= ITEMS.contains(rule);
    ATNState state = GRAMMAR.ruleToStartState[rule];
    while (!(state instanceof RuleStopState)) {
      Transition chosen = choose(state);
      state = take(chosen);
    }
    rules.pop();
  }

  /// Follows a transition; returns the state behind it.
  private ATNState take(Transition chosen) {
    if (chosen instanceof RuleTransition call) {
      rule(call.ruleIndex);
      return call.followState;
    }
    if (chosen instanceof PredicateTransition) {
      untilForbidden = true;
    } else if (!chosen.isEpsilon()) {
      emit(type(chosen));
    }
    return chosen.target;
  }

  private Transition choose(ATNState state) {
    List<Transition> all = Arrays.asList(state.getTransitions());
    boolean closing = words > size || rules.size() > 60;
    if (closing) {
      return cheapest(all);
    }
    long expressions = rules.stream().filter(EXPRESSIONS::contains).count();
    if (state instanceof StarLoopEntryState || state instanceof PlusLoopbackState) {
      boolean more = random.nextInt(100) < (BODIES.contains(rules.element()) ? 70 : 15);
      return all.get(more ? 0 : all.size() - 1);
    }
    if (expressions > 13 && random.nextInt(10) < 8) {
      return cheapest(all);
    }
    return all.get(random.nextInt(all.size()));
  }

  private static Transition cheapest(List<Transition> transitions) {
    return transitions.stream().min(Comparator.comparingInt(RandomPrograms::cost)).orElseThrow();
  }

  private int type(Transition transition) {
    List<Integer> types =
        transition.label().toList().stream()
            .filter(type -> type != SnnLexer.MISSING_NAME && type != SnnLexer.MISSING_VALUE)
            .filter(type -> !(untilForbidden && type == SnnLexer.UNTIL))
            .toList();
    boolean plain = types.contains(SnnLexer.NAME) && random.nextInt(3) > 0;
    untilForbidden = false;
    return plain
        ? SnnLexer.NAME
        : types.isEmpty() ? SnnLexer.NAME : types.get(random.nextInt(types.size()));
  }

  private void emit(int type) {
    if (type == Token.EOF) {
      return;
    }
    boolean breaks = newItem || type != SnnLexer.SEMI && random.nextInt(25) == 0;
    text.append(breaks ? lineBreak() : " ");
    newItem = false;
    text.append(spelling(type));
    lastType = type;
    words++;
  }

  private String lineBreak() {
    return switch (random.nextInt(12)) {
      case 0 -> " // note " + words + "\n";
      case 1 -> "\n/// documentation " + words + "\n";
      case 2 -> "\n\n\n  // note " + words + "\n  ";
      case 3 -> "\n   ";
      default -> "\n";
    };
  }

  private String spelling(int type) {
    String literal = SnnLexer.VOCABULARY.getLiteralName(type);
    if (literal != null) {
      return literal.equals("'\\''") ? "'" : literal.substring(1, literal.length() - 1);
    }
    return switch (type) {
      case SnnLexer.NAME -> any(names());
      case SnnLexer.NUMBER -> any(numbers());
      case SnnLexer.QUANTITY -> any(QUANTITIES);
      case SnnLexer.TEXT -> any(TEXTS);
      default -> throw new IllegalStateException("no spelling of " + type);
    };
  }

  /// Words with a closed choice behind them get one of that choice.
  private List<String> names() {
    return switch (lastType) {
      case SnnLexer.COINCIDENT -> List.of("pre_first", "post_first", "x");
      case SnnLexer.SUM -> List.of("exact", "any");
      case SnnLexer.BIN -> List.of("floor", "round", "ceil");
      case SnnLexer.OF -> List.of("pre", "post");
      default -> NAMES;
    };
  }

  private List<String> numbers() {
    boolean inExponent = rules.peek() == SnnParser.RULE_exponent;
    return rules.peek() == SnnParser.RULE_factor
        ? List.of("1")
        : inExponent ? List.of("2", "3") : NUMBERS;
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// The least number of words from each state to the end of its rule.
  private static int[] costs() {
    int[] costs = new int[GRAMMAR.states.size()];
    Arrays.fill(costs, UNKNOWN);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (ATNState state : GRAMMAR.states) {
        int cost = state instanceof RuleStopState ? 0 : UNKNOWN;
        for (Transition transition : state.getTransitions()) {
          boolean returns = state instanceof RuleStopState;
          cost = returns ? 0 : Math.min(cost, cost(costs, transition));
        }
        changed |= cost < costs[state.stateNumber];
        costs[state.stateNumber] = cost;
      }
    }
    return costs;
  }

  private static int cost(Transition transition) {
    return cost(COST, transition);
  }

  private static int cost(int[] costs, Transition transition) {
    return switch (transition) {
      case RuleTransition call ->
          Math.min(UNKNOWN, costs[call.target.stateNumber] + costs[call.followState.stateNumber]);
      default -> {
        int rest = costs[transition.target.stateNumber];
        yield Math.min(UNKNOWN, transition.isEpsilon() ? rest : rest + 1);
      }
    };
  }
}
