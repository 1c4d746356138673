package snel.runtime.record;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.JSONObjectException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.DataProblem;

/// JSON as maps, lists, texts, numbers and truth values, in the order given.
public final class Json {
  private Json() {}

  /// On one line. Numbers that JSON cannot say (NaN, infinity) become `null`.
  public static String line(Map<String, ?> object) {
    return write(JSON.std, object);
  }

  /// On several lines, for people.
  public static String pretty(Map<String, ?> object) {
    return write(JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT), object) + "\n";
  }

  /// The object that `text` holds; `place` names it in a problem.
  public static Map<String, Object> object(String place, String text) {
    try {
      return JSON.std.mapFrom(text);
    } catch (IOException _) {
      throw DataProblem.found(place, "a JSON object", "other text");
    }
  }

  private static String write(JSON json, Map<String, ?> object) {
    try {
      return json.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(finite(object));
    } catch (JSONObjectException problem) {
      throw new IllegalArgumentException("no JSON for " + object, problem);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static @Nullable Object finite(@Nullable Object value) {
    return switch (value) {
      case Double number -> Double.isFinite(number) ? number : null;
      case Float number -> Float.isFinite(number) ? number : null;
      case Map<?, ?> map -> {
        var clean = new LinkedHashMap<Object, @Nullable Object>();
        map.forEach((key, inner) -> clean.put(key, finite(inner)));
        yield clean;
      }
      case List<?> list -> {
        var clean = new ArrayList<@Nullable Object>();
        list.forEach(inner -> clean.add(finite(inner)));
        yield clean;
      }
      case null, default -> value;
    };
  }
}
