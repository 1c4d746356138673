package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// What a loop draws before it and what it goes on drawing itself, text to text.
class DrawTogetherTest {
  private static final String BUFFERS =
      """
      x f32[10] state
      y f32[10] state
      list i32[10] queue
      count i32[1] queue
      """;

  private static String made(String kernels) {
    return StepText.after(new DrawTogether(), BUFFERS, kernels);
  }

  @Test
  void wordsOfAllElementsAreDrawnBeforeTheLoop() {
    assertEquals(
        """
          kernel noise integrate {
            words noise.drawn0, 10, 77, 0, i32(clock[1]), i32(clock[2])
            words noise.drawn1, 10, 78, 0, i32(clock[1]), i32(clock[2])
            collect i in 0 ..< 10 {
              x[i] = x[i] + normal:f32(noise.drawn0[i])
              y[i] = normal:f32(noise.drawn0[i])
            } where x[i] > uniform:f32(noise.drawn1[i]) into list, count
          }
        """,
        made(
            """
            kernel noise integrate {
              collect i in 0 ..< 10 {
                x[i] = x[i] + normal:f32(philox(77, i >> 2, 0, i32(clock[1]), i32(clock[2]), i & 3))
                y[i] = normal:f32(philox(77, i >> 2, 0, i32(clock[1]), i32(clock[2]), i & 3))
              } where x[i] > uniform:f32(philox(78, i >> 2, 0, i32(clock[1]), i32(clock[2]), i & 3))
                into list, count
            }
            """));
  }

  private static void stays(String loop) {
    String kernel = "kernel k integrate { " + loop + " }\n";
    assertEquals(-1, made(kernel).indexOf("words"), () -> made(kernel));
  }

  @Test
  void otherWordsAreDrawnWhereTheyWere() {
    String own = "uniform:f32(philox(77, i >> 2, 0, 0, 0, i & 3))";
    stays("each i in 0 ..< 10 { if x[i] > 0.5f { x[i] = " + own + " } }");
    stays("each i in 1 ..< 10 { x[i] = " + own + " }");
    stays("each i in 0 ..< count[0] { x[i] = " + own + " }");
    stays("for i in 0 ..< 10 { x[i] = " + own + " }");
    stays("each i in 0 ..< 10 { x[i] = uniform:f32(philox(77, i, 0, 0, 0, 0)) }");
    stays("each i in 0 ..< 10 { x[i] = uniform:f32(philox(77, i >> 2, i, 0, 0, i & 3)) }");
  }
}
