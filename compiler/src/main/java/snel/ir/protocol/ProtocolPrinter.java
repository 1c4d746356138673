package snel.ir.protocol;

import static snel.ir.protocol.TermPrinter.inner;
import static snel.ir.protocol.TermPrinter.list;
import static snel.ir.protocol.TermPrinter.print;
import static snel.ir.protocol.TermPrinter.unit;

import java.util.List;
import java.util.stream.Collectors;

/// The text form of experiments, for dumps and fingerprints.
public final class ProtocolPrinter {
  private final StringBuilder out = new StringBuilder();
  private int depth;

  private ProtocolPrinter() {}

  public static String printExperiment(Experiment experiment) {
    ProtocolPrinter printer = new ProtocolPrinter();
    printer.experiment(experiment);
    return printer.out.toString();
  }

  private void conversion(Conversion conversion) {
    String of = conversion.of().map(name -> " of " + name).orElse("");
    String samples = conversion.samples().map(term -> " by " + print(term)).orElse("");
    line(
        "convert "
            + conversion.format()
            + " "
            + print(conversion.file())
            + of
            + " scaled "
            + conversion.scale()
            + samples
            + " peak "
            + conversion.peak());
    depth++;
    conversion.map().forEach(match -> line(match.name() + " to " + match.target()));
    conversion.normalised().forEach(norm -> line(norm.toString()));
    conversion.layers().forEach(layer -> line(layer.toString()));
    depth--;
  }

  private void line(String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }

  private void block(String head, List<Action> body) {
    line(head + " {");
    inside(body);
    line("}");
  }

  private void inside(List<Action> body) {
    depth++;
    body.forEach(this::action);
    depth--;
  }

  private void experiment(Experiment experiment) {
    line(
        "experiment "
            + experiment.name()
            + " on "
            + experiment.network()
            + " program "
            + experiment.program()
            + experiment.from().map(from -> " from " + from).orElse("")
            + (experiment.anew() ? " anew" : "")
            + " step "
            + experiment.stepMs()
            + " seed "
            + Integer.toUnsignedString(experiment.seed()));
    depth++;
    for (ReadOut readOut : experiment.readOuts()) {
      line(
          "readout %s : %s %d of %s%s"
              .formatted(
                  readOut.name(),
                  TermPrinter.word(readOut.kind()),
                  readOut.classes(),
                  print(readOut.features()),
                  readOut.ties().map(ties -> ", ties by " + print(ties)).orElse("")));
    }
    if (!experiment.recalled().isEmpty()) {
      line("recalls " + String.join(", ", experiment.recalled()));
    }
    if (!experiment.episodeSpikes().isEmpty()) {
      line("spikes of " + String.join(", ", experiment.episodeSpikes()));
    }
    experiment.episodeSamples().forEach(samples -> line("samples of " + target(samples)));
    depth--;
    inside(experiment.body());
  }

  private void action(Action action) {
    switch (action) {
      case Action.Run(var steps, var until, Place _) ->
          line("run " + print(steps) + (until.isEmpty() ? "" : " until " + list(until)));
      case Action.Present(var bindings, var steps, Place _) ->
          line(
              "present "
                  + bindings.stream()
                      .map(ProtocolPrinter::binding)
                      .collect(Collectors.joining(", "))
                  + " for "
                  + print(steps));
      case Action.Rest(var steps, Place _) -> line("rest " + print(steps));
      case Action.Send(String port, var selection, var arguments, var after, Place _) ->
          line("send " + port + print(selection) + list(arguments) + " after " + print(after));
      case Action.Assign(String path, var selection, var value, Place _) ->
          line(path + print(selection) + " = " + print(value));
      case Action.AssignSynapses(String path, String _, var pre, var post, var value, Place _) ->
          line(path + "[" + inner(pre) + ", " + inner(post) + "] = " + print(value));
      case Action.Define(int slot, String name, var value, Place _) ->
          line(name + "%" + slot + " = " + print(value));
      case Action.If(var condition, var then, var otherwise, Place _) -> {
        block("if " + print(condition), then);
        if (!otherwise.isEmpty()) {
          block("else", otherwise);
        }
      }
      case Action.ForRange(int loop, int slot, var from, var to, var body, Place _) ->
          block("loop " + loop + " for %" + slot + " in " + print(from) + " .. " + print(to), body);
      case Action.ForEach(int loop, var slots, var elements, var body, Place _) ->
          block("loop " + loop + " for %" + slots + " in " + print(elements), body);
      case Action.RepeatTimes(int loop, var times, var body, Place _) ->
          block("loop " + loop + " repeat " + print(times) + " times", body);
      case Action.RepeatUntil(int loop, var condition, var body, Place _) ->
          block("loop " + loop + " repeat until " + print(condition), body);
      case Action.EveryPasses(int loop, var passes, var body, Place _) ->
          block("every " + print(passes) + " passes of loop " + loop, body);
      case Action.EveryTime(int timer, var steps, var body, Place _) ->
          block("timer " + timer + " every " + print(steps), body);
      case Action.After(int timer, var steps, var captures, var body, Place _) ->
          block("timer " + timer + " after " + print(steps) + captures, body);
      case Action.StopWhen(int loop, var condition, Place _) ->
          line("stop loop " + loop + " when " + print(condition));
      case Action.Freeze(boolean all, var paths, Place _) -> line("freeze " + extent(all, paths));
      case Action.Unfreeze(boolean all, var paths, Place _) ->
          line("unfreeze " + extent(all, paths));
      case Action.Reset(boolean all, var paths, Place _) -> line("reset " + extent(all, paths));
      case Action.Record(var targets, Place _) ->
          line(
              "record "
                  + targets.stream()
                      .map(ProtocolPrinter::target)
                      .collect(Collectors.joining(", ")));
      case Action.Report(var items, Place _) ->
          line(
              "report "
                  + items.stream()
                      .map(item -> name(item) + " = " + print(item.value()) + unit(item.unit()))
                      .collect(Collectors.joining(", ")));
      case Action.Expect(var claim, Place _) -> line("expect " + claim(claim));
      case Action.Checkpoint(Place _) -> line("checkpoint");
      case Action.Bounded(var path, var low, var high, var closed, _, _, Place _) ->
          line("check " + path + " in " + low + (closed ? " .. " : " ..< ") + high);
      case Action.Save(var file, Place _) -> line("save " + print(file));
      case Action.Load(var file, Place _) -> line("load " + print(file));
      case Action.Convert(var conversion, Place _) -> conversion(conversion);
      case Action.Fit(String readOut, var label, Place _) ->
          line("fit " + readOut + " to " + print(label));
      case Action.Score(String readOut, var label, _, Place _) ->
          line("score " + readOut + " against " + print(label));
      case Action.BeginTally(String readOut, Place _) -> line("begin tally of " + readOut);
      case Action.Learn(var what, var targets, Place _) ->
          line(TermPrinter.word(what) + (targets.isEmpty() ? "" : " " + list(targets)));
      case Action.RunExperiment(String experiment, Place _) -> line("run " + experiment);
    }
  }

  private static String extent(boolean all, List<String> paths) {
    String listed = String.join(", ", paths);
    return all ? "all" + (paths.isEmpty() ? "" : " except " + listed) : listed;
  }

  private static String binding(Action.Binding binding) {
    return switch (binding) {
      case Action.Binding.Hold(String path, var selection, var value) ->
          path + print(selection) + " = " + print(value);
      case Action.Binding.Vary(String path, var selection, var value) ->
          path + print(selection) + " ~ " + print(value);
      case Action.Binding.Play(String population, var selection, var trains) ->
          population + print(selection) + " plays " + print(trains);
    };
  }

  private static String target(Action.Target target) {
    return switch (target) {
      case Action.Target.Spikes(String population, var selection) ->
          population + print(selection) + ".spikes";
      case Action.Target.Samples samples ->
          samples.path()
              + (samples.projection().isEmpty()
                  ? print(samples.selection())
                  : "[" + inner(samples.selection()) + ", " + inner(samples.post()) + "]")
              + " every "
              + print(samples.everySteps())
              + (samples.atDeliver() ? " at deliver" : "");
    };
  }

  private static String name(Action.Item item) {
    return item.knownName().orElseGet(() -> print(item.name()));
  }

  private static String claim(Action.Claim claim) {
    return switch (claim) {
      case Action.Claim.Holds(var condition) -> print(condition);
      case Action.Claim.Compares(
              var comparison,
              var left,
              var right,
              var tolerance,
              boolean relative,
              var unit) ->
          print(left)
              + " "
              + TermPrinter.symbol(comparison)
              + " "
              + print(right)
              + " within "
              + print(tolerance)
              + (relative ? " of it" : "")
              + unit(unit);
      case Action.Claim.Lies(var value, var low, var high, boolean open, var unit) ->
          print(value) + " in " + print(low) + (open ? " ..< " : " .. ") + print(high) + unit(unit);
    };
  }
}
