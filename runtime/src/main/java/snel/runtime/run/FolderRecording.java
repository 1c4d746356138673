package snel.runtime.run;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.Shape;
import snel.runtime.record.RunFolder;
import snel.runtime.record.SampleLog;
import snel.runtime.record.SpikeLog;
import snel.runtime.record.TimeStep;
import snel.runtime.schedule.CellNames;
import snel.runtime.schedule.Cells;
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.Recording;
import snel.runtime.schedule.Sampler;

/// Puts what is recorded into the files of a run folder.
final class FolderRecording implements Recording {
  private static final int MOST_LABELS = 100;

  private final RunFolder folder;
  private final NetworkView view;
  private final TimeStep step;
  private final Map<String, SpikeLog> spikes = new HashMap<>();
  private final Map<String, Samples> samples = new HashMap<>();

  private record Samples(SampleLog log, double factor) {}

  FolderRecording(RunFolder folder, NetworkView view) {
    this.folder = folder;
    this.view = view;
    this.step = view.step();
  }

  @Override
  public void openSpikes(String population, int[] indices) {
    spikes.computeIfAbsent(
        population, name -> folder.spikes(name, view.population(name).size(), step));
  }

  @Override
  public void spikes(
      String population, long[] stamps, double @Nullable [] early, int[] neurons, int count) {
    @Nullable SpikeLog log = spikes.get(population);
    if (log == null) {
      throw new IllegalStateException("not recorded: " + population);
    }
    log.append(stamps, early, neurons, count);
  }

  @Override
  public void openSamples(Sampler sampler) {
    NetworkView.Variable variable = view.variable(sampler.path());
    boolean isDouble = Cells.isWide(variable.array());
    long first = sampler.atDeliver() ? sampler.from() : sampler.from() + sampler.every();
    SampleLog.Subject subject =
        new SampleLog.Subject(
            sampler.path(),
            Shape.of(sampler.indices().length),
            variable.unit(),
            step,
            first,
            sampler.every(),
            CellNames.states(view, sampler.path(), first(sampler.indices())));
    SampleLog.Precision precision =
        isDouble ? SampleLog.Precision.DOUBLE : SampleLog.Precision.SINGLE;
    samples.put(sampler.path(), new Samples(folder.samples(subject, precision), variable.factor()));
  }

  private static int[] first(int[] indices) {
    return Arrays.copyOf(indices, Math.min(indices.length, MOST_LABELS));
  }

  @Override
  public void sample(Sampler sampler, long label, double[] row) {
    @Nullable Samples open = samples.get(sampler.path());
    if (open == null) {
      throw new IllegalStateException("not recorded: " + sampler.path());
    }
    double[] shown = row;
    if (open.factor != 1) {
      shown = new double[row.length];
      for (int k = 0; k < row.length; k++) {
        shown[k] = row[k] / open.factor;
      }
    }
    open.log.append(shown);
  }
}
