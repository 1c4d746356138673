package snel.runtime.record;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// JSON as maps, lists, texts, numbers and truth values, in the order given.
public final class Json {
  private Json() {}

  /// On one line. Numbers that JSON cannot say (NaN, infinity) become `null`.
  public static String line(Map<String, ?> object) {
    return JsonWriter.string(finite(object));
  }

  /// On several lines, for people.
  public static String pretty(Map<String, ?> object) {
    return JsonWriter.indent("  ").string().value(finite(object)).done() + "\n";
  }

  /// The object that `text` holds; `place` names it in a problem.
  public static Map<String, Object> object(String place, String text) {
    try {
      return JsonParser.object().from(text);
    } catch (JsonParserException _) {
      throw DataProblem.found(ProblemKind.FILE_UNREADABLE, place, "a JSON object", "other text");
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
