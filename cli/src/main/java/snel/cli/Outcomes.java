package snel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import snel.runtime.kernel.Failure;
import snel.runtime.record.ResultLine;
import snel.runtime.record.RunFolder;
import snel.runtime.run.ExperimentRun;
import snel.runtime.schedule.Interrupted;
import snel.runtime.schedule.NumberText;
import snel.runtime.schedule.Results;

/// Prints how experiments came out, and sums up how the command ends.
final class Outcomes {
  private final Console console;
  private final Set<Path> told = new HashSet<>();
  private Exit exit = Exit.DONE;

  Outcomes(Console console) {
    this.console = console;
  }

  Exit exit() {
    return exit;
  }

  /// Whether further experiments make sense.
  boolean maySpeak() {
    return exit == Exit.DONE || exit == Exit.UNEXPECTED;
  }

  void show(FinishedRun done) {
    if (console.json()) {
      console.out().println(done.line().toJson());
    } else {
      text(done);
    }
    ExperimentRun.Outcome outcome = done.outcome();
    done.withEarlier().forEach(this::expectations);
    if (outcome != null) {
      stopped(outcome);
    }
  }

  /// What an experiment starts or takes weights from was not asked for, but what it expects counts.
  private void expectations(FinishedRun done) {
    ResultLine.Expectations expectations = done.line().expectations();
    if (expectations.failed() == 0 || !told.add(done.folder())) {
      return;
    }
    if (exit == Exit.DONE) {
      exit = Exit.UNEXPECTED;
    }
    String experiment = done.line().experiment();
    expectations.unmet().forEach(unmet -> console.unmet(experiment, unmet));
    if (expectations.unmet().isEmpty()) {
      console.say(
          "  (an expectation of `%s` did not hold; --fresh runs it again and tells which)"
              .formatted(experiment));
    }
  }

  private void stopped(ExperimentRun.Outcome outcome) {
    RuntimeException problem = outcome.stopped();
    if (problem == null) {
      return;
    }
    if (problem instanceof Interrupted) {
      exit = Exit.INTERRUPTED;
      boolean resumable = Files.exists(RunFolder.checkpointIn(outcome.folder()));
      console.say(
          "stopped; the results so far are in "
              + outcome.folder()
              + (resumable ? "; with --resume it goes on" : ""));
      return;
    }
    exit = Exit.WRONG;
    String sentence = outcome.spot() + ": " + problem.getMessage();
    if (problem instanceof Failure failure) {
      console.fail(failure.problem().id(), sentence);
    } else {
      console.fail(sentence);
    }
    console.say(
        "  while doing `" + outcome.spot().text() + "`; results so far: " + outcome.folder());
  }

  private void text(FinishedRun done) {
    ResultLine line = done.line();
    String how =
        done.stored()
            ? "stored"
            : "%s s".formatted(NumberText.of(Math.round(line.times().run()) / 1000.0));
    console
        .out()
        .println(
            line.experiment() + "  (" + how + ", " + done.folder().resolve("report.html") + ")");
    for (Map.Entry<String, Object> result : line.results().entrySet()) {
      console.out().println("  %-28s %s".formatted(result.getKey(), shown(done, result)));
    }
    int failed = line.expectations().failed();
    int passed = line.expectations().passed();
    if (passed + failed > 0) {
      console.out().println("  expectations: " + passed + " held, " + failed + " failed");
    }
  }

  /// With its unit where it is known.
  private static String shown(FinishedRun done, Map.Entry<String, Object> result) {
    ExperimentRun.Outcome outcome = done.outcome();
    if (outcome != null) {
      Results.Shown shown = outcome.results().values().get(result.getKey());
      if (shown != null) {
        return shown.text();
      }
    }
    String unit = done.line().units().getOrDefault(result.getKey(), "");
    String value = text(result.getValue());
    return unit.isEmpty() ? value : value + " " + unit;
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case Double number -> NumberText.of(number);
      case null -> NumberText.of(Double.NaN);
      case List<?> list when list.stream().allMatch(e -> e instanceof Number) ->
          NumberText.row(list.stream().mapToDouble(e -> ((Number) e).doubleValue()).toArray());
      case List<?> list ->
          list.stream().map(Outcomes::text).collect(Collectors.joining(", ", "[", "]"));
      default -> String.valueOf(value);
    };
  }
}
