package snel.runtime.data;

import io.jhdf.btree.BTreeV1;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.DatasetInfo;
import io.jhdf.dataset.chunked.indexing.BTreeIndex;
import io.jhdf.dataset.chunked.indexing.ChunkImpl;
import io.jhdf.dataset.chunked.indexing.SingleChunkIndex;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.DataSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/// Where the chunks of an array lie.
final class Hdf5ChunkIndex {
  private final Hdf5Bytes bytes;
  private final DataLayoutMessage layout;
  private final DataSpace space;
  private final int[] chunk;
  private final int width;

  Hdf5ChunkIndex(Hdf5Bytes bytes, DataLayoutMessage layout, DataSpace space, int width) {
    this.bytes = bytes;
    this.layout = layout;
    this.space = space;
    this.chunk = shape(layout);
    this.width = width;
  }

  private static int[] shape(DataLayoutMessage layout) {
    return switch (layout) {
      case ChunkedDataLayoutMessage old -> old.getChunkDimensions();
      case ChunkedDataLayoutMessageV4 present -> {
        int[] all = present.getChunkDimensions();
        yield Arrays.copyOf(all, all.length - 1); // the last is the width of a number
      }
      default -> throw new HdfException("a layout that is not read");
    };
  }

  int[] chunk() {
    return chunk;
  }

  private int chunkBytes() {
    return Math.toIntExact(Shape.of(chunk).bytes(width));
  }

  Collection<Chunk> all() {
    return switch (layout) {
      case ChunkedDataLayoutMessage old when old.getBTreeAddress() != Hdf5Bytes.NOWHERE ->
          BTreeV1.createDataBTree(bytes.storage(), old.getBTreeAddress(), chunk.length).getChunks();
      case ChunkedDataLayoutMessageV4 present when present.getAddress() != Hdf5Bytes.NOWHERE ->
          all(present);
      default -> List.of();
    };
  }

  private Collection<Chunk> all(ChunkedDataLayoutMessageV4 present) {
    long address = present.getAddress();
    var info = new DatasetInfo(chunkBytes(), space.getDimensionsAsLong(), chunk);
    return switch (present.getIndexingType()) {
      case 1 -> new SingleChunkIndex(present, info).getAllChunks();
      case 2 -> inOrder(address);
      case 3 -> placed(Hdf5FixedArray.read(bytes, address), fixed());
      case 4 -> placed(Hdf5ExtensibleArray.read(bytes, address), growing());
      case 5 -> new BTreeIndex(bytes.storage(), address, info).getAllChunks();
      default -> throw new HdfException("chunks listed in a way that is not read");
    };
  }

  /// The numbers of chunks as the array may grow, whose last axis runs fastest.
  private Hdf5Grid fixed() {
    return grid(IntStream.range(0, chunk.length).toArray());
  }

  /// The same, but the axis without an end comes before the others.
  private Hdf5Grid growing() {
    long[] most = space.getMaxSizes();
    int endless = 0;
    while (endless < most.length && most[endless] != Hdf5Bytes.NOWHERE) {
      endless++;
    }
    int first = endless;
    if (first == most.length) {
      throw new HdfException("an array that grows along no axis");
    }
    return grid(
        IntStream.concat(
                IntStream.of(first), IntStream.range(0, chunk.length).filter(axis -> axis != first))
            .toArray());
  }

  private Hdf5Grid grid(int[] axes) {
    return new Hdf5Grid(axes, space.getMaxSizes(), chunk);
  }

  private List<Chunk> placed(List<Hdf5Elements.Element> elements, Hdf5Grid grid) {
    List<Chunk> chunks = new ArrayList<>();
    for (Hdf5Elements.Element element : elements) {
      int size = element.isWhole() ? chunkBytes() : Math.toIntExact(element.bytes());
      chunks.add(
          new ChunkImpl(element.address(), size, grid.offset(element.index()), element.skipped()));
    }
    return chunks;
  }

  /// Chunks that lie one behind the other, also those for which the array has not grown yet.
  private List<Chunk> inOrder(long address) {
    Hdf5Grid most = fixed();
    var now = new Hdf5Grid(most.axes(), space.getDimensionsAsLong(), chunk);
    List<Chunk> chunks = new ArrayList<>();
    for (long k = 0; k < now.size(); k++) {
      long[] offset = now.offset(k);
      long at = Math.addExact(address, Math.multiplyExact(most.index(offset), (long) chunkBytes()));
      chunks.add(new ChunkImpl(at, chunkBytes(), offset));
    }
    return chunks;
  }
}
