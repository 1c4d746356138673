package snel.model.text;

import java.util.List;
import java.util.Optional;
import snel.math.Expr;
import snel.math.text.ExprPrinter;
import snel.model.Action;
import snel.model.Connection;
import snel.model.Drive;
import snel.model.Endpoint;
import snel.model.Equation;
import snel.model.Firing;
import snel.model.Handler;
import snel.model.Network;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Slice;
import snel.model.Synapse;
import snel.model.Trace;
import snel.model.Variable;
import snel.model.WeightSource;

/// Writes an elaborated network: what every population and projection has become.
public final class NetworkPrinter {
  private final StringBuilder out = new StringBuilder();

  private NetworkPrinter() {}

  public static String print(Network network) {
    var printer = new NetworkPrinter();
    printer.network(network);
    return printer.out.toString();
  }

  private void line(int depth, String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }

  private void network(Network network) {
    line(0, "network " + network.name() + ", step " + network.stepMs() + " ms");
    network.inputs().forEach(i -> line(1, "input " + i.path() + i.shape()));
    network.states().forEach(s -> variable(1, "state", s));
    network.equations().forEach(e -> equation(1, e));
    network.populations().forEach(this::population);
    network.projections().forEach(this::projection);
    for (Drive drive : network.drives()) {
      line(
          1,
          "drive "
              + slice(drive.target())
              + "."
              + drive.port()
              + " by poisson("
              + ExprPrinter.print(drive.rate())
              + ") weight "
              + ExprPrinter.print(drive.weight()));
    }
    network.readouts().forEach(r -> line(1, "readout " + r.name() + " : " + r.kind()));
  }

  private void population(Population population) {
    line(1, "population " + population.path() + " : " + population.model() + population.shape());
    population.parameters().forEach(v -> variable(2, "param", v));
    population.states().forEach(v -> variable(2, v.plastic() ? "plastic state" : "state", v));
    population.inputs().forEach(v -> variable(2, "input", v));
    population
        .bindings()
        .forEach(b -> line(2, b.input() + " follows " + ExprPrinter.print(b.value())));
    population.equations().forEach(e -> equation(2, e));
    population.ports().forEach(p -> port(2, p));
    firing(population.firing()).ifPresent(text -> line(2, text));
    if (!population.reset().isEmpty()) {
      body(2, "reset", population.reset());
    }
    population.handlers().forEach(h -> handler(2, h));
    population
        .refractory()
        .ifPresent(r ->
            line(
                2,
                "refractory "
                    + r.duration().or(r::condition).map(ExprPrinter::print).orElse("")
                    + (r.holding().isEmpty() ? "" : " holding " + r.holding())));
    population
        .events()
        .forEach(e ->
            body(2, "event " + e.name() + " when " + ExprPrinter.print(e.condition()), e.body()));
    population.every().forEach(e -> body(2, "every " + e.steps() + " steps", e.body()));
  }

  private void variable(int depth, String word, Variable variable) {
    String initial = ExprPrinter.print(variable.initial());
    line(depth, word + " " + variable.name() + " = " + initial);
  }

  private void equation(int depth, Equation equation) {
    line(depth, equation.variable() + "' = " + ExprPrinter.print(equation.rate()));
  }

  private void port(int depth, Port port) {
    body(depth, "receive " + port.name() + port.parameters(), port.body());
  }

  private void handler(int depth, Handler handler) {
    body(depth, "on " + handler.event(), handler.body());
  }

  private static Optional<String> firing(Firing firing) {
    return switch (firing) {
      case Firing.Never _ -> Optional.empty();
      case Firing.When(var condition, var crossing) ->
          Optional.of(
              (crossing ? "spike on crossing " : "spike when ") + ExprPrinter.print(condition));
      case Firing.WithRate(var rate) -> Optional.of("spike with rate " + ExprPrinter.print(rate));
      case Firing.At(var time) -> Optional.of("spike at " + ExprPrinter.print(time));
      case Firing.Poisson(var rate, var frozen) ->
          Optional.of(
              "spike at poisson(" + ExprPrinter.print(rate) + (frozen ? ", frozen" : "") + ")");
    };
  }

  private void body(int depth, String head, List<Action> actions) {
    if (actions.isEmpty()) {
      line(depth, head + " {}");
      return;
    }
    line(depth, head + " {");
    actions.forEach(a -> action(depth + 1, a));
    line(depth, "}");
  }

  private void action(int depth, Action action) {
    switch (action) {
      case Action.Assign(var target, var value, _) ->
          line(depth, target.name() + " = " + ExprPrinter.print(value));
      case Action.Deliver(var value, _) -> line(depth, "deliver " + ExprPrinter.print(value));
      case Action.Let(var name, var value) ->
          line(depth, "let " + name + " = " + ExprPrinter.print(value));
      case Action.If(var condition, var then, var otherwise) -> {
        body(depth, "if " + ExprPrinter.print(condition), then);
        if (!otherwise.isEmpty()) {
          body(depth, "else", otherwise);
        }
      }
    }
  }

  private void projection(Projection projection) {
    line(
        1,
        "projection "
            + projection.path()
            + " : "
            + slice(projection.source())
            + " -> "
            + endpoint(projection.target())
            + " "
            + connection(projection.connection())
            + (projection.excludeSelf() ? " where pre != post" : ""));
    projection.where().ifPresent(w -> line(2, "where " + ExprPrinter.print(w)));
    line(2, "weight " + weight(projection.weight()));
    delay("axonal", projection.axonal());
    delay("dendritic", projection.dendritic());
    delay("backprop", projection.backprop());
    if (projection.instant()) {
      line(2, "instant");
    }
    synapse(projection.synapse());
  }

  private void delay(String kind, Optional<Expr> delay) {
    delay.ifPresent(d -> line(2, kind + " delay " + ExprPrinter.print(d)));
  }

  private void synapse(Synapse synapse) {
    if (!synapse.model().isEmpty()) {
      line(2, "synapse " + synapse.model());
    }
    synapse.parameters().forEach(v -> variable(2, "param", v));
    synapse.states().forEach(v -> variable(2, "state", v));
    for (Trace trace : synapse.traces()) {
      line(
          2,
          "trace "
              + trace.name()
              + " of "
              + trace.event()
              + switch (trace) {
                case Trace.Decaying d ->
                    " tau " + ExprPrinter.print(d.tau()) + (d.set() ? " set" : "");
                case Trace.Window w -> " window " + ExprPrinter.print(w.length());
              });
    }
    synapse.equations().forEach(e -> equation(2, e));
    synapse.handlers().forEach(h -> handler(2, h));
    synapse.ports().forEach(p -> port(2, p));
    synapse.every().forEach(e -> body(2, "every " + e.steps() + " steps", e.body()));
    synapse.transmit().ifPresent(t -> line(2, "transmit " + ExprPrinter.print(t)));
    synapse.prune().ifPresent(p -> line(2, "prune when " + ExprPrinter.print(p)));
  }

  private static String weight(WeightSource weight) {
    return switch (weight) {
      case WeightSource.None _ -> "none";
      case WeightSource.Value(var e) -> ExprPrinter.print(e);
      case WeightSource.Matrix(var values) -> "matrix of " + values.length;
      case WeightSource.Tied(var projection, var transposed, var sign) ->
          "tied to " + (sign < 0 ? "-" : "") + projection + (transposed ? " transposed" : "");
    };
  }

  private static String slice(Slice slice) {
    return slice.population() + (slice.whole() ? "" : "[" + slice.size() + " of it]");
  }

  private static String endpoint(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.NeuronPort(var s, var port) -> slice(s) + "." + port;
      case Endpoint.NeuronInput(var s, var input) -> slice(s) + "." + input;
      case Endpoint.SynapsePort(var projection, var port, _) -> projection + "." + port;
      case Endpoint.SynapseInput(var projection, var input, _) -> projection + "." + input;
    };
  }

  private static String connection(Connection connection) {
    return switch (connection) {
      case Connection.All _ -> "all";
      case Connection.OneToOne _ -> "one_to_one";
      case Connection.Bernoulli(var p) -> "bernoulli(" + ExprPrinter.print(p) + ")";
      case Connection.FixedIndegree(var k, var m) -> "fixed_indegree(" + k + multapses(m);
      case Connection.FixedOutdegree(var k, var m) -> "fixed_outdegree(" + k + multapses(m);
      case Connection.FixedTotal(var n, var m) -> "fixed_total(" + n + multapses(m);
      case Connection.Convolution(var kernel, _, _, _, _, _) ->
          "conv" + java.util.Arrays.toString(kernel);
      case Connection.Pooling(var kernel, _, _) -> "pool" + java.util.Arrays.toString(kernel);
      case Connection.Window(var kernel, _, _) -> "window" + java.util.Arrays.toString(kernel);
      case Connection.Edges(var sources, _, _) -> "edges(" + sources.length + ")";
    };
  }

  private static String multapses(boolean multapses) {
    return multapses ? ", multapses)" : ")";
  }
}
