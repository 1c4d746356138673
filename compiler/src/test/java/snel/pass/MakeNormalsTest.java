package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Which words become normal numbers when they are drawn, text to text.
class MakeNormalsTest {
  private static final String BUFFERS =
      """
      x f32[10] state
      d f64[10] state
      w i32[12] scratch
      kept i32[12] state
      """;

  private static String made(String kernels) {
    return StepText.after(new MakeNormals(), BUFFERS, kernels);
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
