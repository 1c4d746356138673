package snel.target.jvm.protocol;

import java.util.ArrayList;
import java.util.List;
import snel.ir.protocol.Parts;
import snel.ir.protocol.ReadOut;
import snel.ir.protocol.Term;
import snel.runtime.readout.FirstSpike;
import snel.runtime.readout.LinearSvm;
import snel.runtime.readout.MaxCount;
import snel.runtime.readout.MaxPotential;
import snel.runtime.readout.Readout;
import snel.runtime.readout.ResponseLabels;
import snel.runtime.readout.Ridge;
import snel.runtime.schedule.ReadOuts;

/// Makes the read-outs of an experiment.
final class ReadOutLinker {
  private ReadOutLinker() {}

  static ReadOuts.Declaration link(ReadOut readOut) {
    return new ReadOuts.Declaration(
        readOut.name(),
        population(readOut.features()),
        TermLinker.link(readOut.features()),
        readOut.ties().map(TermLinker::link),
        decoder(readOut));
  }

  /// Whose activity is read.
  private static String population(Term features) {
    List<String> found = new ArrayList<>();
    Parts.eachTerm(
        features,
        part -> {
          switch (part) {
            case Term.Neurons(var name, _) -> found.add(name);
            case Term.Recorded recorded -> found.add(owner(recorded.path()));
            case Term.Read read -> found.add(owner(read.path()));
            default -> {}
          }
        });
    return found.isEmpty() ? "" : found.getFirst();
  }

  private static String owner(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }

  private static Readout decoder(ReadOut readOut) {
    int classes = readOut.classes();
    int inputs = readOut.inputs();
    return switch (readOut.kind()) {
      case RESPONSE_LABELS -> new ResponseLabels(inputs, classes);
      case MAX_COUNT -> MaxCount.of(inputs, inputs / classes);
      case FIRST_SPIKE -> new FirstSpike(inputs, classes);
      case MAX_POTENTIAL -> new MaxPotential(classes);
      case RIDGE -> new Ridge(inputs, classes, readOut.penalty());
      case LINEAR_SVM -> new LinearSvm(inputs, classes, readOut.penalty());
    };
  }
}
