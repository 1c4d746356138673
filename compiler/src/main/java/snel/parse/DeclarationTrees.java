package snel.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.CompilerBug;
import snel.grammar.SnnParser.AxisContext;
import snel.grammar.SnnParser.ConnectContext;
import snel.grammar.SnnParser.DataContext;
import snel.grammar.SnnParser.DataItemContext;
import snel.grammar.SnnParser.DeclarationContext;
import snel.grammar.SnnParser.DeploymentContext;
import snel.grammar.SnnParser.DeploymentItemContext;
import snel.grammar.SnnParser.DriveContext;
import snel.grammar.SnnParser.ExpectErrorContext;
import snel.grammar.SnnParser.ExperimentContext;
import snel.grammar.SnnParser.FieldItemContext;
import snel.grammar.SnnParser.FunctionContext;
import snel.grammar.SnnParser.ImportDeclarationContext;
import snel.grammar.SnnParser.ImportedContext;
import snel.grammar.SnnParser.LetDeclarationContext;
import snel.grammar.SnnParser.NetworkContext;
import snel.grammar.SnnParser.NeuronContext;
import snel.grammar.SnnParser.PartContext;
import snel.grammar.SnnParser.PopulationContext;
import snel.grammar.SnnParser.QualifiedNameContext;
import snel.grammar.SnnParser.QuantiseItemContext;
import snel.grammar.SnnParser.ReadoutContext;
import snel.grammar.SnnParser.SplitItemContext;
import snel.grammar.SnnParser.StatementContext;
import snel.grammar.SnnParser.SweepContext;
import snel.grammar.SnnParser.SynapseContext;
import snel.grammar.SnnParser.TargetItemContext;
import snel.grammar.SnnParser.TestContext;
import snel.grammar.SnnParser.TestItemContext;
import snel.grammar.SnnParser.VerifyItemContext;
import snel.syntax.DataItem;
import snel.syntax.Declaration;
import snel.syntax.DeploymentItem;
import snel.syntax.Import;
import snel.syntax.QualifiedName;
import snel.syntax.TestItem;

/// Builds what stands at the top level of a file.
final class DeclarationTrees {
  private final Origin origin;
  private final ModelTrees models;
  private final NeuronTrees neurons;
  private final SynapseTrees synapses;
  private final NetworkTrees networks;
  private final StatementTrees statements;

  DeclarationTrees(Origin origin) {
    this.origin = origin;
    models = new ModelTrees(origin);
    neurons = new NeuronTrees(models);
    synapses = new SynapseTrees(models);
    networks = new NetworkTrees(models);
    statements = networks.statements();
  }

  Import importOf(ImportDeclarationContext context) {
    return new Import(
        models.names.qualified(context.qualifiedName()),
        context.name() == null ? null : models.names.name(context.name()),
        context.imported().stream().map(this::imported).toList(),
        origin.span(context));
  }

  private Import.Imported imported(ImportedContext context) {
    return new Import.Imported(
        models.names.name(context.name(0)),
        context.AS() == null ? null : models.names.name(context.name(1)),
        origin.span(context));
  }

  List<Declaration> declarations(List<DeclarationContext> contexts) {
    return contexts.stream().map(this::declaration).toList();
  }

  private Declaration declaration(DeclarationContext context) {
    return switch (context.getChild(0)) {
      case LetDeclarationContext declaration -> models.let(declaration);
      case FunctionContext declaration -> function(declaration);
      case NeuronContext declaration -> neuron(declaration);
      case SynapseContext declaration -> synapse(declaration);
      case NetworkContext declaration ->
          new Declaration.Network(
              models.names.name(declaration.name()),
              networks.body(declaration.networkBody()),
              origin.documentation(declaration),
              origin.span(declaration));
      case DataContext declaration -> data(declaration);
      case ExperimentContext declaration -> experiment(declaration);
      case SweepContext declaration ->
          new Declaration.Sweep(
              models.names.name(declaration.name()),
              declaration.axis().stream().map(this::axis).toList(),
              statements.body(declaration.statementBody()),
              origin.documentation(declaration),
              origin.span(declaration));
      case DeploymentContext declaration -> deployment(declaration);
      case TestContext declaration -> test(declaration);
      default -> throw new CompilerBug("no declaration: " + context.getText());
    };
  }

  private Declaration function(FunctionContext context) {
    return new Declaration.Function(
        models.names.name(context.name()),
        models.parameters(context.parameters()),
        models.types.type(context.type()),
        models.expressions.expression(context.expression()),
        origin.documentation(context),
        origin.span(context));
  }

  private Declaration neuron(NeuronContext context) {
    return new Declaration.Neuron(
        models.names.name(context.name()),
        qualifiedOrNull(context.qualifiedName()),
        context.neuronItem().stream().map(neurons::item).toList(),
        origin.documentation(context),
        origin.span(context));
  }

  private Declaration synapse(SynapseContext context) {
    return new Declaration.Synapse(
        models.names.name(context.name()),
        qualifiedOrNull(context.qualifiedName()),
        context.synapseItem().stream().map(synapses::item).toList(),
        origin.documentation(context),
        origin.span(context));
  }

  private Declaration data(DataContext context) {
    return new Declaration.Data(
        models.names.name(context.name()),
        models.expressions.expression(context.expression()),
        context.dataItem().stream().map(this::dataItem).toList(),
        origin.documentation(context),
        origin.span(context));
  }

  private DataItem dataItem(DataItemContext context) {
    return switch (context.getChild(0)) {
      case LetDeclarationContext item -> models.let(item);
      case FieldItemContext item ->
          new DataItem.Field(
              models.names.name(item.name(0)),
              models.types.type(item.type()),
              item.bounds() == null ? null : models.expressions.bounds(item.bounds()),
              models.expressions.expression(item.expression()),
              models.words.bin(item.BIN() == null ? null : item.name(1)),
              origin.documentation(item),
              origin.span(item));
      case SplitItemContext item ->
          new DataItem.Split(
              models.names.name(item.name()),
              models.expressions.expression(item.expression()),
              origin.documentation(item),
              origin.span(item));
      default -> throw new CompilerBug("no item of data: " + context.getText());
    };
  }

  private Declaration experiment(ExperimentContext context) {
    return new Declaration.Experiment(
        models.names.name(context.name()),
        models.instance(context.instance()),
        qualifiedOrNull(context.qualifiedName()),
        statements.body(context.statementBody()),
        origin.documentation(context),
        origin.span(context));
  }

  private Declaration.Axis axis(AxisContext context) {
    return new Declaration.Axis(
        models.expressions.reference(context.reference()),
        models.expressions.expression(context.expression()),
        origin.span(context));
  }

  private Declaration deployment(DeploymentContext context) {
    return new Declaration.Deployment(
        models.names.name(context.name()),
        models.instance(context.instance()),
        qualifiedOrNull(context.qualifiedName()),
        context.deploymentItem().stream().map(this::deploymentItem).toList(),
        origin.documentation(context),
        origin.span(context));
  }

  private DeploymentItem deploymentItem(DeploymentItemContext context) {
    return switch (context.getChild(0)) {
      case QuantiseItemContext item ->
          new DeploymentItem.Quantise(
              models.expressions.reference(item.reference()),
              models.types.type(item.type()),
              origin.span(item));
      case TargetItemContext item ->
          new DeploymentItem.Target(models.rule(item.choice()), origin.span(item));
      case VerifyItemContext item ->
          new DeploymentItem.Verify(
              models.names.name(item.name()),
              models.expressions.expression(item.expression()),
              origin.span(item));
      default -> throw new CompilerBug("no item of a deployment: " + context.getText());
    };
  }

  private Declaration test(TestContext context) {
    return new Declaration.Test(
        models.expressions.text(context.TEXT()),
        context.instance() == null ? null : models.instance(context.instance()),
        qualifiedOrNull(context.qualifiedName()),
        context.testItem().stream().map(this::testItem).toList(),
        origin.documentation(context),
        origin.span(context));
  }

  private TestItem testItem(TestItemContext context) {
    return switch (context.getChild(0)) {
      case StatementContext item -> statements.statement(item);
      case PopulationContext item -> networks.population(item);
      case PartContext item -> networks.part(item);
      case ConnectContext item -> networks.connect(item);
      case DriveContext item -> networks.drive(item);
      case ReadoutContext item -> networks.readout(item);
      case ExpectErrorContext item ->
          new TestItem.ExpectError(
              models.names.name(item.name()), declarations(item.declaration()), origin.span(item));
      default -> throw new CompilerBug("no item of a test: " + context.getText());
    };
  }

  private @Nullable QualifiedName qualifiedOrNull(@Nullable QualifiedNameContext context) {
    return context == null ? null : models.names.qualified(context);
  }
}
