package snel.ir.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.diagnostics.CompilerBug;
import snel.ir.Expr;
import snel.ir.Program;
import snel.ir.Stmt;

class ProgramTextTest {
  private static final String TEXT =
      """
      program "small" step 0.1 real f32 seed -7
      sites ["E.v", "A->B \\"quoted\\""]

      buffers
        clock i64[5] clock
        E.v f32[100] state
        "A->B.w" f32[synapses "A->B"] plastic
        "A->B.rows" i32[101] wiring
        "A->B.target" u16[synapses "A->B"] wiring
        list i32[100] queue
        count i32[1] queue

      build
        Fill(buffer: @E.v, values: [-60.5])
        FillIntegers(buffer: @list, values: [9007199254740993, -1])
        Wire(wiring: Wiring(name: "A->B", rule: Bernoulli(probability: 0.1), sources: 100, targets: 20, stream: -5, excludeSelf: false, selfOffset: 0, rowStart: @"A->B.rows", target: @"A->B.target", multapse: none, shared: none, expected: 200.0))
        kernel E.init build {
          each i in 0 ..< 100 {
            E.v[i] = normal:f32(philox(5, i >> 2, 0, 0, 0, i & 3))
          }
        }

      reset

      start

      step
        kernel "E integrate" integrate {
          let limit = 100
          each i in 0 ..< limit {
            let v = E.v[i]
            var w = fma(0.99f, v, -1.0E-10f)
            if (w > 3.0f) & !(v == w) {
              w = (v < 2.0f) ? exp(v) : neg(v)
            } else {
              w = w - (w * bits:f32(0x7f800000))
            }
            E.v[i] = w
          }
          collect i in 0 ..< 100 where !(E.v[i] <= 15.0f) into list, count
          collect i in 0 ..< 100 {
            let u = E.v[i]
            E.v[i] = u * 0.5f
          } where E.v[i] > 1.0f into list, count
          for k in 0 ..< count[0] {
            E.v[list[k]] = sum(m in 0 ..< k : E.v[m])
          }
          while count[0] > 0 {
            count[0] = count[0] - 1
            push list, count, i32(clock[0] + 1L)
          }
        }

      end

      demand

      directory Directory(populations: [], projections: [], values: [Value(path: "E.v", buffer: @E.v, shape: [10, 10], kind: state, unit: "mV", factor: 0.001, range: Interval(low: -Infinity, high: Infinity))], freezable: [], ports: [])
      """;

  @Test
  void printsWhatItReads() {
    assertEquals(TEXT, ProgramPrinter.print(ProgramReader.read(TEXT)));
  }

  @Test
  void bindsOperatorsAsJavaDoes() {
    Program program =
        ProgramReader.read(
            """
            program "p" step 1.0 real f64 seed 0
            buffers
              x f64[1] state
            step
              kernel k integrate {
                x[0] = 1.0 + 2.0 * x[0] < 3.0 - 4.0 - 5.0 ? 1.0 : -2.0
              }
            """);
    Stmt.Store store = (Stmt.Store) program.step().getFirst().body().getFirst();
    Expr.Choose choose = (Expr.Choose) store.value();
    assertEquals(
        "(1.0 + (2.0 * x[0])) < ((3.0 - 4.0) - 5.0)", ExpressionPrinter.print(choose.condition()));
    assertEquals(Expr.f64(-2), choose.whenFalse());
  }

  @Test
  void keepsEveryBitOfALiteral() {
    List<Expr> literals =
        List.of(
            Expr.f32(-0f),
            Expr.f32(Float.MIN_VALUE),
            Expr.f32(0.1f),
            Expr.f32(Float.intBitsToFloat(0xffc00123)),
            Expr.f64(-0.0),
            Expr.f64(1e300),
            Expr.f64(Math.PI),
            Expr.f64(Double.NEGATIVE_INFINITY),
            Expr.i32(Integer.MIN_VALUE),
            Expr.i64(Long.MIN_VALUE),
            Expr.bool(true));
    for (Expr literal : literals) {
      String text = ExpressionPrinter.print(literal);
      Tokens tokens = new Tokens(text);
      assertEquals(literal, new ExpressionReader(tokens, java.util.Map.of()).read(), text);
      assertTrue(tokens.atEnd(), text);
    }
  }

  @Test
  void namesTheLineThatItCannotRead() {
    CompilerBug bug =
        assertThrows(
            CompilerBug.class,
            () ->
                ProgramReader.read(
                    """
                    program "p" step 1.0 real f64 seed 0
                    step
                      kernel k integrate {
                        x[0] = 1.0
                      }
                    """));
    assertEquals("IR text, line 4: no buffer is named x, found [", bug.getMessage());
  }
}
