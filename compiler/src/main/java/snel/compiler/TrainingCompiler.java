package snel.compiler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Diagnostics;
import snel.gradient.KeepBest;
import snel.gradient.Learn;
import snel.gradient.Reason;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.ir.verify.ProgramVerifier;
import snel.lower.Needs;
import snel.lower.protocol.ExperimentLowering;
import snel.model.Network;
import snel.model.Population;
import snel.model.Projection;
import snel.pass.ContractBuffers;
import snel.pass.ConvProduct;
import snel.pass.CountUpdates;
import snel.pass.FoldConstants;
import snel.pass.FuseLoops;
import snel.pass.HoistSums;
import snel.pass.NameLocals;
import snel.pass.Pass;
import snel.pass.SingleSynapses;
import snel.source.Span;

/// Makes the program of an experiment that trains, keeps its best weights, or counts what learning
/// does, one that can.
final class TrainingCompiler {
  private final Diagnostics diagnostics;

  TrainingCompiler(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// Empty, and reported, if the network cannot be trained.
  Optional<Compiled> trained(Compiled plain, ExperimentLowering.Lowered lowered) {
    Program program = plain.program();
    if (lowered.training().isPresent()) {
      ExperimentLowering.Taught taught = lowered.training().get();
      Learn.Result result =
          Learn.apply(program, taught.training(), plain.needs().assigned().isEmpty());
      if (!result.reasons().isEmpty()) {
        List<ExperimentLowering.Hindrance> reasons = new ArrayList<>();
        Span whole = taught.lesson().trains().orElseThrow();
        for (Reason reason : result.reasons()) {
          Span place = place(reason, plain.network()).orElse(whole);
          String name = reason.place().isEmpty() ? "" : "`" + reason.place() + "` ";
          reasons.add(new ExperimentLowering.Hindrance(place, name + reason.what()));
        }
        taught.refuse(reasons, diagnostics);
        return Optional.empty();
      }
      program = result.program();
    }
    if (lowered.keepsBest()) {
      program = KeepBest.apply(program);
    }
    if (plain.needs().countsUpdates()) {
      program = new CountUpdates().apply(program);
    }
    if (program == plain.program()) {
      return Optional.of(plain);
    }
    Program tidy = program;
    for (Pass pass : passes(plain.needs())) {
      tidy = pass.apply(tidy);
    }
    ProgramVerifier.verify(tidy);
    String fingerprint =
        ExperimentCompiler.sha256(plain.experiment().fingerprint() + ProgramPrinter.print(tidy));
    return Optional.of(
        new Compiled(
            plain.experiment().withFingerprint(fingerprint),
            tidy,
            plain.network(),
            plain.needs(),
            plain.dataSets()));
  }

  /// Most not before: derivatives go through whole loops.
  private static List<Pass> passes(Needs needs) {
    return List.of(
        new NameLocals(),
        new FoldConstants(),
        new HoistSums(),
        new ConvProduct(),
        new SingleSynapses(),
        new FuseLoops(needs.recallable()),
        new ContractBuffers());
  }

  /// Where the population or projection of a kernel is declared: that with the longest name that
  /// the kernel's begins with.
  private static Optional<Span> place(Reason reason, Network network) {
    Map<String, Span> known = new LinkedHashMap<>();
    for (Population population : network.populations()) {
      known.put(population.path(), population.span());
    }
    for (Projection projection : network.projections()) {
      known.put(projection.path(), projection.span());
    }
    return known.keySet().stream()
        .filter(path -> reason.place().equals(path) || reason.place().startsWith(path + "."))
        .max(Comparator.comparingInt(String::length))
        .map(known::get);
  }
}
