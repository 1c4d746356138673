package snel.pass;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;

/// Makes a local of what each iteration of a loop puts into a place of its own and nobody but that
/// iteration reads: where loops have become one, what one handed to the next needs no buffer.
public final class ContractBuffers implements Pass {
  @Override
  public String name() {
    return "contract-buffers";
  }

  @Override
  public Program apply(Program program) {
    Map<Buffer, Integer> loads = new HashMap<>();
    Set<Buffer> lists = new HashSet<>();
    for (Kernel kernel : program.kernels()) {
      loads(kernel.body(), _ -> true)
          .forEach((buffer, count) -> loads.merge(buffer, count, Integer::sum));
      Nodes.eachStatement(
          kernel.body(),
          stmt -> {
            if (!(stmt instanceof Stmt.Store)) {
              lists.addAll(Nodes.written(stmt));
              lists.addAll(Nodes.read(stmt));
            }
          });
    }
    Map<Kernel, Set<Buffer>> handed = new IdentityHashMap<>();
    for (Kernel kernel : program.kernels()) {
      Map<Buffer, Integer> own = new HashMap<>();
      Nodes.eachStatement(
          kernel.body(),
          stmt -> {
            if (stmt instanceof Stmt.Loop loop && loop.order() == Stmt.Order.INDEPENDENT) {
              own.putAll(behindStores(loop));
            }
          });
      Map<Buffer, Integer> stores = stores(kernel.body());
      own.keySet().removeIf(buffer -> stores.getOrDefault(buffer, 0) > 1 || lists.contains(buffer));
      own.entrySet().removeIf(found -> !found.getValue().equals(loads.get(found.getKey())));
      handed.put(kernel, Set.copyOf(own.keySet()));
    }
    Set<Buffer> all = handed.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    return all.isEmpty() ? program : contracted(program, handed, all);
  }

  private static Program contracted(
      Program program, Map<Kernel, Set<Buffer>> handed, Set<Buffer> all) {
    Program locals =
        program
            .mapKernels(kernel ->
                kernel.with(
                    new Contraction(handed.getOrDefault(kernel, Set.of()), all)
                        .block(kernel.body())))
            .withoutIdleKernels();
    Set<String> gone = all.stream().map(Buffer::name).collect(Collectors.toSet());
    return new NameLocals().apply(UnusedLocals.removed(locals.withStep(locals.step(), gone)));
  }

  private static Map<Buffer, Integer> loads(List<Stmt> block, Predicate<Expr> places) {
    Map<Buffer, Integer> loads = new HashMap<>();
    Nodes.eachExpression(
        block,
        expr -> {
          if (expr instanceof Expr.Load(Buffer buffer, Expr place) && places.test(place)) {
            loads.merge(buffer, 1, Integer::sum);
          }
        });
    return loads;
  }

  private static Map<Buffer, Integer> stores(List<Stmt> block) {
    Map<Buffer, Integer> stores = new HashMap<>();
    Nodes.eachStatement(
        block,
        stmt -> {
          if (stmt instanceof Stmt.Store(Buffer buffer, _, _)) {
            stores.merge(buffer, 1, Integer::sum);
          }
        });
    return stores;
  }

  /// How often an iteration reads its own place of a buffer behind the statement that sets it.
  private static Map<Buffer, Integer> behindStores(Stmt.Loop loop) {
    Map<Buffer, Integer> found = new HashMap<>();
    List<Stmt> body = loop.body();
    for (int at = 0; at < body.size(); at++) {
      if (body.get(at) instanceof Stmt.Store(Buffer buffer, Expr index, _)
          && buffer.role() == Role.SCRATCH
          && buffer.cell().scalar().isFloat()
          && isOwn(index, loop)) {
        List<Stmt> behind = body.subList(at + 1, body.size());
        int reads = loads(behind, place -> isOwn(place, loop)).getOrDefault(buffer, 0);
        found.put(buffer, reads);
      }
    }
    return found;
  }

  private static boolean isOwn(Expr index, Stmt.Loop loop) {
    return index instanceof Expr.Read(String name, _) && name.equals(loop.index());
  }

  /// Locals in place of a kernel's own, and nothing where others are set.
  private static final class Contraction extends Rewrite {
    private final Set<Buffer> own;
    private final Set<Buffer> all;

    Contraction(Set<Buffer> own, Set<Buffer> all) {
      this.own = own;
      this.all = all;
    }

    /// With a point, for [NameLocals] to make a name of.
    private static String local(Buffer buffer) {
      return "given." + buffer.name();
    }

    @Override
    Expr change(Expr expr) {
      return expr instanceof Expr.Load(Buffer buffer, _) && own.contains(buffer)
          ? new Expr.Read(local(buffer), buffer.cell().scalar())
          : expr;
    }

    @Override
    List<Stmt> change(Stmt stmt) {
      if (stmt instanceof Stmt.Store(Buffer buffer, _, Expr value) && all.contains(buffer)) {
        return own.contains(buffer) ? List.of(new Stmt.Let(local(buffer), value)) : List.of();
      }
      return unlessIdle(stmt);
    }
  }
}
