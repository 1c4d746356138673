package snel.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnParser.BindingContext;
import snel.grammar.SnnParser.ChoiceContext;
import snel.grammar.SnnParser.EquationContext;
import snel.grammar.SnnParser.EveryPeriodContext;
import snel.grammar.SnnParser.IndexedNameContext;
import snel.grammar.SnnParser.InputItemContext;
import snel.grammar.SnnParser.InstanceContext;
import snel.grammar.SnnParser.IntegrateItemContext;
import snel.grammar.SnnParser.LetDeclarationContext;
import snel.grammar.SnnParser.NameContext;
import snel.grammar.SnnParser.NoiseItemContext;
import snel.grammar.SnnParser.OnEventContext;
import snel.grammar.SnnParser.ParameterContext;
import snel.grammar.SnnParser.ParameterItemContext;
import snel.grammar.SnnParser.ParametersContext;
import snel.grammar.SnnParser.ReceiveItemContext;
import snel.grammar.SnnParser.StateItemContext;
import snel.source.Span;
import snel.syntax.BinaryOperator;
import snel.syntax.Binding;
import snel.syntax.Expression;
import snel.syntax.IndexedName;
import snel.syntax.Instance;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.Name;
import snel.syntax.Node;
import snel.syntax.Parameter;
import snel.syntax.QualifiedName;
import snel.syntax.Rule;

/// Builds what neurons, synapses and networks have in common, and instances.
final class ModelTrees {
  final Origin origin;
  final NameTrees names;
  final WordTrees words;
  final ExpressionTrees expressions;
  final TypeTrees types;
  final ActionTrees actions;

  ModelTrees(Origin origin) {
    this.origin = origin;
    names = new NameTrees(origin);
    words = new WordTrees(origin);
    expressions = new ExpressionTrees(origin, names);
    types = new TypeTrees(origin, names, expressions);
    actions = new ActionTrees(this);
  }

  Let let(LetDeclarationContext context) {
    return new Let(
        names.name(context.name()),
        types.typeOrNull(context.type()),
        expressions.expression(context.expression()),
        origin.documentation(context),
        origin.span(context));
  }

  List<Parameter> parameters(@Nullable ParametersContext context) {
    return context == null ? List.of() : context.parameter().stream().map(this::parameter).toList();
  }

  private Parameter parameter(ParameterContext context) {
    return new Parameter(
        names.name(context.name()),
        types.type(context.type()),
        context.expression() == null ? null : expressions.expression(context.expression()),
        origin.span(context));
  }

  /// Parameters of a protocol or port, which have no fallbacks.
  List<Parameter> bareParameters(@Nullable ParametersContext context) {
    List<Parameter> built = parameters(context);
    for (Parameter parameter : built) {
      if (parameter.fallback() != null) {
        report("only a function has arguments with a value to fall back on", parameter.fallback());
      }
    }
    return built;
  }

  Instance instance(InstanceContext context) {
    return new Instance(
        names.qualified(context.qualifiedName()),
        context.expressions() == null ? List.of() : expressions.expressions(context.expressions()),
        expressions.arguments(context.arguments()),
        origin.span(context));
  }

  Rule rule(ChoiceContext context) {
    QualifiedName name;
    if (context.ALL() == null) {
      name = names.qualified(context.qualifiedName());
    } else {
      Name all = new Name(context.ALL().getText(), origin.span(context.ALL()));
      name = new QualifiedName(List.of(all), all.span());
    }
    return new Rule(name, expressions.arguments(context.arguments()), origin.span(context));
  }

  IndexedName indexed(IndexedNameContext context) {
    return new IndexedName(
        names.name(context.name()),
        context.expressions() == null ? List.of() : expressions.expressions(context.expressions()),
        origin.span(context));
  }

  ModelItem.Parameters parameterItem(ParameterItemContext context) {
    return new ModelItem.Parameters(
        bindings(context.binding()), origin.documentation(context), origin.span(context));
  }

  ModelItem.States states(StateItemContext context) {
    return new ModelItem.States(
        context.PLASTIC() != null,
        context.SHARED() != null,
        bindings(context.binding()),
        origin.documentation(context),
        origin.span(context));
  }

  private List<Binding> bindings(List<BindingContext> contexts) {
    return contexts.stream().map(this::binding).toList();
  }

  private Binding binding(BindingContext context) {
    Expression.@Nullable Range bounds =
        context.bounds() == null ? null : expressions.bounds(context.bounds());
    Expression value =
        context.expression() == null ? null : expressions.expression(context.expression());
    if (bounds == null
        && value instanceof Expression.Binary(var operator, var number, Expression.Range range, _)
        && operator == BinaryOperator.IN
        && isLiteral(number)) {
      reportLateBounds(context, range);
      bounds = range;
      value = number;
    }
    return new Binding(
        names.name(context.name()),
        types.typeOrNull(context.type()),
        bounds,
        value,
        types.unitOrNull(context.unit()),
        origin.span(context));
  }

  private static boolean isLiteral(Expression value) {
    return switch (value) {
      case Expression.Number _, Expression.Quantity _ -> true;
      case Expression.Unary(_, var operand, _) -> isLiteral(operand);
      default -> false;
    };
  }

  /// `param a = 0.1 in 0 .. 1` reads as a comparison.
  private void reportLateBounds(BindingContext context, Expression.Range range) {
    Span span = range.span();
    String written = span.text();
    origin
        .diagnostics()
        .report(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT, "the bounds of a variable stand before its value", span)
                .help("write `" + context.name().getText() + " in " + written + " = …`"));
  }

  /// @param inSynapse whether `of pre` and `of post` have a meaning here
  ModelItem.Input input(InputItemContext context, boolean inSynapse) {
    NameContext side = context.OF() == null ? null : context.name(1);
    refuseSide(side, inSynapse);
    return new ModelItem.Input(
        names.name(context.name(0)),
        types.type(context.type()),
        words.of(side),
        context.expression() == null ? null : expressions.expression(context.expression()),
        origin.documentation(context),
        origin.span(context));
  }

  ModelItem.Noise noise(NoiseItemContext context) {
    return new ModelItem.Noise(
        context.SHARED() != null,
        names.names(context.names()),
        origin.documentation(context),
        origin.span(context));
  }

  ModelItem.Equation equation(EquationContext context) {
    return new ModelItem.Equation(
        names.name(context.name()),
        expressions.expression(context.expression()),
        origin.span(context));
  }

  ModelItem.Receive receive(ReceiveItemContext context, boolean inSynapse) {
    NameContext side = context.OF() == null ? null : context.name(1);
    NameContext sum = context.SUM() == null ? null : context.name(side == null ? 1 : 2);
    refuseSide(side, inSynapse);
    return new ModelItem.Receive(
        names.name(context.name(0)),
        bareParameters(context.parameters()),
        words.ofPort(side),
        words.sum(sum),
        actions.body(context.actionBody()),
        origin.documentation(context),
        origin.span(context));
  }

  private void refuseSide(@Nullable NameContext side, boolean inSynapse) {
    if (side != null && !inSynapse) {
      String message = "`of " + side.getText() + "` has a meaning in synapses only";
      origin
          .diagnostics()
          .report(Diagnostic.of(Code.MISPLACED_STATEMENT, message, origin.span(side)));
    }
  }

  ModelItem.OnEvent onEvent(OnEventContext context) {
    return new ModelItem.OnEvent(
        names.event(context.eventName()), actions.body(context.actionBody()), origin.span(context));
  }

  ModelItem.EveryPeriod everyPeriod(EveryPeriodContext context) {
    return new ModelItem.EveryPeriod(
        expressions.expression(context.expression()),
        actions.body(context.actionBody()),
        origin.span(context));
  }

  ModelItem.Integrate integrate(IntegrateItemContext context) {
    return new ModelItem.Integrate(
        names.names(context.names()), rule(context.choice()), origin.span(context));
  }

  private void report(String message, Node at) {
    origin.diagnostics().report(Diagnostic.of(Code.UNEXPECTED_TEXT, message, at.span()));
  }
}
