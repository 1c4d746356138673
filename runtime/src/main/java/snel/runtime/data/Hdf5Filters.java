package snel.runtime.data;

import io.jhdf.filter.FilterManager;
import io.jhdf.filter.FilterPipeline;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What the chunks of an array went through before they were written.
final class Hdf5Filters {
  private static final Map<Integer, String> READ =
      Map.of(
          1,
          "gzip",
          2,
          "shuffle",
          3,
          "fletcher32",
          32000,
          "lzf",
          32004,
          "lz4",
          32008,
          "bitshuffle");
  private static final Map<Integer, String> KNOWN =
      Map.of(
          4,
          "szip",
          5,
          "nbit",
          6,
          "scaleoffset",
          307,
          "bzip2",
          32001,
          "blosc",
          32013,
          "zfp",
          32015,
          "zstd",
          32026,
          "blosc2");

  static {
    FilterManager.addFilter(new Fletcher32());
  }

  private final String place;
  private final List<FilterInfo> filters;
  private final Map<BitSet, FilterPipeline> pipelines = new HashMap<>();

  Hdf5Filters(String place, Hdf5Header header) {
    this.place = place;
    this.filters =
        header
            .find(Hdf5Header.FILTERS)
            .map(message -> new FilterPipelineMessage(message, new BitSet()).getFilters())
            .orElse(List.of());
  }

  BitSet all() {
    var all = new BitSet();
    all.set(0, filters.size());
    return all;
  }

  /// The bytes of a chunk as they were before.
  ///
  /// @param skipped the filters that this chunk did not go through
  byte[] undo(ByteBuffer stored, BitSet skipped) {
    byte[] content = new byte[stored.remaining()];
    stored.get(content);
    return pipelines.computeIfAbsent(skipped, this::pipeline).decode(content);
  }

  private FilterPipeline pipeline(BitSet skipped) {
    List<FilterInfo> used =
        IntStream.range(0, filters.size())
            .filter(k -> !skipped.get(k))
            .mapToObj(filters::get)
            .toList();
    for (FilterInfo filter : used) {
      if (!READ.containsKey(filter.getId())) {
        throw unknown(filter);
      }
    }
    return FilterManager.getPipeline(used);
  }

  private DataProblem unknown(FilterInfo filter) {
    String name = KNOWN.getOrDefault(filter.getId(), filter.getName());
    return DataProblem.found(
        place,
        "chunks packed by " + String.join(", ", READ.values().stream().sorted().toList()),
        "some packed by %s (filter %d); `h5repack -f NONE OLD NEW` unpacks them"
            .formatted(name, filter.getId()));
  }
}
