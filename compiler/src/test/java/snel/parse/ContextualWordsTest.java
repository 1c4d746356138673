package snel.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import snel.diagnostics.Diagnostics;
import snel.source.SourceFile;
import snel.syntax.Assign;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.ControlStatement;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.File;
import snel.syntax.Let;
import snel.syntax.NetworkItem;
import snel.syntax.NeuronItem;
import snel.syntax.Statement;
import snel.syntax.SynapseItem;

/// Words are read as names or as words of the language by what stands around them.
class ContextualWordsTest {
  @Test
  void untilAfterRunIsAVariableWhereAValueMustStand() {
    Statement.Run run = assertInstanceOf(Statement.Run.class, statement("run until until until"));
    assertVariable("until", run.what());
    assertVariable("until", run.until());
  }

  @Test
  void passesIsAVariableWhereAValueMustStand() {
    assertVariable(
        "passes",
        assertInstanceOf(ControlStatement.EveryPeriod.class, statement("every passes { }"))
            .period());
    assertVariable(
        "passes",
        assertInstanceOf(ControlStatement.EveryPasses.class, statement("every passes passes { }"))
            .count());
  }

  @Test
  void untilAfterRepeatIsAlwaysTheWord() {
    assertVariable(
        "times",
        assertInstanceOf(ControlStatement.RepeatUntil.class, statement("repeat until times { }"))
            .condition());
    assertVariable(
        "times",
        assertInstanceOf(ControlStatement.RepeatTimes.class, statement("repeat times times { }"))
            .count());
  }

  @Test
  void aStatementWordWithAnAssignmentIsAVariable() {
    assertInstanceOf(Assign.class, statement("record = record + 1"));
    assertInstanceOf(Assign.class, statement("run[0] -= run"));
    assertInstanceOf(Statement.Run.class, statement("run [0]"));
  }

  @Test
  void clausesOfConnectAreFoundBesideNamesOfTheSameText() {
    Connect connect = connect("connect a -> b weight weight instant axonal delay delay synapse S");
    assertEquals("weight", connect.rule().name().text());
    Clause.Weight weight = assertInstanceOf(Clause.Weight.class, connect.clauses().get(0));
    assertVariable("instant", weight.value());
    Clause.Delay delay = assertInstanceOf(Clause.Delay.class, connect.clauses().get(1));
    assertEquals(Clause.DelayKind.AXONAL, delay.kind());
    assertVariable("delay", delay.value());
    assertInstanceOf(Clause.SynapseModel.class, connect.clauses().get(2));
  }

  @Test
  void aUnitEndsAtAWordBoundary() {
    Connect connect = connect("connect a -> b all weight 0 synapse S delay 3 m");
    Clause.Weight weight = assertInstanceOf(Clause.Weight.class, connect.clauses().get(0));
    assertInstanceOf(Expression.Number.class, weight.value());
    Clause.Delay delay = assertInstanceOf(Clause.Delay.class, connect.clauses().get(2));
    assertEquals("m", assertInstanceOf(Expression.Quantity.class, delay.value()).unit().text());
  }

  @Test
  void aUnitWithoutBlanksIsPartOfTheQuantityAndAVariableIsNot() {
    assertInstanceOf(Expression.Quantity.class, value("20 mV/s"));
    assertInstanceOf(Expression.Binary.class, value("20 mV / s"));
    assertInstanceOf(Expression.Binary.class, value("20 mV/tau"));
    Expression.Binary product =
        assertInstanceOf(Expression.Binary.class, value("2 mV/ms^(1/2) * m"));
    assertInstanceOf(Expression.Quantity.class, product.left());
  }

  @Test
  void theMinusBeforeAPowerStandsOutside() {
    Expression.Unary minus = assertInstanceOf(Expression.Unary.class, value("-x^2"));
    assertInstanceOf(Expression.Binary.class, minus.operand());
    Expression.Binary power = assertInstanceOf(Expression.Binary.class, value("a^b^-c"));
    assertVariable("a", power.left());
  }

  @Test
  void traceWordsAreNamesToo() {
    Declaration.Synapse synapse =
        assertInstanceOf(
            Declaration.Synapse.class,
            only("synapse S { trace trace of pre.tau tau tau set set }").declarations().getFirst());
    SynapseItem.DecayingTrace trace =
        assertInstanceOf(SynapseItem.DecayingTrace.class, synapse.items().getFirst());
    assertEquals("pre.tau", trace.event().text());
    assertVariable("tau", trace.tau());
    assertVariable("set", trace.amount());
  }

  @Test
  void accumulatesMayBeTheNextState() {
    Declaration.Neuron neuron =
        assertInstanceOf(
            Declaration.Neuron.class,
            only("neuron N { refractory 3 ms holding v\n accumulates' = 0 Hz }")
                .declarations()
                .getFirst());
    NeuronItem.Refractory refractory =
        assertInstanceOf(NeuronItem.Refractory.class, neuron.items().getFirst());
    assertEquals(false, refractory.accumulates());
    assertEquals(2, neuron.items().size());
  }

  private static void assertVariable(String name, @Nullable Expression expression) {
    assertEquals(name, assertInstanceOf(Expression.Variable.class, expression).name().text());
  }

  private static Expression value(String text) {
    File file = only("let value = " + text);
    return assertInstanceOf(Let.class, file.declarations().getFirst()).value();
  }

  private static Statement statement(String text) {
    File file = only("experiment e on N {\n" + text + "\n}");
    Declaration.Experiment experiment =
        assertInstanceOf(Declaration.Experiment.class, file.declarations().getFirst());
    assertEquals(1, experiment.body().size());
    return experiment.body().getFirst();
  }

  private static Connect connect(String text) {
    File file = only("network N {\n" + text + "\n}");
    Declaration.Network network =
        assertInstanceOf(Declaration.Network.class, file.declarations().getFirst());
    List<NetworkItem> items = network.items();
    assertEquals(1, items.size());
    return assertInstanceOf(Connect.class, items.getFirst());
  }

  private static File only(String text) {
    Diagnostics diagnostics = new Diagnostics();
    File file = Parser.parse(new SourceFile("test.snn", text), diagnostics);
    assertEquals(List.of(), diagnostics.sorted());
    return file;
  }
}
