package snel.parse;

import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.CompilerBug;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnParser.ConnectContext;
import snel.grammar.SnnParser.DriveContext;
import snel.grammar.SnnParser.EquationContext;
import snel.grammar.SnnParser.ExpressionContext;
import snel.grammar.SnnParser.InputItemContext;
import snel.grammar.SnnParser.IntegrateItemContext;
import snel.grammar.SnnParser.LetDeclarationContext;
import snel.grammar.SnnParser.NetworkBodyContext;
import snel.grammar.SnnParser.NetworkForContext;
import snel.grammar.SnnParser.NetworkIfContext;
import snel.grammar.SnnParser.NetworkItemContext;
import snel.grammar.SnnParser.NoiseItemContext;
import snel.grammar.SnnParser.OutputItemContext;
import snel.grammar.SnnParser.ParameterItemContext;
import snel.grammar.SnnParser.PartContext;
import snel.grammar.SnnParser.PatternContext;
import snel.grammar.SnnParser.PopulationContext;
import snel.grammar.SnnParser.ProtocolContext;
import snel.grammar.SnnParser.ReadoutContext;
import snel.grammar.SnnParser.StateItemContext;
import snel.source.Span;
import snel.syntax.Connect;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Pattern;

/// Builds the items of networks.
final class NetworkTrees {
  private final ModelTrees models;
  private final Origin origin;
  private final ExpressionTrees expressions;
  private final ConnectTrees connections;
  private final StatementTrees statements;

  NetworkTrees(ModelTrees models) {
    this.models = models;
    origin = models.origin;
    expressions = models.expressions;
    connections = new ConnectTrees(models);
    statements = new StatementTrees(models, this);
  }

  StatementTrees statements() {
    return statements;
  }

  List<NetworkItem> body(NetworkBodyContext context) {
    return context.networkItem().stream().map(this::item).toList();
  }

  private NetworkItem item(NetworkItemContext context) {
    return switch (context.getChild(0)) {
      case ParameterItemContext item -> models.parameterItem(item);
      case StateItemContext item -> models.states(item);
      case InputItemContext item -> models.input(item, false);
      case LetDeclarationContext item -> models.let(item);
      case NoiseItemContext item -> models.noise(item);
      case EquationContext item -> models.equation(item);
      case IntegrateItemContext item -> models.integrate(item);
      case OutputItemContext item -> output(item);
      case PopulationContext item -> population(item);
      case PartContext item -> part(item);
      case ConnectContext item -> connect(item);
      case DriveContext item -> drive(item);
      case ReadoutContext item -> readout(item);
      case ProtocolContext item -> protocol(item);
      case NetworkForContext item -> loop(item);
      case NetworkIfContext item -> choice(item);
      default -> throw new CompilerBug("no item of a network: " + context.getText());
    };
  }

  private NetworkItem output(OutputItemContext context) {
    return new NetworkItem.Output(
        models.names.name(context.name()),
        expressions.expression(context.expression()),
        origin.documentation(context),
        origin.span(context));
  }

  NetworkItem.Population population(PopulationContext context) {
    return new NetworkItem.Population(
        models.indexed(context.indexedName()),
        models.instance(context.instance()),
        competition(context, "inhibit", context.INHIBIT()),
        competition(context, "winners", context.WINNERS()),
        origin.documentation(context),
        origin.span(context));
  }

  private @Nullable Expression competition(
      PopulationContext context, String word, List<TerminalNode> words) {
    if (words.isEmpty()) {
      return null;
    }
    if (words.size() > 1) {
      String message = "`" + word + "` is given twice";
      Span first = origin.span(words.getFirst());
      origin
          .diagnostics()
          .report(
              Diagnostic.of(Code.CLAUSE_TWICE, message, origin.span(words.get(1)))
                  .label(first, "first here"));
    }
    return expressions.expression(after(context, words.getFirst()));
  }

  private static ExpressionContext after(ParserRuleContext context, ParseTree word) {
    return (ExpressionContext) context.getChild(context.children.indexOf(word) + 1);
  }

  NetworkItem.Part part(PartContext context) {
    return new NetworkItem.Part(
        models.indexed(context.indexedName()),
        models.instance(context.instance()),
        origin.documentation(context),
        origin.span(context));
  }

  Connect connect(ConnectContext context) {
    return connections.connect(context);
  }

  NetworkItem.Drive drive(DriveContext context) {
    return new NetworkItem.Drive(
        expressions.references(context.references()),
        models.rule(context.choice()),
        context.expression() == null ? null : expressions.expression(context.expression()),
        origin.span(context));
  }

  NetworkItem.Readout readout(ReadoutContext context) {
    return new NetworkItem.Readout(
        models.indexed(context.indexedName()),
        models.instance(context.instance()),
        origin.documentation(context),
        origin.span(context));
  }

  private NetworkItem protocol(ProtocolContext context) {
    return new NetworkItem.Protocol(
        models.names.name(context.name()),
        models.bareParameters(context.parameters()),
        statements.body(context.statementBody()),
        origin.documentation(context),
        origin.span(context));
  }

  private NetworkItem loop(NetworkForContext context) {
    return new NetworkItem.For(
        pattern(context.pattern()),
        expressions.expression(context.expression()),
        body(context.networkBody()),
        origin.span(context));
  }

  private NetworkItem.If choice(NetworkIfContext context) {
    List<NetworkItem> otherwise =
        context.networkIf() != null
            ? List.of(choice(context.networkIf()))
            : context.networkBody().size() == 2 ? body(context.networkBody(1)) : List.of();
    return new NetworkItem.If(
        expressions.expression(context.expression()),
        body(context.networkBody(0)),
        otherwise,
        origin.span(context));
  }

  Pattern pattern(PatternContext context) {
    return context.LPAREN() == null
        ? new Pattern.One(models.names.name(context.name(0)), origin.span(context))
        : new Pattern.Several(models.names.names(context.name()), origin.span(context));
  }
}
