package snel.pass;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;

/// Where random words of a step are only looked at for the normal numbers that they stand for,
/// makes these when the words are drawn. There a target has a loop for nothing else, which need not
/// do for all numbers what few want.
public final class MakeNormals implements Pass {
  @Override
  public String name() {
    return "make-normals";
  }

  @Override
  public Program apply(Program program) {
    Set<Buffer> normals = normals(program);
    if (normals.isEmpty()) {
      return program;
    }
    var making = new Making(normals);
    return program.mapKernels(kernel -> kernel.with(making.block(kernel.body())));
  }

  /// Words of which nothing but normal numbers is made.
  private static Set<Buffer> normals(Program program) {
    Set<Buffer> drawn = new HashSet<>();
    Set<Buffer> others = new HashSet<>();
    Map<Buffer, Integer> looks = new HashMap<>();
    for (Kernel kernel : program.kernels()) {
      Nodes.eachStatement(
          kernel.body(),
          stmt -> {
            if (stmt instanceof Stmt.Words words && words.draw() instanceof Draw.Word) {
              drawn.add(words.words());
            } else {
              others.addAll(Nodes.written(stmt));
              others.addAll(Nodes.read(stmt));
            }
          });
      Nodes.eachExpression(
          kernel.body(),
          expr -> {
            if (expr instanceof Expr.Load(Buffer buffer, _)) {
              looks.merge(buffer, 1, Integer::sum);
            }
            word(expr).ifPresent(word -> looks.merge(word.buffer(), -1, Integer::sum));
          });
    }
    drawn.removeIf(buffer ->
        buffer.role() != Role.SCRATCH
            || others.contains(buffer)
            || looks.getOrDefault(buffer, 0) != 0);
    return drawn;
  }

  /// Where the word lies that a normal number is made of.
  private static Optional<Expr.Load> word(Expr number) {
    return Draw.Normal.word(number).filter(Expr.Load.class::isInstance).map(Expr.Load.class::cast);
  }

  private static final class Making extends Rewrite {
    private final Set<Buffer> normals;

    Making(Set<Buffer> normals) {
      this.normals = normals;
    }

    @Override
    Expr change(Expr expr) {
      return word(expr)
          .filter(word -> normals.contains(word.buffer()))
          .map(Draw.Normal::number)
          .orElse(expr);
    }

    @Override
    List<Stmt> change(Stmt stmt) {
      return stmt instanceof Stmt.Words words && normals.contains(words.words())
          ? List.of(words.made(new Draw.Normal()))
          : List.of(stmt);
    }
  }
}
