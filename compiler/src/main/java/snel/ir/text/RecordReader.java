package snel.ir.text;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;

/// Reads what [RecordPrinter] writes, led by the declared types of record components.
final class RecordReader {
  private final Tokens tokens;
  private final Map<String, Buffer> buffers;

  RecordReader(Tokens tokens, Map<String, Buffer> buffers) {
    this.tokens = tokens;
    this.buffers = buffers;
  }

  /// Reads a value of a record class or of one of a sealed interface's records.
  <T> T read(Class<T> type) {
    return type.cast(value(type));
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == List.class) {
        return list(argument);
      }
      return tokens.accept("none") ? Optional.empty() : Optional.of(value(argument));
    }
    return switch (type) {
      case Class<?> kind when kind == Buffer.class -> buffer();
      case Class<?> kind when kind == String.class -> tokens.name();
      case Class<?> kind when kind.isArray() -> array(kind.getComponentType());
      case Class<?> kind when kind.isEnum() -> constant(kind);
      case Class<?> kind when kind.isSealed() -> record(permitted(kind, tokens.peek().text()));
      case Class<?> kind when kind.isRecord() -> record(kind);
      case Class<?> kind when kind == boolean.class -> tokens.name().equals("true");
      case Class<?> kind -> number(kind);
      default -> throw new CompilerBug("no text form for " + type);
    };
  }

  private Object number(Class<?> kind) {
    if (kind == double.class) {
      return real();
    }
    String text = tokens.number();
    if (kind == long.class) {
      return Long.parseLong(text);
    }
    return Integer.parseInt(text);
  }

  private double real() {
    boolean negative = tokens.accept("-");
    Tokens.Token token = tokens.next();
    double value = Double.parseDouble(token.text());
    return negative ? -value : value;
  }

  private Buffer buffer() {
    tokens.expect("@");
    String name = tokens.name();
    Buffer buffer = buffers.get(name);
    if (buffer == null) {
      throw tokens.error("no buffer is named " + name);
    }
    return buffer;
  }

  private Object constant(Class<?> kind) {
    String name = tokens.name().toUpperCase(Locale.ROOT);
    return Arrays.stream(kind.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(() -> tokens.error(kind.getSimpleName() + " has no " + name));
  }

  private List<Object> list(Type element) {
    List<Object> items = new ArrayList<>();
    tokens.expect("[");
    while (!tokens.accept("]")) {
      items.add(value(element));
      tokens.accept(",");
    }
    return items;
  }

  private Object array(Class<?> element) {
    List<Object> items = list(element);
    Object array = Array.newInstance(element, items.size());
    for (int i = 0; i < items.size(); i++) {
      Array.set(array, i, items.get(i));
    }
    return array;
  }

  private Class<?> permitted(Class<?> kind, String name) {
    return Arrays.stream(kind.getPermittedSubclasses())
        .filter(candidate -> candidate.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow(() -> tokens.error("expected a " + kind.getSimpleName()));
  }

  private Object record(Class<?> kind) {
    tokens.expect(kind.getSimpleName());
    tokens.expect("(");
    RecordComponent[] components = kind.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      tokens.expect(components[i].getName());
      tokens.expect(":");
      values[i] = value(components[i].getGenericType());
      tokens.accept(",");
    }
    tokens.expect(")");
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return kind.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new CompilerBug("no " + kind.getSimpleName() + " can be made of this text", e);
    }
  }
}
