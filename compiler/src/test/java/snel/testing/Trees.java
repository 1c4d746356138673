package snel.testing;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import snel.source.Span;
import snel.syntax.Clause;
import snel.syntax.Comment;

/// Compares syntax trees by what was written, not where: without places, and with the clauses of a
/// connection in any order.
public final class Trees {
  private Trees() {}

  /// The shape of a tree as nested lists; shapes of equal programs are equal.
  public static Object shape(Object node) {
    return switch (node) {
      case null -> "absent";
      case Span _ -> "";
      case Record record -> ofRecord(record);
      case List<?> list -> ofList(list);
      default -> node;
    };
  }

  private static Object ofRecord(Record record) {
    List<Object> shape = new ArrayList<>();
    shape.add(record.getClass().getSimpleName());
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      if (component.getType() != Span.class) {
        shape.add(shape(value(record, component)));
      }
    }
    return shape;
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object ofList(List<?> list) {
    List<Object> shapes = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof Comment)) {
        shapes.add(shape(element));
      }
    }
    if (!list.isEmpty() && list.getFirst() instanceof Clause) {
      shapes.sort(Comparator.comparing(Object::toString));
    }
    return shapes;
  }
}
