package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Contrast of an input picture that a network takes: its values by hand, and what it forbids.
class ContrastTest {
  /// One bright pixel in the middle shows the kernel. By hand, with g(d², s) = exp(-d² / 2 s²) / s²
  /// for the widths 1 and 2: 3/4 in the middle, 0.385906434 beside it, 0.173179245 in the corners;
  /// less their mean 0.331815858 and divided by the largest: 1, 0.129346310, -0.379346310. With a
  /// threshold of 0.2 the middle is left of ON and the corners of OFF; each divided by the mean of
  /// the pixels within one: of 9 with one bright, of 4 with one bright.
  private static final String PROGRAM =
      """
      import std.encode.difference_of_gaussians
      neuron Sees {
        input c : real
        state seen : real = 0
        every dt { seen = c }
        spike on crossing seen > 100
      }
      network Eye {
        input image : real[3, 3]
        let plain = difference_of_gaussians(image, 3, [1, 2])
        let local = difference_of_gaussians(image, size: 3, sigma: [1, 2], threshold: 0.2, normalise_radius: 1)
        population retina : Sees[2, 3, 3](c: plain)
        population raw : Sees[3, 3](c: image)
        population same   : Sees[2, 3, 3](c: plain)
        population cortex : Sees[2, 3, 3](c: local)
        protocol show(picture : real[3, 3]) { present image = picture for 2 ms }
      }
      experiment look on Eye {
        step 1 ms; seed 1; numerics f64
        do show([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
        for k in 0 ..< 2 {
          for y in 0 ..< 3 {
            for x in 0 ..< 3 {
              let away = abs(y - 1) + abs(x - 1)
              let kernel = if away == 0 then 1 else if away == 1 then 0.129346310 else -0.379346310
              let wanted = if k == 0 then max(kernel, 0) else max(-kernel, 0)
              expect retina[k, y, x].seen == wanted within 1e-8
              expect same[k, y, x].seen == retina[k, y, x].seen
              expect cortex[k, y, x].seen == (if wanted < 0.2 then 0 else if k == 0 then 9 else 4) within 1e-12
            }
          }
        }
        do show([[0, 0, 0], [0, 0, 0], [0, 0, 0]])
        expect max(retina.seen) == 0
        present image = [[1, 0, 0], [0, 0, 0], [0, 0, 0]] * uniform(1, 2) for 2 ms
        expect retina[0, 0, 0].seen > 1
        expect retina[0, 0, 0].seen == raw[0, 0].seen
        rest 2 ms
        expect max(retina.seen) == 0
      }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void itsValuesAreThoseByHandOnBothTargets() throws IOException {
    Path file = folder.resolve("eye.snn");
    Files.writeString(file, PROGRAM);
    List<ProgramRun> onJvm = new JvmProgram(file, Map.of()).runs("look");
    assertEquals(List.of(), onJvm.getLast().failures());
    assertEquals(58, onJvm.getLast().passed());
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    List<String> arguments = List.of(file.toString(), "look");
    assertEquals(onJvm, CProgram.of(folder.resolve("c"), "-O0", arguments).runs());
  }

  /// What would leave picture and contrast unlike each other is refused by name.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          image = [[0, 0, 0], [0, 1, 0], [0, 0, 0]] | E0509 | write `present image = …`
          present image = if t > 1 ms then 1 else 0 for 2 ms | E0515 | must not change within it
          present image = 1 for 2 ms | E0410 | present a whole picture [3, 3]
          present image = [0, 0, 0, 0, 1, 0, 0, 0, 0] for 2 ms | E0410 | has the shape [3, 3]
          """)
  void onlyWholePicturesArePresented(String statement, String code, String words)
      throws IOException {
    Path file = folder.resolve("eye.snn");
    Files.writeString(
        file,
        PROGRAM.replace("  do show([[0, 0, 0], [0, 0, 0], [0, 0, 0]])\n", "  " + statement + "\n"));
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertTrue(run.err().contains("error[" + code + "]") && run.err().contains(words), run.err());
    assertTrue(run.err().endsWith("\n1 error\n"), run.err());
    assertEquals(1, run.exit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (image, 3, [1, 2]) | (image, 4, [1, 2]) | wants odd sizes
          (image, 3, [1, 2]) | (image, 3, [1, 2, 3]) | wants two widths above 0
          real[3, 3]\\n | real[3, 3] = 0.5\\n | starts at 0
          """)
  void whatHasNoContrastIsRefused(String old, String written, String words) throws IOException {
    Path file = folder.resolve("eye.snn");
    Files.writeString(
        file, PROGRAM.replace(old.replace("\\n", "\n"), written.replace("\\n", "\n")));
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertTrue(run.err().contains(words), run.err());
    assertEquals(1, run.exit());
  }
}
