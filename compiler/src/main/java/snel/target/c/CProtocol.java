package snel.target.c;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.ir.protocol.Action;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;

/// Writes what an experiment does as C functions: one for its statements, one for the body of each
/// timer.
final class CProtocol {
  private final CTerms terms;
  private final Lines functions;
  private final Set<Integer> left = new HashSet<>();
  private Set<String> asked = Set.of();
  private Lines lines = new Lines();
  private int handlers;
  private int slots;

  /// @param functions where the bodies of timers go
  CProtocol(CTerms terms, Lines functions, int slots) {
    this.terms = terms;
    this.functions = functions;
    this.slots = slots;
  }

  /// Variables, those of loops included.
  int slots() {
    return slots;
  }

  /// The functions `snel_my_prepare` and `snel_my_protocol`.
  String text(Experiment experiment) {
    asked = Parts.sampled(experiment);
    function("snel_my_protocol", experiment.body());
    String protocol = lines.toString();
    lines = new Lines();
    lines.open("static void snel_my_prepare(snel_machine *m)");
    lines.add("(void)m;");
    experiment
        .episodeSpikes()
        .forEach(name -> lines.add("snel_tap(" + terms.view().population(name) + ");"));
    experiment.episodeSamples().forEach(samples -> sample(samples, false));
    lines.close().add("");
    return lines + protocol;
  }

  private void function(String name, List<Action> body) {
    lines.open("static void " + name + "(snel_machine *m)");
    lines.add("(void)m;");
    all(body);
    lines.close().add("");
  }

  private void all(List<Action> body) {
    body.forEach(this::one);
  }

  private void at(Place place) {
    lines.add("snel_at(m, " + terms.tables().spot(place) + ");");
  }

  private void call(String function, Object... arguments) {
    lines.add(CTerms.call(function, arguments));
  }

  /// What is drawn for each synapse is told how many there are.
  private void assignSynapses(String path, String synapses, Term value) {
    lines.open("");
    lines.add("const snel_indices assigned = " + synapses + ";");
    lines.add("m->assigned = assigned.count;");
    call("assign_synapses", terms.view().variable(path), "assigned", terms.value(value));
    lines.close();
  }

  private void one(Action action) {
    at(action.place());
    switch (action) {
      case Action.Run(var steps, var until, _) ->
          call(
              "run",
              terms.whole(steps),
              until.isEmpty() ? "NULL" : terms.function(until.getFirst()));
      case Action.Present present -> present(present);
      case Action.Rest(var steps, _) -> call("rest", terms.whole(steps));
      case Action.Send(String port, var selection, var arguments, var after, _) ->
          call(
              "send",
              terms.view().port(port),
              terms.picked(selection),
              arguments.size(),
              terms.values(arguments),
              terms.whole(after));
      case Action.Assign(String path, var selection, var value, _) ->
          call("assign", terms.view().variable(path), terms.picked(selection), terms.value(value));
      case Action.AssignSynapses(String path, String projection, var pre, var post, var value, _) ->
          assignSynapses(path, terms.synapses(projection, pre, post), value);
      case Action.Bounded(var path, var low, var high, var closed, var factor, var unit, _) ->
          call(
              "check_range",
              terms.view().variable(path),
              CLiteral.real(low),
              CLiteral.real(high),
              closed,
              CLiteral.real(factor),
              CText.quote(unit));
      case Action.Define(int slot, _, var value, _) -> call("set", slot, terms.value(value));
      case Action.If(var condition, var then, var otherwise, _) ->
          branch(condition, then, otherwise);
      case Action.ForRange range -> forRange(range);
      case Action.ForEach each -> forEach(each);
      case Action.RepeatTimes(int loop, var times, var body, _) -> {
        String passes = beginLoop(loop);
        lines.open(
            "for (const int64_t times = " + terms.whole(times) + "; " + passes + " < times;)");
        lines.add(passes + "++;");
        all(body);
        lines.close();
        endLoop(loop);
      }
      case Action.RepeatUntil(int loop, var condition, var body, var place) -> {
        String passes = beginLoop(loop);
        lines.open("for (;;)");
        lines.add(passes + "++;");
        all(body);
        at(place);
        lines.open("if (" + terms.truth(condition) + ")").add("break;").close();
        lines.close();
        endLoop(loop);
      }
      case Action.EveryPasses(int loop, var passes, var body, _) -> {
        lines.open("if (snel_rem_i64(" + passes(loop) + ", " + terms.whole(passes) + ") == 0)");
        all(body);
        lines.close();
      }
      case Action.EveryTime(int timer, var steps, var body, _) ->
          call("every", timer, terms.whole(steps), handler(body));
      case Action.After(int timer, var steps, var captures, var body, _) ->
          call(
              "after",
              timer,
              terms.whole(steps),
              handler(body),
              captures.size(),
              terms.tables().ints(captures.stream().mapToInt(Action.Capture::from)),
              terms.tables().ints(captures.stream().mapToInt(Action.Capture::to)));
      case Action.StopWhen(int loop, var condition, _) -> {
        lines.open("if (" + terms.truth(condition) + ")");
        if (loop >= 0) {
          left.add(loop);
        }
        lines.add(loop < 0 ? "snel_end(m);" : "goto " + after(loop) + ";");
        lines.close();
      }
      case Action.Freeze(boolean all, var paths, _) -> extent("freeze", all, paths, ", true");
      case Action.Unfreeze(boolean all, var paths, _) -> extent("freeze", all, paths, ", false");
      case Action.Reset(boolean all, var paths, _) -> extent("reset", all, paths, "");
      case Action.Record(var targets, _) -> targets.forEach(this::record);
      case Action.Report(var items, _) ->
          items.forEach(item -> new COutcomes(terms).report(item).ifPresent(lines::add));
      case Action.Expect(var claim, _) -> lines.add(new COutcomes(terms).expect(claim));
      case Action.Checkpoint _ -> {} // a C program runs through, or again from the beginning
      case Action.Fit(String readOut, var label, _) ->
          call("fit", terms.readOut(readOut), terms.value(label));
      case Action.Score(String readOut, var label, var sample, _) ->
          call(
              "score",
              terms.readOut(readOut),
              terms.value(label),
              sample.map(terms::value).orElse("snel_nothing()"));
      case Action.BeginTally(String readOut, _) ->
          lines.add("snel_begin_tally(" + terms.readOut(readOut) + ");");
      case Action.Save(var file, _) -> call("save", "snel_to_text(" + terms.value(file) + ")");
      case Action.Load(var file, _) -> call("load", "snel_to_text(" + terms.value(file) + ")");
      case Action.Convert _, Action.RunExperiment _, Action.Learn _ ->
          throw new IllegalStateException("refused before: " + action);
    }
  }

  // Presentations

  private void present(Action.Present present) {
    lines.open("");
    lines.add("const int64_t steps = " + terms.whole(present.steps()) + ";");
    String holds = table("snel_hold", "holds", present, Action.Binding.Hold.class);
    String varies = table("snel_vary", "varies", present, Action.Binding.Vary.class);
    String plays = table("snel_play", "plays", present, Action.Binding.Play.class);
    call("present", "steps", holds, varies, plays);
    lines.close();
  }

  /// How many bindings of a kind there are, and the name of their table.
  private String table(
      String type, String name, Action.Present present, Class<? extends Action.Binding> kind) {
    List<String> rows =
        present.bindings().stream().filter(kind::isInstance).map(this::binding).toList();
    if (rows.isEmpty()) {
      return "0, NULL";
    }
    lines.add("const " + type + " " + name + "[] = {");
    rows.forEach(row -> lines.add("    {" + row + "},"));
    lines.add("};");
    return rows.size() + ", " + name;
  }

  private String binding(Action.Binding binding) {
    return switch (binding) {
      case Action.Binding.Hold(String path, var selection, var value) ->
          terms.view().variable(path) + ", " + terms.picked(selection) + ", " + terms.value(value);
      case Action.Binding.Vary(String path, var selection, var value) ->
          terms.view().variable(path)
              + ", "
              + terms.picked(selection)
              + ", "
              + terms.function(value);
      case Action.Binding.Play(String population, var selection, var trains) ->
          terms.neurons(population, selection) + ", " + terms.value(trains);
    };
  }

  // Control

  private void branch(Term condition, List<Action> then, List<Action> otherwise) {
    lines.open("if (" + terms.truth(condition) + ")");
    all(then);
    lines.close();
    if (!otherwise.isEmpty()) {
      lines.open("else");
      all(otherwise);
      lines.close();
    }
  }

  private static String passes(int loop) {
    return "passes_" + loop;
  }

  private static String after(int loop) {
    return "after_" + loop;
  }

  private String beginLoop(int loop) {
    lines.open("");
    lines.add("int64_t " + passes(loop) + " = 0;");
    return passes(loop);
  }

  private void endLoop(int loop) {
    lines.close();
    if (left.remove(loop)) {
      lines.add(after(loop) + ":;");
    }
  }

  private void forRange(Action.ForRange range) {
    String passes = beginLoop(range.loop());
    lines.add("const int64_t last = " + terms.whole(range.to()) + ";");
    lines.open("for (int64_t k = " + terms.whole(range.from()) + "; k <= last; k++)");
    lines.add(passes + "++;");
    call("set", range.slot(), "snel_whole(k)");
    all(range.body());
    lines.close();
    endLoop(range.loop());
  }

  private void forEach(Action.ForEach each) {
    int list = slots++;
    call("set", list, terms.value(each.elements()));
    String passes = beginLoop(each.loop());
    lines.open("for (; " + passes + " < snel_size(m->slots[" + list + "]);)");
    at(each.place());
    String element = "snel_element(m->slots[" + list + "], " + passes + ")";
    if (each.slots().size() == 1) {
      call("set", each.slots().getFirst(), element);
    } else {
      call("set_parts", each.slots().size(), terms.tables().ints(each.slots()), element);
    }
    lines.add(passes + "++;");
    all(each.body());
    lines.close();
    endLoop(each.loop());
  }

  /// The function of a timer's body.
  private String handler(List<Action> body) {
    String name = "snel_my_handler_" + handlers++;
    Lines outer = lines;
    lines = new Lines();
    function(name, body);
    functions.addAll(lines);
    lines = outer;
    return name;
  }

  private void extent(String what, boolean all, List<String> paths, String rest) {
    call(what, all, paths.size(), terms.tables().texts(paths) + rest);
  }

  // Records

  private void record(Action.Target target) {
    switch (target) {
      case Action.Target.Spikes(String population, var selection) ->
          call("record_spikes", terms.neurons(population, selection));
      case Action.Target.Samples samples -> sample(samples, true);
    }
  }

  private void sample(Action.Target.Samples samples, boolean recorded) {
    String cells = terms.view().cells(samples.buffer());
    String indices =
        samples.projection().isEmpty()
            ? terms.elements(samples.buffer(), samples.selection())
            : terms.synapses(samples.projection(), samples.selection(), samples.post());
    call(
        "sample",
        CText.quote(samples.path()),
        cells,
        indices,
        terms.whole(samples.everySteps()),
        samples.atDeliver(),
        recorded,
        asked.contains(samples.path()));
  }
}
