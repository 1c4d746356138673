package snel.parse;

import java.util.Optional;
import snel.parse.Diagnosis.Explanation;

/// What people write who are used to another language.
final class Habits {
  private final Fault fault;

  Habits(Fault fault) {
    this.fault = fault;
  }

  Optional<Explanation> explain() {
    var values = new ValueHabits(fault);
    var data = new DataHabits(fault);
    var models = new ModelHabits(fault);
    var types = new TypeHabits(fault);
    var populations = new PopulationHabits(fault);
    var networks = new NetworkHabits(fault);
    var statements = new StatementHabits(fault);
    var times = new TimedHabits(fault);
    var results = new ResultHabits(fault);
    var loops = new LoopHabits(fault);
    var words = new ForeignWords(fault);
    return Explanation.firstOf(
        values::explain,
        data::explain,
        models::explain,
        types::explain,
        populations::explain,
        networks::explain,
        statements::explain,
        times::explain,
        results::explain,
        loops::explain,
        words::explain);
  }
}
