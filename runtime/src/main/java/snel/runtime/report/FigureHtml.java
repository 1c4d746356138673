package snel.runtime.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Figures as HTML. Charts become an element with their numbers, which `report.js` draws;
/// everything else stands in the page as it is.
final class FigureHtml {
  private FigureHtml() {}

  static String of(Figure figure) {
    return switch (figure) {
      case Figure.Raster raster -> ChartHtml.raster(raster);
      case Figure.Lines lines -> ChartHtml.lines(lines);
      case Figure.Bars bars -> ChartHtml.bars(bars);
      case Figure.Ranges ranges -> ChartHtml.ranges(ranges);
      case Figure.Points points -> ChartHtml.points(points);
      case Figure.Images images -> PictureHtml.images(images);
      case Figure.HeatMap map -> PictureHtml.heatMap(map);
      case Figure.Confusion confusion -> PictureHtml.confusion(confusion);
      case Figure.Table table -> framed("table", table.title(), "", table(table));
      case Figure.Facts facts -> facts(facts);
    };
  }

  /// A figure with its title and a note in smaller print.
  static String framed(String kind, String title, String note, String content) {
    String small = note.isEmpty() ? "" : " <small>" + Html.escape(note) + "</small>";
    return "<figure class=\"%s\"><figcaption>%s%s</figcaption>\n%s</figure>\n"
        .formatted(kind, Html.escape(title), small, content);
  }

  private static String table(Figure.Table table) {
    var html = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
    for (int c = 0; c < table.header().size(); c++) {
      int column = c;
      boolean numbers =
          table.rows().stream().allMatch(row -> column < row.size() && isNumber(row.get(column)));
      html.append(cell("th", table.header().get(c), numbers));
    }
    html.append("</tr></thead><tbody>\n");
    for (List<String> row : table.rows()) {
      html.append("<tr>");
      row.forEach(text -> html.append(cell("td", text, isNumber(text))));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  /// Whether a text is a number, perhaps with a unit.
  private static boolean isNumber(String text) {
    return text.matches("[-+]?[\\d\u202f,.]+([eE][-+]?\\d+)?( ?[^\\s\\d]{1,4})?");
  }

  private static String cell(String tag, String text, boolean number) {
    String kind = number ? " class=\"number\"" : "";
    return "<%s%s>%s</%s>".formatted(tag, kind, Html.escape(text), tag);
  }

  private static String facts(Figure.Facts facts) {
    String list = list(facts.facts());
    return facts.folded()
        ? "<details class=\"facts\"><summary>%s</summary>\n%s</details>\n"
            .formatted(Html.escape(facts.title()), list)
        : framed("facts", facts.title(), "", list);
  }

  private static String list(Map<?, ?> facts) {
    return facts.entrySet().stream()
        .map(fact ->
            "<dt>%s</dt><dd>%s</dd>\n"
                .formatted(Html.escape(String.valueOf(fact.getKey())), value(fact.getValue())))
        .collect(Collectors.joining("", "<dl>\n", "</dl>\n"));
  }

  private static String value(Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.isEmpty() ? "–" : list(map);
      case List<?> items ->
          items.stream().map(FigureHtml::value).collect(Collectors.joining("<br>"));
      case Double number -> Html.number(number);
      case Integer number -> Html.number(number);
      case Long number -> Html.number(number);
      default -> Html.escape(value.toString());
    };
  }
}
