package snel.runtime.schedule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import snel.runtime.kernel.ProblemKind;

/// Writes and reads records, lists, maps, texts, numbers and arrays of them as bytes, by their
/// declared types. A value of a sealed interface is preceded by the number of its record among the
/// permitted ones.
final class RecordCodec {
  private RecordCodec() {}

  static byte[] bytes(Type type, Object value) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      write(out, type, value);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    return bytes.toByteArray();
  }

  /// @param open gives the data set of a name
  static Object of(Type type, byte[] bytes, Function<String, Records> open) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return read(in, type, open);
    } catch (EOFException _) {
      throw new ProtocolProblem(ProblemKind.FILE_UNREADABLE, "the checkpoint is cut off");
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static void write(DataOutputStream out, Type type, Object value) throws IOException {
    Class<?> raw = raw(type);
    if (raw == int.class || raw == Integer.class) {
      out.writeInt((Integer) value);
    } else if (raw == long.class || raw == Long.class) {
      out.writeLong((Long) value);
    } else if (raw == double.class || raw == Double.class) {
      out.writeDouble((Double) value);
    } else if (raw == float.class) {
      out.writeFloat((Float) value);
    } else if (raw == char.class) {
      out.writeChar((Character) value);
    } else if (raw == byte.class) {
      out.writeByte((Byte) value);
    } else if (raw == boolean.class || raw == Boolean.class) {
      out.writeBoolean((Boolean) value);
    } else if (raw == String.class) {
      out.writeUTF((String) value);
    } else if (raw == Records.class) {
      out.writeUTF(((Records) value).name());
    } else if (raw.isEnum()) {
      out.writeInt(((Enum<?>) value).ordinal());
    } else if (raw.isArray()) {
      writeArray(out, raw.getComponentType(), value);
    } else if (Collection.class.isAssignableFrom(raw)) {
      writeList(out, argument(type, 0), (Collection<?>) value);
    } else if (Map.class.isAssignableFrom(raw)) {
      Map<?, ?> map = (Map<?, ?>) value;
      out.writeInt(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        write(out, argument(type, 0), entry.getKey());
        write(out, argument(type, 1), entry.getValue());
      }
    } else if (raw.isSealed()) {
      List<Class<?>> kinds = List.of(raw.getPermittedSubclasses());
      out.writeByte(kinds.indexOf(value.getClass()));
      write(out, value.getClass(), value);
    } else {
      writeRecord(out, raw, value);
    }
  }

  private static void writeArray(DataOutputStream out, Class<?> element, Object array)
      throws IOException {
    int length = Array.getLength(array);
    out.writeInt(length);
    for (int k = 0; k < length; k++) {
      write(out, element, Array.get(array, k));
    }
  }

  private static void writeList(DataOutputStream out, Type element, Collection<?> list)
      throws IOException {
    out.writeInt(list.size());
    for (Object each : list) {
      write(out, element, each);
    }
  }

  private static void writeRecord(DataOutputStream out, Class<?> raw, Object value)
      throws IOException {
    for (RecordComponent component : components(raw)) {
      try {
        write(out, component.getGenericType(), component.getAccessor().invoke(value));
      } catch (ReflectiveOperationException problem) {
        throw new IllegalStateException(problem);
      }
    }
  }

  private static Object read(DataInputStream in, Type type, Function<String, Records> open)
      throws IOException {
    Class<?> raw = raw(type);
    if (raw == int.class || raw == Integer.class) {
      return in.readInt();
    } else if (raw == long.class || raw == Long.class) {
      return in.readLong();
    } else if (raw == double.class || raw == Double.class) {
      return in.readDouble();
    } else if (raw == float.class) {
      return in.readFloat();
    } else if (raw == char.class) {
      return in.readChar();
    } else if (raw == byte.class) {
      return in.readByte();
    } else if (raw == boolean.class || raw == Boolean.class) {
      return in.readBoolean();
    } else if (raw == String.class) {
      return in.readUTF();
    } else if (raw == Records.class) {
      return open.apply(in.readUTF());
    } else if (raw.isEnum()) {
      return raw.getEnumConstants()[in.readInt()];
    } else if (raw.isArray()) {
      int length = in.readInt();
      Object array = Array.newInstance(raw.getComponentType(), length);
      for (int k = 0; k < length; k++) {
        Array.set(array, k, read(in, raw.getComponentType(), open));
      }
      return array;
    } else if (Collection.class.isAssignableFrom(raw)) {
      int size = in.readInt();
      List<Object> list = new ArrayList<>(size);
      for (int k = 0; k < size; k++) {
        list.add(read(in, argument(type, 0), open));
      }
      return list;
    } else if (Map.class.isAssignableFrom(raw)) {
      int size = in.readInt();
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int k = 0; k < size; k++) {
        Object key = read(in, argument(type, 0), open);
        map.put(key, read(in, argument(type, 1), open));
      }
      return map;
    } else if (raw.isSealed()) {
      return read(in, raw.getPermittedSubclasses()[in.readByte()], open);
    }
    return readRecord(in, raw, open);
  }

  private static Object readRecord(DataInputStream in, Class<?> raw, Function<String, Records> open)
      throws IOException {
    RecordComponent[] components = components(raw);
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int k = 0; k < components.length; k++) {
      types[k] = components[k].getType();
      values[k] = read(in, components[k].getGenericType(), open);
    }
    try {
      return raw.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException problem) {
      throw new IllegalStateException(problem);
    }
  }

  private static RecordComponent[] components(Class<?> raw) {
    RecordComponent[] components = raw.getRecordComponents();
    if (components == null) {
      throw new IllegalStateException("cannot keep a " + raw.getName());
    }
    return components;
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType parameterized
        ? (Class<?>) parameterized.getRawType()
        : (Class<?>) type;
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
