package snel.lower.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.diagnostics.Diagnostics;
import snel.elaborate.Context;
import snel.elaborate.Env;
import snel.elaborate.NetworkElaborator;
import snel.elaborate.Settings;
import snel.ir.protocol.Conversion.Activation;
import snel.model.Network;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.resolve.Library;
import snel.resolve.Loader;
import snel.source.SourceFile;
import snel.testing.NoTables;
import snel.units.Rational;

/// What neurons with two inputs are found to make of their sum.
final class ActivationsTest {
  private static final String NETWORK =
      """
      neuron First { input value : real; state v : real = 0; every dt { v = value } }
      synapse Weighted { weight w : real; transmit w * pre.v }
      neuron Cell {
        plastic state bias : real = 0
        input x : real
        input y : real
        param g = 1
        state v : real = 0
        every dt { BODY }
      }
      network Net {
        population a : First[2](value: 1)
        population b : Cell[2](g: uniform(1, 2))
        population c : First[2]
        connect a -> b.x      all  weight 1  synapse Weighted
        connect a -> b.y      all  weight 1  synapse Weighted
        connect b -> c.value  all  weight 1  synapse Weighted
      }
      """;

  private static Network network(String body) {
    var diagnostics = new Diagnostics();
    var source = new SourceFile("test.snn", NETWORK.replace("BODY", body));
    FileScope scope = Library.read(source, Loader.NONE, diagnostics);
    var context = new Context(Rational.parse("1").orElseThrow(), diagnostics, NoTables.NONE);
    var settings = new Settings(1, Network.Numerics.F64, Map.of(), Set.of());
    Network network =
        new NetworkElaborator(context, settings)
            .elaborate((Entity.Declared) scope.find("Net").orElseThrow(), List.of(), Env.of(scope))
            .network();
    assertFalse(diagnostics.hasErrors(), () -> diagnostics.sorted().toString());
    return network;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v = x + y + bias                                 | LINEAR",
        "v = if x > y then x + y + bias else y + x + bias | LINEAR",
        "v = bias + max(x + y, -bias)                     | RECTIFIED",
        "v = clip(x + y + bias, 0, 6)                     | RECTIFIED",
        "v = clip(x + y + bias, 0, 0.01)                  | OWN",
        "v = clip(x + y + bias, -1, 6)                    | OWN",
        "v = max(x + bias, 0) + y                         | OWN",
        "v = max(x + bias, 0) + max(y, 0)                 | OWN",
        "v = x - y + bias                                 | OWN",
        "v = g * (x + y + bias)                           | OWN",
        "v = x + y + bias + v                             | OTHER"
      })
  void twoInputsCountTogether(String body, Activation expected) {
    Network network = network(body);
    assertEquals(expected, Activations.of(network.population("b"), network).activation());
  }
}
