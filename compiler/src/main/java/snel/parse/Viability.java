package snel.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;
import snel.grammar.SnnLexer;
import snel.grammar.SnnParser;

/// Walks the grammar's automaton along a sequence of words with full context, following every
/// reading at once. So the first word that fits no reading is known exactly, and what would have
/// fitted instead.
final class Viability {
  private static final int NO_FRAME = -1;
  private static final ATN GRAMMAR = SnnParser._ATN;

  /// Where one reading stands: a state, the rules to return to, and what it has begun since the
  /// last word.
  private record Reading(int state, int frame, Wanted begun) {}

  private record Frame(int returnTo, int caller) {}

  /// All readings that are possible at one place.
  static final class Readings {
    private final Set<Reading> readings;
    private final Map<Integer, Readings> next = new HashMap<>();

    private Readings(Set<Reading> readings) {
      this.readings = readings;
    }

    boolean none() {
      return readings.isEmpty();
    }
  }

  private final Map<Set<Reading>, Readings> known = new HashMap<>();
  private final List<Frame> frames = new ArrayList<>();
  private final Map<Frame, Integer> frameNumbers = new HashMap<>();

  /// The readings before the first word of a rule, after which nothing else may come.
  Readings begin(int rule) {
    Set<Reading> start = new LinkedHashSet<>();
    close(new Reading(GRAMMAR.ruleToStartState[rule].stateNumber, NO_FRAME, Wanted.WORD), start);
    return known(start);
  }

  /// Equal readings are one object, so that what follows them is found once.
  private Readings known(Set<Reading> readings) {
    return known.computeIfAbsent(readings, Readings::new);
  }

  /// The readings that go on with a word of this type.
  Readings advance(Readings before, int type) {
    Readings next = before.next.get(type);
    if (next == null) {
      next = known(following(before, type));
      before.next.put(type, next);
    }
    return next;
  }

  private Set<Reading> following(Readings before, int type) {
    Set<Reading> after = new LinkedHashSet<>();
    for (Reading reading : before.readings) {
      for (Transition transition : state(reading).getTransitions()) {
        if (isWord(reading, transition) && transition.matches(type, 1, SnnLexer.STRAY)) {
          close(new Reading(transition.target.stateNumber, reading.frame, Wanted.WORD), after);
        }
      }
    }
    return after;
  }

  /// Whether the rule may end here.
  boolean complete(Readings at) {
    return at.readings.stream()
        .anyMatch(r -> r.frame == NO_FRAME && state(r) instanceof RuleStopState);
  }

  /// The types of words that would fit, under the name of what each would be.
  Map<Wanted, IntervalSet> wanted(Readings at) {
    Map<Wanted, IntervalSet> wanted = new EnumMap<>(Wanted.class);
    for (Reading reading : at.readings) {
      for (Transition transition : state(reading).getTransitions()) {
        if (isWord(reading, transition)) {
          wanted.computeIfAbsent(reading.begun, w -> new IntervalSet()).addAll(label(transition));
        }
      }
    }
    return wanted;
  }

  private static IntervalSet label(Transition transition) {
    IntervalSet label = transition.label();
    return label == null ? new IntervalSet() : label;
  }

  private static ATNState state(Reading reading) {
    return GRAMMAR.states.get(reading.state);
  }

  private static boolean isWord(Reading reading, Transition transition) {
    return !transition.isEpsilon() && !(state(reading) instanceof RuleStopState);
  }

  /// Adds everything reachable without a word. Predicates are taken to hold.
  private void close(Reading start, Set<Reading> found) {
    Deque<Reading> open = new ArrayDeque<>();
    if (found.add(start)) {
      open.push(start);
    }
    while (!open.isEmpty()) {
      Reading reading = open.pop();
      for (Reading next : withoutWord(reading)) {
        if (found.add(next)) {
          open.push(next);
        }
      }
    }
  }

  private List<Reading> withoutWord(Reading reading) {
    ATNState state = state(reading);
    if (state instanceof RuleStopState) {
      if (reading.frame == NO_FRAME) {
        return List.of();
      }
      Frame frame = frames.get(reading.frame);
      return List.of(new Reading(frame.returnTo, frame.caller, reading.begun));
    }
    List<Reading> next = new ArrayList<>();
    for (Transition transition : state.getTransitions()) {
      int target = transition.target.stateNumber;
      if (transition instanceof RuleTransition call) {
        Wanted begun =
            reading.begun == Wanted.WORD ? Wanted.beginningOf(call.ruleIndex) : reading.begun;
        int frame = frame(new Frame(call.followState.stateNumber, reading.frame));
        next.add(new Reading(target, frame, begun));
      } else if (transition.isEpsilon()) {
        next.add(new Reading(target, reading.frame, reading.begun));
      }
    }
    return next;
  }

  private int frame(Frame frame) {
    Integer known = frameNumbers.get(frame);
    if (known != null) {
      return known;
    }
    frames.add(frame);
    frameNumbers.put(frame, frames.size() - 1);
    return frames.size() - 1;
  }
}
