package snel.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import snel.format.Word.Beginning;
import snel.grammar.SnnLexer;
import snel.grammar.SnnParser;
import snel.parse.Lexers;
import snel.source.LineMap;

/// Reads a text that has no syntax errors into words. Semicolons are left out.
final class Words {
  private final String text;
  private final LineMap lines;
  private final Map<Integer, Integer> ruleOf = new HashMap<>();
  private final Map<Integer, Beginning> beginningOf = new HashMap<>();

  private Words(String text) {
    this.text = text;
    this.lines = new LineMap(text);
  }

  static List<Word> of(String text) {
    return new Words(text).read();
  }

  private List<Word> read() {
    CommonTokenStream tokens = new CommonTokenStream(Lexers.of(text));
    SnnParser parser = new SnnParser(tokens);
    parser.removeErrorListeners();
    visit(parser.file());
    List<Word> words = new ArrayList<>();
    int lastLine = 0;
    for (Token token : tokens.getTokens()) {
      boolean comment = token.getChannel() == SnnLexer.COMMENTS;
      if (token.getType() == Token.EOF || token.getChannel() != Token.DEFAULT_CHANNEL && !comment) {
        continue;
      }
      int line = lines.line(token.getStartIndex());
      if (token.getType() != SnnLexer.SEMI) {
        words.add(word(token, comment, line, line > lastLine, words.isEmpty() ? line : lastLine));
      }
      lastLine = line;
    }
    return words;
  }

  private Word word(Token token, boolean comment, int line, boolean newLine, int lastLine) {
    int index = token.getTokenIndex();
    return new Word(
        comment ? token.getText().stripTrailing() : printed(token),
        token.getType(),
        comment ? -1 : ruleOf.getOrDefault(index, SnnParser.RULE_file),
        beginningOf.getOrDefault(index, Beginning.NOTHING),
        line,
        lines.column(token.getStartIndex()) - 1,
        newLine,
        line > lastLine + 1);
  }

  private static String printed(Token token) {
    return token.getType() == SnnLexer.QUANTITY
        ? token.getText().replaceFirst("[ \t]+", " ")
        : token.getText();
  }

  private void visit(ParserRuleContext file) {
    Deque<ParserRuleContext> open = new ArrayDeque<>();
    open.push(file);
    while (!open.isEmpty()) {
      ParserRuleContext context = open.pop();
      Beginning beginning = beginning(context);
      if (beginning != Beginning.NOTHING) {
        beginningOf.merge(context.getStart().getTokenIndex(), beginning, Words::stronger);
      }
      for (ParseTree child : context.children) {
        if (child instanceof TerminalNode word) {
          ruleOf.put(word.getSymbol().getTokenIndex(), context.getRuleIndex());
        } else if (((ParserRuleContext) child).children != null) {
          open.push((ParserRuleContext) child);
        }
      }
    }
  }

  private static Beginning stronger(Beginning one, Beginning other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Beginning beginning(ParserRuleContext context) {
    return switch (context.getRuleIndex()) {
      case SnnParser.RULE_neuronItem,
          SnnParser.RULE_synapseItem,
          SnnParser.RULE_networkItem,
          SnnParser.RULE_action,
          SnnParser.RULE_statement,
          SnnParser.RULE_testItem,
          SnnParser.RULE_dataItem,
          SnnParser.RULE_deploymentItem ->
          Beginning.ITEM;
      case SnnParser.RULE_declaration -> declaration(context);
      case SnnParser.RULE_importDeclaration -> Beginning.DECLARATION;
      case SnnParser.RULE_clause -> Beginning.CLAUSE;
      case SnnParser.RULE_choice ->
          context.getParent().getRuleIndex() == SnnParser.RULE_connect
              ? Beginning.CLAUSE
              : Beginning.NOTHING;
      default -> Beginning.NOTHING;
    };
  }

  private static Beginning declaration(ParserRuleContext context) {
    if (context.getParent().getRuleIndex() != SnnParser.RULE_file) {
      return Beginning.ITEM;
    }
    ParserRuleContext inner = (ParserRuleContext) context.getChild(0);
    return switch (inner.getRuleIndex()) {
      case SnnParser.RULE_letDeclaration, SnnParser.RULE_function -> Beginning.DECLARATION;
      default -> Beginning.BODY;
    };
  }
}
