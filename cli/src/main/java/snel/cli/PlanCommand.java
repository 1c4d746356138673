package snel.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.compiler.Compiled;
import snel.compiler.Pipeline;
import snel.lower.Explanation;
import snel.parallel.DividedStep;
import snel.runtime.record.Json;
import snel.target.jvm.JvmTarget;
import snel.target.jvm.SampleBuffers;
import snel.target.jvm.protocol.ProtocolLinker;

/// `snel plan FILE [EXPERIMENT]`.
final class PlanCommand implements Command {
  private final Usage usage =
      new Usage(
          this,
          "Shows what the compiler decided for every population and projection, and why:",
          "integrator, layout, where each variable lives, bytes.");
  private final ExperimentOptions experiment = new ExperimentOptions(usage);

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Integer call() {
    Console console = experiment.console();
    Compiled compiled =
        experiment.compiled(
            console, new Pipeline(Pipeline.Observer.NONE, Pipeline.Verify.AFTER_LAST_PASS));
    Explanation explanation = compiled.explanation();
    if (console.json()) {
      json(compiled, explanation, console);
    } else {
      text(compiled, explanation, console);
    }
    return Exit.DONE.code();
  }

  private static void text(Compiled compiled, Explanation explanation, Console console) {
    console
        .out()
        .println(
            "experiment %s on %s, step %s ms, seed %s, %s"
                .formatted(
                    compiled.experiment().name(),
                    compiled.network().name(),
                    compiled.experiment().stepMs(),
                    Integer.toUnsignedString(compiled.experiment().seed()),
                    compiled.numerics()));
    console.out().println(explanation.level().explained());
    for (Explanation.Part part : explanation.parts()) {
      console.out().println();
      console.out().println(part.title() + "  (" + Bytes.words(part.bytes()) + ")");
      part.decisions().forEach(decision -> console.out().println("  " + decision));
    }
    console.out().println();
    console.out().println("threads");
    samples(compiled).ifPresent(text -> console.out().println("  " + text));
    console.out().println("  " + threads(compiled));
    console.out().println();
    console.out().println("memory in all: " + Bytes.words(explanation.bytes()));
  }

  /// What is said of loops over samples.
  private static Optional<String> samples(Compiled compiled) {
    int loops = ProtocolLinker.sideBySide(compiled.experiment().body());
    if (loops == 0) {
      return Optional.empty();
    }
    String many = loops == 1 ? "a loop" : loops + " loops";
    return Optional.of(
        SampleBuffers.of(compiled.program()).isPresent()
            ? "samples of "
                + many
                + " are shown side by side, each thread with states of its own, where that proves faster; the results"
                + " are the same"
            : "samples of "
                + many
                + " are shown one after the other: each changes what the next one meets");
  }

  private static String threads(Compiled compiled) {
    return JvmTarget.divided(compiled.program(), 2)
        .map(step ->
            ("%d of %d pieces of a step can be shared by neuron and target, %s; they are where a step is"
                    + " long enough and that proves faster, with the same results")
                .formatted(step.dividedPieces(), step.pieces(), waits(step)))
        .orElse("one: nothing in a step is large enough to be shared");
  }

  private static String waits(DividedStep step) {
    return step.span()
        .map(span -> "%d steps between two waits".formatted(span.most()))
        .orElseGet(() ->
            "in %s, with a wait after each (%s)"
                .formatted(stretches(step.stretches()), step.whyNoSpan()));
  }

  private static String stretches(int count) {
    return count == 1 ? "one stretch" : count + " stretches";
  }

  private static void json(Compiled compiled, Explanation explanation, Console console) {
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Explanation.Part part : explanation.parts()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("title", part.title());
      map.put("decisions", part.decisions());
      map.put("bytes", part.bytes());
      parts.add(map);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("experiment", compiled.experiment().name());
    all.put("network", compiled.network().name());
    all.put("numerics", compiled.numerics());
    all.put("level", explanation.level().word());
    all.put("parts", parts);
    samples(compiled).ifPresent(text -> all.put("samples", text));
    all.put("threads", threads(compiled));
    all.put("bytes", explanation.bytes());
    console.out().println(Json.line(all));
  }
}
