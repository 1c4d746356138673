package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.verify.ProgramVerifier;
import snel.target.jvm.JvmTarget;
import snel.testing.Programs;

/// States that nobody reads go, with everything that would touch them.
class RemoveDeadStateTest {
  /// Nobody reads `age`, one number a synapse, and the rows are sorted by delay.
  private static final String SORTED =
      """
      neuron Source { spike at poisson(1 kHz) }
      neuron Cell {
        state v : real = 0
        receive syn(w : real) { v += w }
        spike when v > 1
        reset { v = 0 }
      }
      synapse Ages {
        weight w : real
        state age : real = 0
        on pre { deliver w; age += w }
      }
      network Net {
        population source : Source[4]
        population cell : Cell[5]
        connect source -> cell.syn  all  weight 0.1 * pre.index
          delay to_step(0.2 ms * post.index)  synapse Ages
      }
      experiment e on Net { step 0.1 ms; seed 1; run 10 ms; report total = count(cell) }
      """;

  private static Program compiled(String text) {
    return Programs.compiled(text).program();
  }

  /// Each local is made of the one before and of one more buffer: the last is made of them all.
  @Test
  @Timeout(60)
  void whatIsMadeOfVeryManyBuffersKeepsThemAll() {
    int count = 20_000;
    List<Buffer> buffers = new ArrayList<>();
    List<Stmt> body = new ArrayList<>();
    Expr sum = Expr.f32(0);
    for (int k = 0; k < count; k++) {
      var buffer = new Buffer("b" + k, Cell.F32, Length.of(1), Role.STATE);
      buffers.add(buffer);
      Expr more = new Expr.Binary(BinaryOp.ADD, sum, new Expr.Load(buffer, Expr.i32(0)));
      body.add(new Stmt.Let("x" + k, more));
      sum = new Expr.Read("x" + k, Scalar.F32);
    }
    body.add(new Stmt.Store(buffers.getFirst(), Expr.i32(0), sum));
    var sources = new Sources();
    sources.add(new Kernel("long", Phase.INTEGRATE, body));
    assertEquals(count, sources.of(Set.of("b0")).size());
    assertEquals(body, UnusedLocals.removed(body));
  }

  @Test
  void aSortOfSynapsesLeavesOutWhatIsGone() {
    Program program = compiled(SORTED);
    ProgramVerifier.verify(program);
    Set<String> there = Set.copyOf(program.buffers().stream().map(Buffer::name).toList());
    List<Build.SortByDelay> sorts =
        program.build().stream()
            .filter(step -> step instanceof Build.SortByDelay)
            .map(step -> (Build.SortByDelay) step)
            .toList();
    assertEquals(1, sorts.size());
    assertEquals(List.of(), there.stream().filter(name -> name.contains("age")).toList());
    assertEquals(100, new JvmTarget().build(program).run(100));
  }

  /// A draw that is repeated until it is large enough is a loop on its own condition.
  @Test
  void aDrawThatNobodyReadsGoesWithWhatItHangsOn() {
    Program program =
        compiled(
            """
            neuron Cell {
              state v : real = 0
              v' = (1.2 - v) / 10 ms
              state z : real = 1
              state g : real = 0
              spike when v > 1
              reset { v = 0 }
              every 1 ms { z *= 0.9; if z > 0.5 { g = normal(0.5, 1, min: 0) } }
            }
            network Net { population cell : Cell[3] }
            experiment e on Net { step 1 ms; seed 1; run 20 ms; report total = count(cell) }
            """);
    ProgramVerifier.verify(program);
    Set<String> states = Set.of("cell.v", "cell.z", "cell.g");
    assertEquals(
        List.of("cell.v"),
        program.buffers().stream().map(Buffer::name).filter(states::contains).toList());
    assertEquals(20, new JvmTarget().build(program).run(20));
  }

  /// Poisson drives come in every step, so nobody asks whether anything else has come.
  @Test
  void marksThatNobodyReadsGo() {
    Program program =
        compiled(
            """
            neuron Cell {
              state v : real = 0
              receive exc(w : real) { v += w }
              receive inh(w : real) { v -= w }
              v' = -v / 10 ms
              spike when v > 1
              reset { v = 0 }
            }
            network Net {
              population cell : Cell[20]
              drive cell.exc by poisson(1 kHz) weight 0.3
              connect cell -> cell.exc  bernoulli(20 %)  weight 0.1
              connect cell -> cell.inh  bernoulli(20 %)  weight 0.1
            }
            experiment e on Net { step 1 ms; seed 1; run 20 ms; report total = count(cell) }
            """);
    ProgramVerifier.verify(program);
    assertEquals(
        List.of("cell.inh.counts.cell->cell.inh.any"),
        program.buffers().stream().map(Buffer::name).filter(n -> n.endsWith(".any")).toList());
    assertEquals(20, new JvmTarget().build(program).run(20));
  }
}
