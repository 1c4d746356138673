package snel.runtime.data;

import io.jhdf.GlobalHeap;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.CompactDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;

/// An array of numbers of an HDF5 file, or of lists of numbers.
///
/// @param place names it in a problem
record Hdf5Dataset(String place, Hdf5Bytes bytes, Hdf5Header header) {
  private static final int EMPTY_SPACE = 2;
  private static final int VIRTUAL = 3;
  private static final int EDGES_AS_THEY_ARE = 1;
  private static final String EXPECTED = "numbers in this file";
  private static final String REMEDY =
      " (`h5py` copies them into it: file[\"new\"] = file[\"old\"][()])";

  NumberArray array() {
    return Hdf5.reading(
        place,
        "an array of numbers",
        () -> {
          Stored stored = stored(Hdf5Type::of, Hdf5Type::width);
          Shape shape = stored.shape;
          return new NumberArray(
              shape, stored.type.read(place, stored.content, (int) shape.size()));
        });
  }

  /// A list for each place of the array, read when it is asked for. A sequence of variable length
  /// lies as its length, and where its numbers are.
  List<Numbers> lists() {
    int width = 2 * Integer.BYTES + bytes.widthOfAddress();
    return Hdf5.reading(
        place, "lists of numbers", () -> lists(stored(Hdf5Type::ofLists, _ -> width)));
  }

  /// @param type of a number
  /// @param content of all places
  private record Stored(Hdf5Type type, Shape shape, ByteBuffer content) {}

  /// @param type reads the description of one
  /// @param width bytes of a place
  private Stored stored(
      BiFunction<String, ByteBuffer, Hdf5Type> type, ToIntFunction<Hdf5Type> width) {
    DataSpace space =
        DataSpace.readDataSpace(header.need(Hdf5Header.SPACE, "shape"), bytes.superblock());
    if (space.getType() == EMPTY_SPACE) {
      throw DataProblem.found(place, "an array of numbers", "an empty one without a shape");
    }
    Hdf5Type found = type.apply(place, header.need(Hdf5Header.TYPE, "type"));
    long[] lengths = space.getDimensionsAsLong();
    Shape shape = Shape.read(place, LongStream.of(lengths).boxed().toList());
    return new Stored(found, shape, content(space, shape, width.applyAsInt(found)));
  }

  private List<Numbers> lists(Stored places) {
    Hdf5Type type = places.type;
    ByteBuffer content = places.content.order(ByteOrder.LITTLE_ENDIAN);
    int count = (int) places.shape.size();
    Map<Long, GlobalHeap> heaps = new HashMap<>();
    List<ByteBuffer> lists = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      int length = content.getInt();
      long address = bytes.address(content);
      int number = content.getInt();
      ByteBuffer numbers =
          length == 0
              ? ByteBuffer.allocate(0)
              : heaps
                  .computeIfAbsent(address, at -> new GlobalHeap(bytes.storage(), at))
                  .getObjectData(number);
      if (length < 0 || (long) length * type.width() > numbers.remaining()) {
        throw new HdfException(
            "a list of %d numbers in %d bytes"
                .formatted(Integer.toUnsignedLong(length), numbers.remaining()));
      }
      lists.add(numbers.slice(numbers.position(), length * type.width()));
    }
    // kept as they lie in the file, for numbers of all of them may take twice as much memory
    return new AbstractList<>() {
      @Override
      public Numbers get(int index) {
        ByteBuffer list = lists.get(index).duplicate();
        return type.read(place, list, list.remaining() / type.width());
      }

      @Override
      public int size() {
        return lists.size();
      }
    };
  }

  private ByteBuffer content(DataSpace space, Shape shape, int width) {
    if (header.has(Hdf5Header.OTHER_FILES)) {
      throw DataProblem.found(place, EXPECTED, "some in other files" + REMEDY);
    }
    ByteBuffer layout = header.need(Hdf5Header.LAYOUT, "place of the numbers");
    if (layout.get(0) >= 3 && layout.get(1) == VIRTUAL) {
      throw DataProblem.found(
          place, EXPECTED, "a virtual array put together of parts of others" + REMEDY);
    }
    boolean packsEdges = layout.get(0) < 4 || (layout.get(2) & EDGES_AS_THEY_ARE) == 0;
    DataLayoutMessage message =
        DataLayoutMessage.createDataLayoutMessage(layout, bytes.superblock(), new BitSet());
    return switch (message) {
      case CompactDataLayoutMessage compact -> whole(shape, width, compact.getDataBuffer());
      case ContiguousDataLayoutMessage contiguous ->
          contiguous.getAddress() == Hdf5Bytes.NOWHERE
              ? unwritten(shape, width)
              : contiguous(contiguous.getAddress(), shape, width);
      default -> {
        checkHeld(place, "an array", shape, 2 * width + Double.BYTES);
        byte[] fill = Hdf5Fill.of(header, width);
        yield new Hdf5Chunks(place, bytes, header, message, packsEdges, space, width).read(fill);
      }
    };
  }

  /// What lies in one piece is no longer than the file.
  private ByteBuffer contiguous(long address, Shape shape, int width) {
    if (shape.bytes(width) > bytes.storage().size()) {
      throw cutOff(shape, width, bytes.storage().size() + " bytes in the whole file");
    }
    checkHeld(place, "an array", shape, width + Double.BYTES);
    return bytes.at(address, shape.bytes(width));
  }

  private ByteBuffer whole(Shape shape, int width, ByteBuffer content) {
    if (content.remaining() < shape.bytes(width)) {
      throw cutOff(shape, width, content.remaining() + " bytes");
    }
    return content.order(ByteOrder.LITTLE_ENDIAN);
  }

  private DataProblem cutOff(Shape shape, int width, String found) {
    return DataProblem.truncated(
        place, shape.bytes(width) + " bytes for an array of shape " + shape, found);
  }

  private ByteBuffer unwritten(Shape shape, int width) {
    checkHeld(place, "an array", shape, width + Double.BYTES);
    return ByteBuffer.wrap(Hdf5Fill.filled(Hdf5Fill.of(header, width), shape.size()));
  }

  /// Room is made as the lengths say: chunks may be packed, or never written.
  static void checkHeld(String place, String what, Shape shape, int each) {
    if (shape.size() > Integer.MAX_VALUE || shape.bytes(each) > Memory.allowed()) {
      throw Memory.exceeded(place, what + " that memory can hold", "the lengths " + shape);
    }
  }
}
