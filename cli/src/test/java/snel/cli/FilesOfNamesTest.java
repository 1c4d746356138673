package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sounds whose names say what they are.
class FilesOfNamesTest {
  private static final String NETWORK =
      """
      neuron Cell { state v : real = 0; every dt { v += 1 } }
      network Net { population P : Cell[1] }
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void recordings() throws IOException {
    for (String name : new String[] {"0_ann_001", "1_007_002", "2_1e3_010", "3_7_011"}) {
      Path file = folder.resolve("part/rec/" + name + ".wav");
      Files.createDirectories(file.getParent());
      Files.write(file, sound());
    }
  }

  /// One sample at 8 kHz.
  private static byte[] sound() {
    ByteBuffer bytes = ByteBuffer.allocate(46).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(ascii("RIFF")).putInt(38).put(ascii("WAVE"));
    bytes.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    bytes.putInt(8000).putInt(16_000).putShort((short) 2).putShort((short) 16);
    bytes.put(ascii("data")).putInt(2).putShort((short) 16_384);
    return bytes.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private String ran(String program) throws IOException {
    Path file = folder.resolve("main.snn");
    Files.writeString(file, program);
    CommandLineRun run =
        CommandLineRun.of(
            "run", file.toString(), "e", "--out", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    return run.out();
  }

  private static String data(String pattern) {
    return """
    data rec from files("%s") {
      sound : real[1] = padded(wav(rate: 8 kHz), 0.125 ms)
      label : int in 0 ..< 4 = digit
      split ann   where who == "ann"
      split bond  where who == "007"
      split late  where take >= 10
    }
    """
        .formatted(pattern);
  }

  @Test
  void aPartIsTheTextOfTheName() throws IOException {
    String out =
        ran(
            data("part/rec/{digit}_{who}_{take}.wav")
                + NETWORK
                + """
                experiment e on Net {
                  step 1 ms; seed 1
                  var labels = 0
                  var late = 0
                  for s in rec { labels = 10 * labels + s.label }
                  for s in rec.late { late = 100 * late + 10 * s.label + 1 }
                  for s in rec.bond { report who = s.who, take = s.take }
                  report labels, late
                }
                """);
    assertTrue(out.contains("\"labels\":123.0"), out);
    assertTrue(out.contains("\"late\":2131.0"), out);
    assertTrue(out.contains("\"who\":\"007\""), out);
    assertTrue(out.contains("\"take\":\"002\""), out);
  }

  @Test
  void filesLieBesideTheModuleThatNamesThem() throws IOException {
    Files.writeString(folder.resolve("part/recordings.snn"), data("rec/{digit}_{who}_{take}.wav"));
    String program =
        """
        import part.recordings.rec
        """
            + NETWORK
            + """
            experiment e on Net {
              step 1 ms; seed 1
              var sum = 0
              for s in rec { sum += s.label }
              report sum
            }
            """;
    assertTrue(ran(program).contains("\"sum\":6.0"));
    Files.copy(folder.resolve("part/rec/3_7_011.wav"), folder.resolve("part/rec/3_eve_012.wav"));
    assertTrue(ran(program).contains("\"sum\":9.0"), "another file is another result");
  }
}
