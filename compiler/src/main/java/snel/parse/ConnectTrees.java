package snel.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.tree.TerminalNode;
import snel.diagnostics.Code;
import snel.diagnostics.CompilerBug;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnParser.ClauseContext;
import snel.grammar.SnnParser.ConnectContext;
import snel.grammar.SnnParser.DelayClauseContext;
import snel.grammar.SnnParser.GrowClauseContext;
import snel.grammar.SnnParser.InstantClauseContext;
import snel.grammar.SnnParser.NormaliseClauseContext;
import snel.grammar.SnnParser.SynapseClauseContext;
import snel.grammar.SnnParser.TiedClauseContext;
import snel.grammar.SnnParser.WeightClauseContext;
import snel.grammar.SnnParser.WhereClauseContext;
import snel.source.Span;
import snel.syntax.Clause;
import snel.syntax.Clause.DelayKind;
import snel.syntax.Connect;

/// Builds connections and their clauses.
final class ConnectTrees {
  private final ModelTrees models;
  private final Origin origin;
  private final ExpressionTrees expressions;

  ConnectTrees(ModelTrees models) {
    this.models = models;
    origin = models.origin;
    expressions = models.expressions;
  }

  Connect connect(ConnectContext context) {
    return new Connect(
        expressions.references(context.references(0)),
        expressions.references(context.references(1)),
        context.indexedName() == null ? null : models.indexed(context.indexedName()),
        models.rule(context.choice()),
        clauses(context.clause()),
        origin.documentation(context),
        origin.span(context));
  }

  private List<Clause> clauses(List<ClauseContext> contexts) {
    List<Clause> clauses = new ArrayList<>();
    Map<String, Span> given = new HashMap<>();
    for (ClauseContext context : contexts) {
      Clause clause = clause(context);
      Span word = word(context);
      Span before = given.putIfAbsent(kind(clause), word);
      if (before == null) {
        clauses.add(clause);
      } else {
        reportTwice(kind(clause), word, before);
      }
    }
    return List.copyOf(clauses);
  }

  private void reportTwice(String kind, Span second, Span first) {
    origin
        .diagnostics()
        .report(
            Diagnostic.of(Code.CLAUSE_TWICE, "`" + kind + "` is given twice", second)
                .label(first, "first here"));
  }

  private Clause clause(ClauseContext context) {
    Span span = origin.span(context);
    return switch (context.getChild(0)) {
      case WhereClauseContext clause ->
          new Clause.Where(expressions.expression(clause.expression()), span);
      case WeightClauseContext clause ->
          new Clause.Weight(expressions.expression(clause.expression()), span);
      case TiedClauseContext clause ->
          new Clause.TiedTo(expressions.expression(clause.expression()), span);
      case DelayClauseContext clause ->
          new Clause.Delay(kind(clause), expressions.expression(clause.expression()), span);
      case InstantClauseContext _ -> new Clause.Instant(span);
      case SynapseClauseContext clause ->
          new Clause.SynapseModel(models.rule(clause.choice()), span);
      case NormaliseClauseContext clause ->
          new Clause.Normalise(
              models.rule(clause.choice()),
              models.names.name(clause.name()),
              expressions.expression(clause.expression()),
              models.names.event(clause.eventName()),
              span);
      case GrowClauseContext clause ->
          new Clause.Grow(
              models.rule(clause.choice()), expressions.expression(clause.expression()), span);
      default -> throw new CompilerBug("no clause: " + context.getText());
    };
  }

  private static DelayKind kind(DelayClauseContext context) {
    if (context.AXONAL() != null) {
      return DelayKind.AXONAL;
    }
    if (context.DENDRITIC() != null) {
      return DelayKind.DENDRITIC;
    }
    return context.BACKPROP() != null ? DelayKind.BACKPROP : DelayKind.PLAIN;
  }

  /// What may be given once. A plain `delay` is axonal, so it excludes `axonal delay`.
  private static String kind(Clause clause) {
    return switch (clause) {
      case Clause.Where _ -> "where";
      case Clause.Weight _ -> "weight";
      case Clause.TiedTo _ -> "tied to";
      case Clause.Delay delay ->
          switch (delay.kind()) {
            case PLAIN, AXONAL -> "delay";
            case DENDRITIC -> "dendritic delay";
            case BACKPROP -> "backprop delay";
          };
      case Clause.Instant _ -> "instant";
      case Clause.SynapseModel _ -> "synapse";
      case Clause.Normalise _ -> "normalise";
      case Clause.Grow _ -> "grow";
    };
  }

  private Span word(ClauseContext context) {
    return context.getChild(0).getChild(0) instanceof TerminalNode word
        ? origin.span(word)
        : origin.span(context);
  }
}
