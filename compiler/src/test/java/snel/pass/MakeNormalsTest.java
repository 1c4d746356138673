package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.ir.text.ProgramReader;
import snel.ir.verify.ProgramVerifier;

/// Which words become normal numbers when they are drawn, text to text.
class MakeNormalsTest {
  private static final String HEAD =
      """
      program "p" step 1.0 real f32 seed 0
      buffers
        clock i64[5] clock
        halt i32[1] log
        fault i64[3] log
        x f32[10] state
        d f64[10] state
        w i32[12] scratch
        kept i32[12] state
      build
      """;

  private static String made(String kernels) {
    Program program = ProgramReader.read(HEAD + "step\n" + kernels);
    ProgramVerifier.verify(program);
    Program made = new MakeNormals().apply(program);
    ProgramVerifier.verify(made);
    assertEquals(made, ProgramReader.read(ProgramPrinter.print(made)));
    String text = ProgramPrinter.print(made);
    return text.substring(text.indexOf("step\n") + 5, text.indexOf("\nend\n"));
  }

  @Test
  void wordsBecomeTheNumbersThatAreMadeOfThem() {
    assertEquals(
        """
          kernel draw integrate {
            words w, 10, 77, 0, i32(clock[1]), 0, normal
            each i in 0 ..< 10 {
              x[i] = x[i] + (bits_float(w[i]) * 2.0f)
            }
          }
          kernel again integrate {
            each i in 0 ..< 10 {
              x[i] = bits_float(w[i])
            }
          }
        """,
        made(
            """
            kernel draw integrate {
              words w, 10, 77, 0, i32(clock[1]), 0
              each i in 0 ..< 10 { x[i] = x[i] + normal:f32(w[i]) * 2.0f }
            }
            kernel again integrate {
              each i in 0 ..< 10 { x[i] = normal:f32(w[i]) }
            }
            """));
  }

  private static void stays(String words, String look) {
    String text =
        made("kernel k integrate { " + words + " each i in 0 ..< 10 { " + look + " } }\n");
    assertEquals(-1, text.indexOf("bits_float"), text);
  }

  @Test
  void othersStayWords() {
    String words = "words w, 10, 77, 0, 0, 0";
    stays(words, "x[i] = normal:f32(w[i]) + uniform:f32(w[i])");
    stays(words, "d[i] = normal:f64(w[i])");
    stays(words, "x[i] = normal:f32(w[i] + 1)");
    stays(words + ", [5, 7]", "x[i] = normal:f32(w[i])");
    stays(words + " each j in 0 ..< 10 { w[j] = j }", "x[i] = normal:f32(w[i])");
    stays("words kept, 10, 77, 0, 0, 0", "x[i] = normal:f32(kept[i])");
  }
}
