package snel.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Diagnostics;
import snel.elaborate.Context;
import snel.elaborate.Elaborated;
import snel.elaborate.Settings;
import snel.lower.Needs;
import snel.lower.protocol.ExperimentLowering;
import snel.source.Span;
import snel.syntax.Declaration;
import snel.syntax.QualifiedName;
import snel.syntax.TestItem;
import snel.units.Rational;

/// The experiments and tests that start, by whatever others, from the same first one. Since one
/// goes on with the state that another left, the network is the same for all: spikes on their way
/// lie in the same buffers, their weights are added up in the same way, and what one of them
/// assigns is held in memory in all.
record Relatives(OpenProgram program, Declaration.Experiment first) {
  /// What they ask of a network together.
  ///
  /// @param but those whose needs are known
  Needs needs(List<String> but, Elaborated elaborated, Rational step, Settings settings) {
    Needs needs = Needs.NOTHING;
    for (ExperimentLowering.Source source : sources(but)) {
      Context silent = program.silent(step, settings);
      needs = needs.and(ExperimentLowering.lower(source, elaborated, silent, settings).needs());
    }
    return needs;
  }

  /// The statements of all of them.
  List<List<? extends TestItem>> bodies() {
    return sources(List.of()).stream()
        .<List<? extends TestItem>>map(ExperimentLowering.Source::body)
        .toList();
  }

  private List<ExperimentLowering.Source> sources(List<String> but) {
    List<ExperimentLowering.Source> all = new ArrayList<>();
    for (Declaration.Experiment other : program.experimentDeclarations().values()) {
      String name = other.name().text();
      if (!but.contains(name) && isRelative(name)) {
        all.add(source(name, other.from(), other.body(), other.name().span()));
      }
    }
    for (Declaration.Test test : program.testDeclarations()) {
      if (test.from() != null && isRelative(test.from().text())) {
        all.add(source(TestCompiler.title(test), test.from(), test.body(), test.title().span()));
      }
    }
    return all;
  }

  private boolean isRelative(String experiment) {
    Chain chain = Chain.of(experiment, program.experimentDeclarations(), new Diagnostics());
    return !chain.isBroken() && chain.links().getFirst().equals(first);
  }

  private ExperimentLowering.Source source(
      String name, @Nullable QualifiedName from, List<? extends TestItem> body, Span span) {
    return new ExperimentLowering.Source(
        name, Optional.ofNullable(from).map(QualifiedName::text), body, program.scope(), span);
  }
}
