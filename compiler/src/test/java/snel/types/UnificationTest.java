package snel.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.units.Dimension;
import snel.units.Rational;

class UnificationTest {
  private final Unification unification = new Unification();

  private static final Type VOLTAGE = Type.of(Dimension.VOLTAGE);
  private static final Type CURRENT = Type.of(Dimension.CURRENT);

  @Test
  void zeroTakesTheDimensionItMeets() {
    Type zero = unification.anyDimension();
    assertTrue(unification.unify(zero, VOLTAGE).isYes());
    assertEquals(VOLTAGE, unification.resolved(zero));
    assertEquals(
        new Agreement.UnlikeDimensions(
            DimensionTerm.of(Dimension.VOLTAGE), DimensionTerm.of(Dimension.CURRENT)),
        unification.unify(zero, CURRENT));
  }

  @Test
  void openWeightsEqualOnlyThemselves() {
    var w = DimensionTerm.of(unification.rigid("w"));
    assertTrue(unification.unify(w, w));
    assertFalse(unification.unify(w, DimensionTerm.of(Dimension.VOLTAGE)));
    assertFalse(unification.unify(w, DimensionTerm.of(unification.rigid("v"))));
    var open = DimensionTerm.of(unification.fresh(""));
    assertTrue(unification.unify(open.times(w), w.perTime()));
    assertEquals(DimensionTerm.of(Dimension.FREQUENCY), unification.resolved(open));
    assertEquals("like w", w.toString());
    assertEquals("like w/time", w.perTime().toString());
    assertEquals("an amount like `w`", w.described());
  }

  @Test
  void solvesForPowers() {
    var x = DimensionTerm.of(unification.fresh("x"));
    var square = DimensionTerm.of(Dimension.VOLTAGE.power(Rational.of(2)).times(Dimension.TIME));
    assertTrue(unification.unify(x.power(Rational.of(4)), square));
    assertEquals("voltage^(1/2)*time^(1/4)", unification.resolved(x).toString());
  }

  /// A consistent system made from known values is solved, and its solution satisfies every
  /// equation.
  @Test
  void solvesRandomSystems() {
    var random = new Random(5);
    var bases = List.of(Dimension.VOLTAGE, Dimension.TIME, Dimension.CURRENT, Dimension.LENGTH);
    for (int round = 0; round < 300; round++) {
      var solver = new Unification();
      var variables = new ArrayList<DimensionVariable>();
      var values = new ArrayList<Dimension>();
      for (int i = 0; i < 4; i++) {
        variables.add(solver.fresh("x" + i));
        values.add(bases.get(i).power(Rational.of(random.nextInt(5) - 2, 1 + random.nextInt(3))));
      }
      var equations = new ArrayList<DimensionTerm[]>();
      for (int e = 0; e < 6; e++) {
        DimensionTerm left = DimensionTerm.PLAIN;
        Dimension right = Dimension.PLAIN;
        for (int i = 0; i < 4; i++) {
          Rational power = Rational.of(random.nextInt(5) - 2, 1 + random.nextInt(2));
          left = left.times(DimensionTerm.of(variables.get(i)).power(power));
          right = right.times(values.get(i).power(power));
        }
        equations.add(new DimensionTerm[] {left, DimensionTerm.of(right)});
        assertTrue(solver.unify(left, DimensionTerm.of(right)));
      }
      for (DimensionTerm[] equation : equations) {
        assertEquals(equation[1], solver.resolved(equation[0]));
      }
    }
  }

  @Test
  void wholeNumbersServeAsPlainOnesButNotTheOtherWay() {
    assertTrue(unification.fits(Type.INT, Type.PLAIN).isYes());
    assertEquals(
        new Agreement.WholeNumberWanted(Type.PLAIN), unification.fits(Type.PLAIN, Type.INT));
    assertInstanceOf(Agreement.UnlikeDimensions.class, unification.fits(VOLTAGE, Type.INT));
    assertInstanceOf(Agreement.UnlikeDimensions.class, unification.fits(Type.INT, VOLTAGE));
    assertInstanceOf(Agreement.UnlikeKinds.class, unification.fits(Type.BOOL, VOLTAGE));
  }

  @Test
  void singleValuesServeForEveryElement() {
    Type image = new Type.Array(Type.PLAIN, List.of(Extent.of(28), Extent.of(28)));
    Type flat = new Type.Array(Type.PLAIN, List.of(Extent.of(784)));
    Type open = new Type.Array(Type.PLAIN, List.of(Extent.of(28), new Extent.Open()));
    assertTrue(unification.fits(Type.PLAIN, image).isYes());
    assertTrue(unification.fits(open, image).isYes());
    assertEquals(new Agreement.UnlikeShapes(flat, image), unification.fits(flat, image));
    assertEquals(new Agreement.UnlikeShapes(flat, Type.PLAIN), unification.fits(flat, Type.PLAIN));
    assertEquals(Optional.of(image.shape()), Unification.broadcast(open, image));
    assertEquals(Optional.of(image.shape()), Unification.broadcast(Type.PLAIN, image));
    assertEquals(Optional.empty(), Unification.broadcast(flat, image));
    assertEquals("real[28, ·]", open.toString());
  }

  @Test
  void whatIsReportedAgreesWithEverything() {
    assertTrue(unification.fits(Type.UNKNOWN, VOLTAGE).isYes());
    assertTrue(unification.fits(new Thing("population"), Type.UNKNOWN).isYes());
    assertTrue(unification.unify(Type.UNKNOWN, Type.TEXT).isYes());
  }

  @Test
  void aSignatureIsNewAtEveryCall() {
    Signature root = MathSignatures.of("sqrt").orElseThrow();
    Signature first = root.instantiated(unification);
    Signature second = root.instantiated(unification);
    assertTrue(unification.fits(VOLTAGE, first.parameters().getFirst().type()).isYes());
    assertTrue(unification.fits(CURRENT, second.parameters().getFirst().type()).isYes());
    assertEquals("voltage^(1/2)", unification.resolved(first.result()).toString());
    assertEquals("current^(1/2)", unification.resolved(second.result()).toString());
    assertEquals("exp(x : real) : real", MathSignatures.of("exp").orElseThrow().toString());
  }

  @Test
  void describesTypesInSentences() {
    assertEquals("a voltage", VOLTAGE.described());
    assertEquals("a whole number", Type.INT.described());
    assertEquals("a population", new Thing("population").described());
    assertEquals("(string, voltage)", new Type.Tuple(List.of(Type.TEXT, VOLTAGE)).toString());
    assertEquals("fixed(8, 8)", new Type.Fixed(8, 8, DimensionTerm.PLAIN).toString());
    assertEquals("a list `voltage[3]`", new Type.Array(VOLTAGE, List.of(Extent.of(3))).described());
  }

  private record Thing(String kind) implements Type.Thing {
    @Override
    public String toString() {
      return kind;
    }
  }
}
