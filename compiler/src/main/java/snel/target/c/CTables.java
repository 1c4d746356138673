package snel.target.c;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import snel.ir.protocol.Place;

/// Tables of constants, each written once however often it is wanted.
final class CTables {
  private static final int VALUES_PER_LINE = 8;

  private final Lines lines = new Lines();
  private final Map<String, String> names = new HashMap<>();

  String text() {
    return lines.toString();
  }

  String ints(List<Integer> values) {
    return table("int32_t ", values.stream().map(String::valueOf).toList());
  }

  String ints(IntStream values) {
    return ints(values.boxed().toList());
  }

  String reals(double[] values) {
    return table("double ", DoubleStream.of(values).mapToObj(CLiteral::real).toList());
  }

  String texts(List<String> values) {
    return table("char *const ", values.stream().map(CText::quote).toList());
  }

  /// Rows of numbers, as spike trains are.
  String rows(List<double[]> rows) {
    return table(
        "snel_row ", rows.stream().map(row -> "{" + row.length + ", " + reals(row) + "}").toList());
  }

  /// Where a statement stands.
  String spot(Place place) {
    String spot =
        "{%s, %d, %s}"
            .formatted(CText.quote(place.file()), place.line(), CText.quote(place.text()));
    return table("snel_spot ", List.of(spot));
  }

  /// A table is one long at least, because C has no empty ones.
  private String table(String type, List<String> values) {
    List<String> rows = new ArrayList<>();
    for (int from = 0; from < values.size(); from += VALUES_PER_LINE) {
      rows.add(
          values.subList(from, Math.min(from + VALUES_PER_LINE, values.size())).stream()
              .collect(Collectors.joining(", ", "    ", ",")));
    }
    String content = rows.isEmpty() ? "    0" : String.join("\n", rows);
    return names.computeIfAbsent(
        type + content,
        _ -> {
          String name = "snel_my_table_" + names.size();
          lines.add("static const " + type + name + "[] = {");
          content.lines().forEach(lines::add);
          lines.add("};");
          return name;
        });
  }
}
