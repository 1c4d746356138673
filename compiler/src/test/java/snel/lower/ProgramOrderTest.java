package snel.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import snel.ir.Kernel;
import snel.ir.text.KernelPrinter;

/// What is generated for several things goes in the order in which the program names them, the same
/// in every run of the compiler.
final class ProgramOrderTest {
  private static final List<String> NAMES = List.of("m", "c", "x", "a", "q", "b", "z", "d");

  private static List<Kernel> step(String text, Needs needs) {
    return Machine.of(text, "Net", Machine.Options.F64.needs(needs)).program.step();
  }

  @Test
  void statesAreSampledAtDeliverInTheOrderInWhichTheyAreAskedFor() {
    String text =
        """
        neuron Cell {
        %s
        }
        network Net { population E : Cell[2] }
        """
            .formatted(each("state %s : real = 0"));
    Set<String> paths =
        NAMES.stream().map("E."::concat).collect(Collectors.toCollection(LinkedHashSet::new));
    Needs needs = new Needs(Set.of(), Set.of(), paths, Set.of(), Set.of(), Set.of());
    assertEquals(
        paths.stream().map(path -> path + ":at_deliver").toList(),
        step(text, needs).stream()
            .flatMap(kernel -> Pattern.compile("\\+").splitAsStream(kernel.name()))
            .filter(name -> name.endsWith(":at_deliver"))
            .toList());
  }

  /// Sums of several noises are rounded in their order: the one declared last is added last.
  @Test
  void noisesOfANetworkAreAddedInTheOrderInWhichTheyAreDeclared() {
    String text =
        """
        neuron Cell { state v : real = 0 }
        network Net {
          state s : real = 0
        %s
          s' = (%s) / sqrt(1 ms)
          population E : Cell[2]
        }
        """
            .formatted(
                each("noise %s"),
                IntStream.range(0, NAMES.size())
                    .mapToObj(k -> k + 1 + " * " + NAMES.get(k))
                    .collect(Collectors.joining(" + ")));
    String kernel = KernelPrinter.print(step(text, Needs.NONE).getFirst());
    double[] factors =
        Pattern.compile("fma\\(([0-9.]+), normal")
            .matcher(kernel)
            .results()
            .mapToDouble(found -> Double.parseDouble(found.group(1)) / Math.sqrt(0.1))
            .toArray();
    assertArrayEquals(new double[] {8, 7, 6, 5, 4, 3, 2, 1}, factors, 1e-9);
  }

  private static String each(String line) {
    return NAMES.stream().map(line::formatted).collect(Collectors.joining("\n"));
  }
}
