package snel.target.jvm.protocol;

import snel.ir.protocol.ReadOut;
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
        readOut.name(), TermLinker.link(readOut.features()), decoder(readOut));
  }

  private static Readout decoder(ReadOut readOut) {
    int classes = readOut.classes();
    int inputs = readOut.inputs();
    return switch (readOut.kind()) {
      case RESPONSE_LABELS -> new ResponseLabels(inputs, classes);
      case MAX_COUNT -> MaxCount.of(inputs, inputs / classes);
      case FIRST_SPIKE -> new FirstSpike(inputs, classes, FirstSpike.Ties.LOWEST_INDEX);
      case MAX_POTENTIAL -> new MaxPotential(classes);
      case RIDGE -> new Ridge(inputs, classes, readOut.penalty());
      case LINEAR_SVM -> new LinearSvm(inputs, classes, readOut.penalty());
    };
  }
}
