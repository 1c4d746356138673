package snel.elaborate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Slice;
import snel.source.Span;

/// `owner.name`.
final class Members {
  private final Evaluator evaluator;

  Members(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  Val member(Val owner, String name, Span span) {
    return switch (owner) {
      case Val.Marker(var marker) -> ofMarker(marker, name, span);
      case Val.Cells(var slice, _) -> ofCells(slice, name, span);
      case Val.Part(var scope) ->
          scope
              .member(name)
              .orElseGet(() ->
                  evaluator
                      .context()
                      .fault(Code.UNKNOWN_MEMBER, "there is no `" + name + "` inside", span));
      case Val.Table(var columns, _) -> column(columns, name, span);
      case Val.Wires(var path) -> ofSynapses(path, name, span);
      case Val.Bad _ -> Val.BAD;
      default ->
          evaluator.context().fault(Code.UNKNOWN_MEMBER, "this has no member `" + name + "`", span);
    };
  }

  /// What synapses have is read by experiments only: a step has it for one synapse after another.
  private Val ofSynapses(String path, String name, Span span) {
    Optional<Listed> list = evaluator.context().list(path, name);
    if (list.isPresent()) {
      return ofConstants(list.get().value(), name, span);
    }
    return evaluator
        .context()
        .fault(
            Diagnostic.of(
                    Code.NO_MEANING_HERE,
                    "`%s.%s` is one value for each synapse, and cannot be read in the network"
                        .formatted(path, name),
                    span,
                    "read outside the synapses")
                .help(
                    "read it in the experiment, and assign an input of the network that the"
                        + " equation reads: `every 10 ms { m = mean(%s.%s) }`"
                            .formatted(path, name)));
  }

  private Val column(Map<String, double[]> columns, String name, Span span) {
    double[] values = columns.get(name);
    if (values == null) {
      return evaluator
          .context()
          .fault(
              Code.COLUMN_MISSING,
              "the table has no column `" + name + "`" + Nearest.hint(name, columns.keySet()),
              span);
    }
    return new Val.Items(
        java.util.Arrays.stream(values).mapToObj(v -> Val.of(new Expr.Num(Exact.of(v)))).toList());
  }

  private Val ofMarker(String marker, String name, Span span) {
    return switch (marker) {
      case "self" -> neuron(Owner.SELF, evaluator.env().find("#self"), name, span);
      case "peers" -> neuron(Owner.PEER, evaluator.env().find("#self"), name, span);
      case "pre" -> neuron(Owner.PRE, evaluator.env().find("#pre"), name, span);
      case "post" -> neuron(Owner.POST, evaluator.env().find("#post"), name, span);
      case "edge" -> Val.of(new Expr.Ref(Owner.SELF, "edge." + name, Kind.REAL));
      case "offset" ->
          evaluator
              .env()
              .find(Offsets.name(name))
              .orElseGet(() ->
                  evaluator
                      .context()
                      .fault(
                          Code.UNKNOWN_MEMBER,
                          "`offset` has `x` and `y`, as far as both populations have such an axis",
                          span));
      default -> evaluator.context().fault(Code.UNKNOWN_MEMBER, "no member `" + name + "`", span);
    };
  }

  /// A member of the neuron at one end; `info` is its population, when there is one.
  private Val neuron(Owner owner, Optional<Val> info, String name, Span span) {
    if (name.equals("position")) {
      return new Val.Marker("position:" + owner);
    }
    Optional<Neuron> neuron =
        info.flatMap(v -> v instanceof Val.Info(var n) ? Optional.of(n) : Optional.empty());
    if (neuron.isEmpty()) {
      return Val.of(new Expr.Ref(owner, name, Neuron.memberKind(name)));
    }
    Optional<Val> list = neuron.get().list(name);
    if (list.isPresent()) {
      return owner == Owner.SELF ? list.get() : ofConstants(list.get(), name, span);
    }
    Optional<Expr> member = neuron.get().member(owner, name);
    if ((owner == Owner.PRE || owner == Owner.POST)
        && member.filter(Members::asksThePeers).isPresent()) {
      return evaluator
          .context()
          .fault(
              Code.NO_MEANING_HERE,
              "`"
                  + name
                  + "` of `"
                  + neuron.get().model()
                  + "` is made of all its population at once: keep it in a state that the neuron"
                  + " assigns (`every dt { … }`), and read that here",
              span);
    }
    return member
        .<Val>map(Val::of)
        .orElseGet(() ->
            evaluator
                .context()
                .fault(
                    Code.UNKNOWN_MEMBER,
                    "`"
                        + neuron.get().model()
                        + "` has no `"
                        + name
                        + "`"
                        + Nearest.hint(name, neuron.get().names()),
                    span));
  }

  /// A list as it is seen from outside its model.
  private Val ofConstants(Val list, String name, Span span) {
    return list instanceof Val.Bad || Lists.isConstant(list)
        ? list
        : evaluator
            .context()
            .fault(
                Code.NO_MEANING_HERE,
                "the list `" + name + "` is not of constants: it can be read in its model only",
                span);
  }

  private static boolean asksThePeers(Expr value) {
    return Walk.any(value, e -> e instanceof Expr.Ref(var o, _, _) && o == Owner.PEER);
  }

  private Val ofCells(Slice slice, String name, Span span) {
    Optional<Neuron> info = evaluator.context().neuron(slice.population());
    if (info.isPresent()) {
      Neuron neuron = info.get();
      if (neuron.hasEvent(name)) {
        return new Val.Cells(slice, name);
      }
      Optional<Val> list = neuron.list(name);
      if (list.isPresent()) {
        return ofConstants(list.get(), name, span);
      }
      Optional<Expr> value = neuron.member(Owner.SELF, name);
      if (value.isPresent()) {
        Expr at = Neuron.of(value.get(), slice.population());
        boolean isSingle = slice.size() == 1;
        return new Val.Num(
            slice.whole() ? at : new PickedPlaces(evaluator.context(), slice).of(at),
            isSingle ? List.of() : slice.shape());
      }
      return evaluator
          .context()
          .fault(
              Code.UNKNOWN_MEMBER,
              "`" + neuron.model() + "` has no `" + name + "`" + Nearest.hint(name, neuron.names()),
              span);
    }
    return evaluator
        .context()
        .fault(
            Diagnostic.of(
                    Code.DEFINITION_CYCLE,
                    "a parameter of `%s` cannot be made of what `%s` has itself"
                        .formatted(slice.population(), slice.population()),
                    span,
                    "leads back to here")
                .help("give both the same value: `let a = …` in the network"));
  }
}
