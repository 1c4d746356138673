package snel.target.jvm.protocol;

import snel.ir.protocol.Action;
import snel.ir.protocol.Action.Claim;
import snel.ir.protocol.Place;
import snel.ir.protocol.Unit;
import snel.runtime.schedule.Claims;
import snel.runtime.schedule.Evaluation;
import snel.runtime.schedule.Results;
import snel.runtime.schedule.Script.Spot;

/// Links what an experiment reports and what it claims.
final class OutcomeLinker {
  private OutcomeLinker() {}

  static void report(ScriptWriter writer, Action.Report report) {
    for (Action.Item item : report.items()) {
      Evaluation name = TermLinker.link(item.name());
      Evaluation value = TermLinker.link(item.value());
      Unit unit = item.unit();
      String readOut = item.readOut().orElse("");
      writer.add(
          report.place(),
          m ->
              m.report(
                  item.id(),
                  name.evaluate(m).text(),
                  new Results.Shown(value.evaluate(m), unit.text(), unit.factor(), readOut)));
    }
  }

  static void expect(ScriptWriter writer, Action.Expect expect) {
    Place place = expect.place();
    Spot spot = new Spot(place.file(), place.line(), place.text());
    switch (expect.claim()) {
      case Claim.Holds(var condition) -> {
        Evaluation linked = TermLinker.link(condition);
        writer.add(place, m -> Claims.holds(m.results(), spot, linked.evaluate(m)));
      }
      case Claim.Compares(
              var comparison,
              var left,
              var right,
              var tolerance,
              boolean relative,
              Unit unit) -> {
        Evaluation a = TermLinker.link(left);
        Evaluation b = TermLinker.link(right);
        Evaluation slack = TermLinker.link(tolerance);
        Claims.Relation relation =
            switch (comparison) {
              case LESS -> Claims.Relation.LESS;
              case AT_MOST -> Claims.Relation.AT_MOST;
              case GREATER -> Claims.Relation.GREATER;
              case AT_LEAST -> Claims.Relation.AT_LEAST;
              case EQUAL -> Claims.Relation.EQUAL;
              case UNEQUAL -> Claims.Relation.UNEQUAL;
            };
        var shown = new Claims.Shown(unit.text(), unit.factor());
        writer.add(
            place,
            m ->
                Claims.compares(
                    m.results(),
                    spot,
                    relation,
                    a.evaluate(m),
                    b.evaluate(m),
                    slack.evaluate(m).real(),
                    relative,
                    shown));
      }
      case Claim.Lies(var value, var low, var high, boolean upperOpen, Unit unit) -> {
        Evaluation linked = TermLinker.link(value);
        Evaluation least = TermLinker.link(low);
        Evaluation most = TermLinker.link(high);
        var shown = new Claims.Shown(unit.text(), unit.factor());
        writer.add(
            place,
            m ->
                Claims.lies(
                    m.results(),
                    spot,
                    linked.evaluate(m),
                    least.evaluate(m),
                    most.evaluate(m),
                    upperOpen,
                    shown));
      }
    }
  }
}
