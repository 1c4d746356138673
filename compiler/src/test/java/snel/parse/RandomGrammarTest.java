package snel.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.tree.ParseTree;
import org.junit.jupiter.api.Test;
import snel.grammar.SnnParser;
import snel.testing.RandomPrograms;

class RandomGrammarTest {
  private static final int PROGRAMS =
      Integer.getInteger("random.programs", Boolean.getBoolean("snel.full") ? 10_000 : 1_500);

  @Test
  void noRandomProgramCanBeReadInTwoWays() {
    List<String> complaints = new ArrayList<>();
    Set<Integer> rulesSeen = new HashSet<>();
    for (int seed = 0; seed < PROGRAMS; seed++) {
      String program = RandomPrograms.program(seed, 300);
      parse(program, complaints, rulesSeen);
      assertEquals(List.of(), complaints, program);
    }
    assertEquals(Set.of(), unseen(rulesSeen), "rules that no program used");
  }

  private static void parse(String program, List<String> complaints, Set<Integer> rulesSeen) {
    SnnParser parser = new SnnParser(new CommonTokenStream(Lexers.of(program)));
    parser.removeErrorListeners();
    parser.getInterpreter().setPredictionMode(PredictionMode.LL_EXACT_AMBIG_DETECTION);
    parser.addErrorListener(
        new BaseErrorListener() {
          @Override
          public void syntaxError(
              Recognizer<?, ?> recognizer,
              Object symbol,
              int line,
              int column,
              String message,
              RecognitionException error) {
            complaints.add(line + ":" + column + " " + message);
          }

          @Override
          public void reportAmbiguity(
              Parser recognizer,
              DFA dfa,
              int start,
              int stop,
              boolean exact,
              BitSet alternatives,
              ATNConfigSet configs) {
            String rule = SnnParser.ruleNames[dfa.atnStartState.ruleIndex];
            complaints.add("ambiguous " + rule + " between words " + start + " and " + stop);
          }
        });
    collect(parser.file(), rulesSeen);
  }

  private static void collect(ParserRuleContext context, Set<Integer> rules) {
    rules.add(context.getRuleIndex());
    for (int i = 0; i < context.getChildCount(); i++) {
      ParseTree child = context.getChild(i);
      if (child instanceof ParserRuleContext inner) {
        collect(inner, rules);
      }
    }
  }

  private static Set<String> unseen(Set<Integer> seen) {
    Set<String> unseen = new HashSet<>();
    for (int rule = 0; rule < SnnParser.ruleNames.length; rule++) {
      if (!seen.contains(rule)) {
        unseen.add(SnnParser.ruleNames[rule]);
      }
    }
    return unseen;
  }
}
