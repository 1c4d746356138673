package snel.runtime.data;

import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/// An array of an HDF5 file that is stored in pieces of one shape.
final class Hdf5Chunks {
  private final Hdf5Bytes bytes;
  private final Hdf5Filters filters;
  private final Hdf5ChunkIndex index;
  private final boolean packsEdges;
  private final int width;
  private final int[] lengths;
  private final int[] chunk;

  /// @param packsEdges whether chunks that lie partly outside went through the filters too
  Hdf5Chunks(
      String place,
      Hdf5Bytes bytes,
      Hdf5Header header,
      DataLayoutMessage layout,
      boolean packsEdges,
      DataSpace space,
      int width) {
    this.bytes = bytes;
    this.filters = new Hdf5Filters(place, header);
    this.index = new Hdf5ChunkIndex(bytes, layout, space, width);
    this.packsEdges = packsEdges;
    this.width = width;
    this.lengths = space.getDimensions();
    this.chunk = index.chunk();
    if (chunk.length != lengths.length || Arrays.stream(chunk).anyMatch(length -> length <= 0)) {
      throw new HdfException("chunks of the shape " + Arrays.toString(chunk));
    }
    Hdf5Dataset.checkHeld(place, "chunks", Shape.of(chunk), width);
  }

  /// All numbers.
  ///
  /// @param fill what stands where none were written
  ByteBuffer read(byte[] fill) {
    byte[] all = Hdf5Fill.filled(fill, Shape.of(lengths).size());
    for (Chunk piece : index.all()) {
      if (piece.getAddress() != Hdf5Bytes.NOWHERE && isInside(piece.getChunkOffset())) {
        put(piece, all);
      }
    }
    return ByteBuffer.wrap(all);
  }

  /// Others are left over from when the array was larger.
  private boolean isInside(long[] offset) {
    for (int axis = 0; axis < lengths.length; axis++) {
      if (offset[axis] < 0 || offset[axis] >= lengths[axis]) {
        return false;
      }
    }
    return true;
  }

  private void put(Chunk piece, byte[] all) {
    byte[] content = filters.undo(bytes.at(piece.getAddress(), piece.getSize()), skipped(piece));
    long size = Shape.of(chunk).bytes(width);
    if (content.length != size) {
      throw new HdfException("a chunk of %d bytes, not %d".formatted(content.length, size));
    }
    new Piece(content, piece.getChunkOffset(), all).copy(0, 0, 0);
  }

  private BitSet skipped(Chunk piece) {
    long[] offset = piece.getChunkOffset();
    boolean isAtEdge =
        IntStream.range(0, chunk.length).anyMatch(k -> offset[k] + chunk[k] > lengths[k]);
    return isAtEdge && !packsEdges ? filters.all() : piece.getFilterMask();
  }

  private final class Piece {
    private final byte[] content;
    private final int[] offset;
    private final byte[] all;

    Piece(byte[] content, long[] offset, byte[] all) {
      this.content = content;
      this.offset = Arrays.stream(offset).mapToInt(Math::toIntExact).toArray();
      this.all = all;
    }

    /// Copies what lies within the array.
    ///
    /// @param from the first number in the chunk, divided by the lengths of the axes to come
    /// @param to the same in the array
    void copy(int axis, int from, int to) {
      int count = Math.min(chunk[axis], lengths[axis] - offset[axis]);
      int first = to * lengths[axis] + offset[axis];
      if (axis == lengths.length - 1) {
        System.arraycopy(content, from * chunk[axis] * width, all, first * width, count * width);
        return;
      }
      for (int k = 0; k < count; k++) {
        copy(axis + 1, from * chunk[axis] + k, first + k);
      }
    }
  }
}
