package snel.ir.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.text.ProgramReader;

class ProgramVerifierTest {
  private static final String HEAD =
      """
      program "p" step 1.0 real f64 seed 0
      buffers
        clock i64[5] clock
        halt i32[1] log
        fault i64[3] log
        x f64[10] state
        y f64[10] state
        n i32[10] state
        list i32[10] queue
        count i32[1] queue
        w f32[synapses p] plastic
        rows i32[4] wiring
        target u16[synapses p] wiring
      build
      """;
  private static final String WIRE =
      """
        Wire(wiring: Wiring(name: "p", rule: All(), sources: 3, targets: 3, stream: 0, excludeSelf: false, selfOffset: 0, rowStart: @rows, target: @target, multapse: none, shared: none, expected: 9.0))
      """;

  private static List<String> violations(String statements) {
    String step = "step\n kernel k integrate {\n" + statements + "\n}\n";
    return ProgramVerifier.violations(ProgramReader.read(HEAD + WIRE + step));
  }

  @Test
  void acceptsASoundProgram() {
    assertEquals(
        List.of(),
        violations(
            """
            each i in 0 ..< 10 {
              let a = x[i]
              var b = a * 2.0
              if b > 1.0 { b = b - y[9 - i] }
              x[i] = b
              if !(b <= 3.0) { halt[0] = 2 }
            }
            collect j in 0 ..< 10 where x[j] > 1.0 into list, count
            collect h in 0 ..< 10 { let c = x[h] x[h] = c + 1.0 } where x[h] > 1.0 into list, count
            each k in 0 ..< count[0] {
              let j2 = list[k]
              x[j2] = 0.0
              for s in rows[0] ..< rows[1] { w[s] = w[s] + f32(x[j2]) }
            }
            """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "x[0] = 1.0f; a value stored in x is F32, not F64",
        "x[0] = x[1] + f64(1) * f32(1); MUL of F64 and F32",
        "x[10] = 1.0; element 10 of x, which has 10",
        "x[0.5] = 1.0; an index of F64",
        "let a = 1 a = 2; a is assigned but is no variable",
        "let a = 1 let a = 2; two locals are named a",
        "if true { let b = 1 } n[0] = b; local b is read where it is not in sight",
        "if 1 { }; a condition is I32, not BOOL",
        "var a = 1 a = 2L; a value assigned to a is I64, not I32",
        "n[0] = n[1] << 2L; SHL of I32 and I64",
        "n[0] = !n[1]; NOT of I32",
        "x[0] = sqrt(4); SQRT of I32",
        "let a = true < false; LT of BOOL and BOOL",
        "x[0] = exp:f64(1.0f); EXP of [F32] to F64",
        "push list, halt, 2.0; a value pushed to list is F64, not I32",
        "push x, count, 2.0; list x holds no I32",
        "push list, n, 2; the count of list is not I32[1]",
        "for i in 0 ..< 11 { x[i] = 1.0 }; elements 0 ..< 11 of x, which has 10",
        "var a = 0 each i in 0 ..< 3 { a = i }; independent iterations over i assign to a",
        "each i in 0 ..< 3 { push list, count, i }; independent iterations over i append to list",
        "each i in 0 ..< 3 { n[0] = i }; independent iterations over i all write the same element"
            + " of n",
        "each i in 0 ..< 3 { n[i] = n[i + 1] }; independent iterations over i read other elements"
            + " of n, which they write",
        "each i in 0 ..< 3 { n[list[i]] = n[0] }; independent iterations over i read one element"
            + " of n, which they write",
        "collect i in 0 ..< 3 { let a = x[i] } where a > 0.0 into list, count; local a is read where"
            + " it is not in sight",
        "collect i in 0 ..< 3 { x[i] = 0.0 } where x[i + 1] > 0.0 into list, count; independent"
            + " iterations over i read other elements of x, which they write",
        "collect i in 0 ..< 3 { x[i] = f64(list[i]) } where true into list, count; what is done"
            + " before indices are collected touches list",
        "x[0] = sum(i in 0 ..< 3L : x[i]); end of a reduction is I64, not I32",
      })
  void namesWhatIsWrong(String statements, String message) {
    assertTrue(
        violations(statements).contains("kernel k: " + message), () -> "" + violations(statements));
  }

  @Test
  void wantsWiringsBuiltBeforeTheirBuffersAreUsed() {
    String build = "  Fill(buffer: @w, values: [1.0])\n";
    assertEquals(
        List.of("build: w is used before p is built"),
        ProgramVerifier.violations(ProgramReader.read(HEAD + build + WIRE)));
    assertEquals(
        List.of(
            "buffers: w has elements for the synapses of p, never built",
            "buffers: target has elements for the synapses of p, never built"),
        ProgramVerifier.violations(ProgramReader.read(HEAD)));
  }

  @Test
  void refusesForeignBuffersAndLiteralsOutOfRange() {
    Buffer foreign = new Buffer("z", Cell.I32, Length.of(1), Role.STATE);
    Expr wide = new Expr.Const(Scalar.I32, 1L << 40);
    Kernel kernel =
        new Kernel("k", Phase.INTEGRATE, List.of(new Stmt.Store(foreign, Expr.i32(0), wide)));
    Program program =
        new Program(
            "p",
            1,
            Scalar.F32,
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(kernel),
            List.of(),
            List.of(),
            List.of(),
            new Directory(List.of(), List.of(), List.of(), List.of(), List.of()));
    CompilerBug bug = assertThrows(CompilerBug.class, () -> ProgramVerifier.verify(program));
    assertEquals(
        """
        invalid IR:
          program: clock is missing or not I64[5]
          program: halt is missing or not I32[1]
          program: fault is missing or not I64[3]
          kernel k: buffer z is not declared, or otherwise
          kernel k: a literal of I32 with bits 1099511627776\
        """,
        bug.getMessage());
  }
}
