package snel.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import snel.ir.Backward;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;

/// Synapses that come and go while weights learn by gradients, as in Bellec et al. (2018), "Deep
/// rewiring", arXiv 1711.05136: they do so after the weights have changed, never between a sample
/// and the way back over it, and what an optimiser knows of a weight goes where its synapse goes. A
/// new one begins with nothing known.
final class Rewired {
  private Rewired() {}

  private static boolean isRewiring(Kernel kernel) {
    return kernel.name().startsWith(Backward.REWIRE);
  }

  /// The kernels of a program by which synapses come and go between samples.
  static List<Kernel> kernels(Program program) {
    return program.onDemand().stream().filter(Rewired::isRewiring).toList();
  }

  /// The program in whose steps, and at the ends of whose presentations, the wiring stays.
  static Program betweenSamples(Program program) {
    Set<String> moved =
        kernels(program).stream()
            .map(kernel -> kernel.name().substring(Backward.REWIRE.length()))
            .collect(Collectors.toSet());
    return moved.isEmpty()
        ? program
        : program.rewired(
            program.step().stream().filter(kernel -> !moved.contains(kernel.name())).toList(),
            program.presentationEnd().stream()
                .filter(kernel -> !moved.contains(kernel.name()))
                .toList());
  }

  /// What moves with what.
  private static final class Luggage {
    private final Map<Buffer, List<Buffer>> known;
    private final Map<Buffer, Buffer> places = new HashMap<>();
    private final Map<Buffer, Buffer> made = new LinkedHashMap<>();

    /// @param known of each weight, element by element
    Luggage(Kernel kernel, Map<Buffer, List<Buffer>> known) {
      this.known = known;
      Nodes.eachStatement(
          kernel.body(),
          stmt -> {
            if (stmt instanceof Stmt.Store(Buffer weight, _, Expr.Load(Buffer place, _))
                && known.containsKey(weight)) {
              places.put(place, weight);
            }
          });
    }

    Kernel in(Kernel kernel) {
      return kernel.with(Form.replaceStores(kernel.body(), this::with));
    }

    /// A weight is put into a place of the new order, or from there to where weights are.
    private List<Stmt> with(Stmt.Store store) {
      List<Stmt> all = new ArrayList<>(List.of(store));
      Buffer weight = places.getOrDefault(store.buffer(), store.buffer());
      boolean isBack = weight.equals(store.buffer());
      for (Buffer moved : known.getOrDefault(weight, List.of())) {
        Buffer place = place(moved);
        if (isBack) {
          all.add(new Stmt.Store(moved, store.index(), new Expr.Load(place, store.index())));
        } else {
          Expr kept =
              store.value() instanceof Expr.Load(Buffer from, Expr old) && from.equals(weight)
                  ? new Expr.Load(moved, old)
                  : Expr.real(moved.cell().scalar(), 0);
          all.add(new Stmt.Store(place, store.index(), kept));
        }
      }
      return all;
    }

    private Buffer place(Buffer moved) {
      return made.computeIfAbsent(
          moved,
          buffer ->
              new Buffer(buffer.name() + ".rewire", buffer.cell(), buffer.length(), Role.SCRATCH));
    }
  }

  /// The kernels with what is known of the weights that they move.
  ///
  /// @param buffers takes those that are needed for it
  static List<Kernel> carrying(
      List<Kernel> kernels, Map<Buffer, List<Buffer>> known, List<Buffer> buffers) {
    List<Kernel> all = new ArrayList<>();
    for (Kernel kernel : kernels) {
      var luggage = new Luggage(kernel, known);
      all.add(luggage.in(kernel));
      buffers.addAll(luggage.made.values());
    }
    return all;
  }

  /// All that such a kernel moves: the wiring, and what each synapse has.
  static Set<Buffer> moved(Program program) {
    Set<Buffer> all = new LinkedHashSet<>();
    for (Kernel kernel : kernels(program)) {
      Nodes.eachStatement(
          kernel.body(),
          stmt ->
              Nodes.written(stmt).stream()
                  .filter(buffer -> buffer.role() != Role.SCRATCH)
                  .forEach(all::add));
    }
    return all;
  }
}
