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
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.Recording;
import snel.runtime.schedule.Sampler;

/// Puts what is recorded into the files of a run folder.
final class FolderRecording implements Recording {
  private final RunFolder folder;
  private final NetworkView view;
  private final TimeStep step;
  private final Map<String, Spikes> spikes = new HashMap<>();
  private final Map<String, Samples> samples = new HashMap<>();

  /// The spikes of one instant, which go to the log together.
  private static final class Spikes {
    final SpikeLog log;
    int[] neurons = new int[64];
    int count;
    long stamp;

    Spikes(SpikeLog log) {
      this.log = log;
    }

    void add(int neuron, long newStamp) {
      if (newStamp != stamp) {
        flush();
        stamp = newStamp;
      }
      if (count == neurons.length) {
        neurons = Arrays.copyOf(neurons, 2 * count);
      }
      neurons[count++] = neuron;
    }

    void flush() {
      if (count > 0) {
        log.append(stamp, neurons, count);
        count = 0;
      }
    }
  }

  private record Samples(SampleLog log, double factor) {}

  FolderRecording(RunFolder folder, NetworkView view) {
    this.folder = folder;
    this.view = view;
    this.step = view.step();
  }

  @Override
  public void openSpikes(String population, int[] indices) {
    spikes.computeIfAbsent(
        population, name -> new Spikes(folder.spikes(name, view.population(name).size(), step)));
  }

  @Override
  public void spike(String population, int neuron, long stamp) {
    @Nullable Spikes open = spikes.get(population);
    if (open == null) {
      throw new IllegalStateException("not recorded: " + population);
    }
    open.add(neuron, stamp);
  }

  @Override
  public void openSamples(Sampler sampler) {
    NetworkView.Variable variable = view.variable(sampler.path());
    boolean isDouble = variable.array() instanceof double[] || variable.array() instanceof long[];
    long first = sampler.atDeliver() ? sampler.from() : sampler.from() + sampler.every();
    SampleLog.Subject subject =
        new SampleLog.Subject(
            sampler.path(),
            Shape.of(sampler.indices().length),
            variable.unit(),
            step,
            first,
            sampler.every());
    SampleLog.Precision precision =
        isDouble ? SampleLog.Precision.DOUBLE : SampleLog.Precision.SINGLE;
    samples.put(sampler.path(), new Samples(folder.samples(subject, precision), variable.factor()));
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

  @Override
  public void flush() {
    spikes.values().forEach(Spikes::flush);
  }
}
