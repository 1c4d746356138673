package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.ir.text.ProgramReader;
import snel.ir.verify.ProgramVerifier;

/// Which buffers become locals, text to text.
class ContractBuffersTest {
  private static final String HEAD =
      StepText.HEAD
          + """
          x f32[10] state
          y f32[10] state
          between f32[10] scratch
          row i32[1] scratch
          build
          step
          """;

  private static final String CLEARED =
      "kernel clear reset_spiked { each k in 0 ..< 10 { between[k] = 0.0f } }\n";

  private static Program contracted(String step) {
    Program program = ProgramReader.read(HEAD + step);
    ProgramVerifier.verify(program);
    Program made = new ContractBuffers().apply(program);
    ProgramVerifier.verify(made);
    return made;
  }

  @Test
  void whatOneStatementHandsToTheNextIsALocal() {
    Program made =
        contracted(
            CLEARED
                + """
                kernel both integrate {
                  each i in 0 ..< 10 {
                    between[i] = x[i] * 0.5f
                    y[i] = between[i] + between[i]
                  }
                }
                """);
    assertEquals(0, made.buffers().stream().filter(b -> b.name().equals("between")).count());
    String text = ProgramPrinter.print(made);
    assertEquals(
        """
          kernel both integrate {
            each i in 0 ..< 10 {
              let given = x[i] * 0.5f
              y[i] = given + given
            }
          }
        """,
        text.substring(text.indexOf("step\n") + 5, text.indexOf("\nend\n")));
  }

  /// Read by another loop, before it is set, by the rest of a loop that sets it again, or set where
  /// it need not be.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "each i in 0 ..< 10 { between[i] = x[i]  y[i] = between[i] }"
            + " each k in 0 ..< 10 { x[k] = between[k] }",
        "each i in 0 ..< 10 { y[i] = between[i]  between[i] = x[i] }",
        "each i in 0 ..< 10 { between[i] = x[i]  y[i] = between[i]  between[i] = x[i] * 2.0f"
            + "  y[i] = y[i] + between[i] }",
        "each i in 0 ..< 10 { if x[i] > 0.0f { between[i] = x[i] }  y[i] = between[i] }",
        "each i in 0 ..< 10 { between[i] = between[i] + x[i]  y[i] = between[i] }",
        "for i in 0 ..< 10 { between[i] = x[i]  y[i] = between[i] }",
      })
  void whatIsReadOtherwiseStays(String loop) {
    String step = CLEARED + "kernel both integrate { " + loop + " }\n";
    assertEquals(ProgramReader.read(HEAD + step), contracted(step));
  }
}
