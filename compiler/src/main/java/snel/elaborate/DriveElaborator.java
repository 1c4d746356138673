package snel.elaborate;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.model.Drive;
import snel.model.Endpoint;
import snel.model.Port;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Reference;

/// Elaborates `drive`.
final class DriveElaborator {
  private final NetworkElaborator network;
  private final NetworkScope scope;
  private final Context context;

  DriveElaborator(NetworkElaborator network, NetworkScope scope) {
    this.network = network;
    this.scope = scope;
    this.context = network.context();
  }

  void drive(NetworkItem.Drive drive) {
    var evaluator = new Evaluator(context, scope.env());
    if (!drive.source().name().text().equals("poisson") || drive.source().arguments().size() != 1) {
      context.fault(Code.UNKNOWN_OPTION, "a drive is `by poisson(rate)`", drive.source().span());
      return;
    }
    Argument rateArgument = drive.source().arguments().get(0);
    Optional<Expr> rate = evaluator.one(rateArgument.value());
    if (rate.isPresent()
        && rate.get() instanceof Expr.Num(var constant)
        && constant.toDouble() < 0) {
      context.fault(Code.OUT_OF_RANGE, "a rate is not negative", rateArgument.value().span());
      return;
    }
    Expression written = drive.weight();
    Optional<Expr> weight =
        written == null
            ? Optional.of(Expr.num(1)) // what takes no value counts spikes
            : new Evaluator(context, scope.env()).one(written);
    for (Reference reference : drive.ports()) {
      Optional<Endpoint> target = new Endpoints(network, evaluator).target(reference);
      if (target.isPresent() && !(target.get() instanceof Endpoint.NeuronPort)) {
        context.fault(
            Diagnostic.of(
                    Code.NOT_CONNECTABLE,
                    "`drive` gives events to neurons, but `"
                        + reference.span().text()
                        + "` is none of their ports",
                    reference.span(),
                    "no port of neurons")
                .help(
                    "connect a population: `population X : Poisson[1](rate: 100 Hz)` and `connect X -> "
                        + reference.span().text()
                        + " all weight …`"));
        return;
      }
      if (target.isPresent()
          && rate.isPresent()
          && weight.isPresent()
          && target.get() instanceof Endpoint.NeuronPort(var slice, var port)) {
        boolean exact =
            network
                .population(slice.population())
                .flatMap(p -> p.port(port))
                .filter(p -> p.sum() == Port.Sum.EXACT)
                .isPresent();
        if (exact && written != null && !(weight.get() instanceof Expr.Num)) {
          context.fault(
              Code.OUT_OF_RANGE,
              "nothing says how large the events are that this `sum exact` adds: write a constant",
              written.span());
          return;
        }
        network.add(
            new Drive(
                context.unique("drive " + slice.population() + "." + port),
                slice,
                port,
                rate.get(),
                weight.get(),
                network.projectionsBefore(),
                drive.span()));
      }
    }
  }
}
