package snel.ir.text;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;

/// Writes records of the IR that are not kernels by the names of their components:
/// `Bernoulli(probability: 0.1)`. A buffer is written `@name`.
final class RecordPrinter {
  private RecordPrinter() {}

  static String print(Object value) {
    return switch (value) {
      case Buffer buffer -> "@" + Names.write(buffer.name());
      case Record node -> record(node);
      case String text -> Names.quote(text);
      case Enum<?> constant -> Names.word(constant);
      case Optional<?> optional -> optional.isPresent() ? print(optional.get()) : "none";
      case List<?> list -> {
        StringJoiner items = new StringJoiner(", ", "[", "]");
        list.forEach(item -> items.add(print(item)));
        yield items.toString();
      }
      default -> value.getClass().isArray() ? array(value) : value.toString();
    };
  }

  private static String record(Record node) {
    StringJoiner components = new StringJoiner(", ", node.getClass().getSimpleName() + "(", ")");
    for (RecordComponent component : node.getClass().getRecordComponents()) {
      components.add(component.getName() + ": " + print(component(node, component)));
    }
    return components.toString();
  }

  private static Object component(Record node, RecordComponent component) {
    try {
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new CompilerBug("component " + component + " cannot be read", e);
    }
  }

  private static String array(Object array) {
    StringJoiner items = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < Array.getLength(array); i++) {
      items.add(Array.get(array, i).toString());
    }
    return items.toString();
  }
}
