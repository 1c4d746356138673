package snel.runtime.record;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import snel.runtime.file.DurableFile;

/// Writes spikes in the two forms that other programs read: SONATA (Dai et al. 2020,
/// doi:10.1371/journal.pcbi.1007696) in HDF5, and CSV.
final class SpikeFiles {
  private static final int SONATA_MAGIC = 0x0A7A;

  private SpikeFiles() {}

  /// `/spikes/POPULATION/{timestamps, node_ids}`, in ms and in the order of time. A population that
  /// never spiked has no group: jHDF cannot write a dataset without elements.
  static void writeSonata(Path target, List<SpikeLog> logs) {
    DurableFile.replace(
        target,
        path -> {
          try (WritableHdfFile file = HdfFile.write(path)) {
            file.putAttribute("magic", SONATA_MAGIC);
            file.putAttribute("version", new int[] {0, 1});
            WritableGroup spikes = file.putGroup("spikes");
            for (SpikeLog log : logs) {
              population(spikes, log);
            }
          } catch (HdfException problem) {
            throw new IOException(rootOf(problem).getMessage(), problem);
          }
        });
  }

  private static Throwable rootOf(Throwable problem) {
    Throwable cause = problem.getCause();
    return cause == null ? problem : rootOf(cause);
  }

  private static void population(WritableGroup spikes, SpikeLog log) {
    SpikeEvents events = log.events();
    if (events.count() == 0) {
      return;
    }
    long[] ids = new long[events.count()];
    for (int e = 0; e < ids.length; e++) {
      ids[e] = events.neurons()[e];
    }
    WritableGroup group = spikes.putGroup(log.population());
    WritableDataset times = group.putDataset("timestamps", events.times(log.step()));
    times.putAttribute("units", "ms");
    group.putDataset("node_ids", ids, DatasetCreationOptions.builder().unsigned().build());
  }

  /// One line a spike, in the order of time, then of the populations, then of the log.
  static void writeCsv(Path target, List<SpikeLog> logs) {
    DurableFile.write(
        target,
        out -> {
          SpikeLines lines = new SpikeLines(out);
          merge(logs, lines);
          lines.flush();
        });
  }

  private static void merge(List<SpikeLog> logs, SpikeLines lines) throws IOException {
    var readers = new ArrayList<SpikeLog.Reader>();
    List<String> names = logs.stream().map(log -> CsvText.cell(log.population())).toList();
    var heads = new PriorityQueue<Head>();
    try {
      for (SpikeLog log : logs) {
        readers.add(log.reader());
        advance(logs, readers, readers.size() - 1, heads);
      }
      while (!heads.isEmpty()) {
        Head head = heads.remove();
        SpikeLog log = logs.get(head.position());
        lines.add(
            log.step().text(head.block().step(), head.block().early())
                + ","
                + names.get(head.position())
                + ",",
            head.block().neurons());
        advance(logs, readers, head.position(), heads);
      }
    } finally {
      readers.forEach(SpikeLog.Reader::close);
    }
  }

  private static void advance(
      List<SpikeLog> logs, List<SpikeLog.Reader> readers, int position, PriorityQueue<Head> heads) {
    SpikeLog.Block block = readers.get(position).next();
    if (block != null) {
      double time = logs.get(position).step().time(block.step(), block.early());
      heads.add(new Head(time, position, block));
    }
  }

  private record Head(double time, int position, SpikeLog.Block block) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      int order = Double.compare(time, other.time);
      return order == 0 ? Integer.compare(position, other.position) : order;
    }
  }
}
