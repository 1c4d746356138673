package snel.runtime.report;

import java.util.Arrays;
import java.util.Locale;

/// Numbers as coloured pixels or cells.
final class PictureHtml {
  /// Tables beyond this size are drawn as a picture.
  private static final int MOST_CELLS = 600;

  private static final int MOST_WIDTH = 960;
  private static final int MOST_HEIGHT = 480;
  private static final int LARGEST_PIXEL = 16;

  private PictureHtml() {}

  /// Images side by side with a line of nothing between them, enlarged by a whole factor.
  static String images(Figure.Images figure) {
    int count = figure.images().size();
    int columns = Math.max(1, Math.min(figure.columns(), count));
    int rows = Math.max(1, (count + columns - 1) / columns);
    int gap = count > 1 ? 1 : 0;
    Png picture =
        new Png(columns * (figure.width() + gap) - gap, rows * (figure.height() + gap) - gap);
    ColourMap colours = ColourMap.spanning(figure.images());
    for (int k = 0; k < count; k++) {
      int left = k % columns * (figure.width() + gap);
      int top = k / columns * (figure.height() + gap);
      for (int i = 0; i < figure.height() * figure.width(); i++) {
        double value = figure.images().get(k)[i];
        if (Double.isFinite(value)) {
          int x = left + i % figure.width();
          picture.set(x, top + i / figure.width(), colours.level(value));
        }
      }
    }
    String note =
        "%s of %d × %d".formatted(Html.counted(count, "image"), figure.height(), figure.width());
    return FigureHtml.framed(
        "images", figure.title(), note, image(picture, colours, figure.title(), figure.unit()));
  }

  private static String image(Png picture, ColourMap colours, String title, String unit) {
    int fitting = Math.min(MOST_WIDTH / picture.width(), MOST_HEIGHT / picture.height());
    int factor = Math.clamp(fitting, 1, LARGEST_PIXEL);
    int width = picture.width() * factor;
    int height = picture.height() * factor;
    return "<img alt=\"%s\" width=\"%d\" height=\"%d\"%s src=\"%s\">\n%s\n"
        .formatted(
            Html.escape(title),
            width,
            height,
            stretched(width, height),
            picture.toDataUrl(colours),
            colours.legend(unit));
  }

  /// A line of many pixels is too thin to be seen with square ones.
  private static String stretched(int width, int height) {
    return Math.min(width, height) < LARGEST_PIXEL
        ? " style=\"width:%dpx;height:%dpx\""
            .formatted(Math.max(width, LARGEST_PIXEL), Math.max(height, LARGEST_PIXEL))
        : "";
  }

  /// A table of coloured cells, or a picture where there are many.
  static String heatMap(Figure.HeatMap map) {
    ColourMap colours = ColourMap.spanning(Arrays.asList(map.values()));
    int rows = map.rows().length;
    int columns = map.columns().length;
    if (rows * columns > MOST_CELLS) {
      return FigureHtml.framed("images", map.title(), span(map), large(map, colours));
    }
    var html = new StringBuilder("<div class=\"wide\"><table class=\"cells\"><thead><tr>");
    html.append(
        "<th>%s \\ %s</th>".formatted(Html.escape(map.rowName()), Html.escape(map.columnName())));
    for (double column : map.columns()) {
      html.append("<th>").append(Html.number(column)).append("</th>");
    }
    html.append("</tr></thead><tbody>\n");
    for (int r = rows - 1; r >= 0; r--) {
      html.append("<tr><th>").append(Html.number(map.rows()[r])).append("</th>");
      for (double value : map.values()[r]) {
        html.append(cell(value, colours));
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>\n").append(colours.legend("")).append('\n');
    return FigureHtml.framed("heat", map.title(), "", html.toString());
  }

  private static String span(Figure.HeatMap map) {
    return "%s from %s to %s, %s from %s to %s upwards"
        .formatted(
            map.columnName(),
            Html.number(map.columns()[0]),
            Html.number(map.columns()[map.columns().length - 1]),
            map.rowName(),
            Html.number(map.rows()[0]),
            Html.number(map.rows()[map.rows().length - 1]));
  }

  private static String large(Figure.HeatMap map, ColourMap colours) {
    Png picture = new Png(map.columns().length, map.rows().length);
    for (int r = 0; r < picture.height(); r++) {
      for (int c = 0; c < picture.width(); c++) {
        double value = map.values()[r][c];
        if (Double.isFinite(value)) {
          picture.set(c, picture.height() - 1 - r, colours.level(value));
        }
      }
    }
    return image(picture, colours, map.title(), "");
  }

  private static String cell(double value, ColourMap colours) {
    return Double.isFinite(value)
        ? "<td style=\"background:%s;color:%s\">%s</td>"
            .formatted(
                colours.css(value),
                colours.wantsDarkText(value) ? "#111" : "#fff",
                Html.number(value))
        : "<td>–</td>";
  }

  /// Rows are right answers, columns given ones; each cell is coloured by its part of the row.
  static String confusion(Figure.Confusion confusion) {
    int classes = confusion.classes().size();
    boolean none =
        Arrays.stream(confusion.counts()).anyMatch(row -> row.length > classes && row[classes] > 0);
    var html =
        new StringBuilder("<div class=\"wide\"><table class=\"cells confusion\"><thead><tr>");
    html.append("<th>is \\ taken for</th>");
    confusion
        .classes()
        .forEach(name -> html.append("<th>").append(Html.escape(name)).append("</th>"));
    html.append(none ? "<th>no answer</th>" : "").append("<th>right</th></tr></thead><tbody>\n");
    long right = 0;
    long all = 0;
    for (int r = 0; r < classes; r++) {
      long[] row = confusion.counts()[r];
      long total = Arrays.stream(row).sum();
      html.append("<tr><th>").append(Html.escape(confusion.classes().get(r))).append("</th>");
      for (int c = 0; c < (none ? classes + 1 : classes); c++) {
        html.append(share(row[c], total, r == c));
      }
      html.append("<td class=\"right\">").append(percent(row[r], total)).append("</td></tr>\n");
      right += row[r];
      all += total;
    }
    html.append("</tbody></table></div>\n");
    String note =
        "%s of %s right (%s)".formatted(Html.number(right), Html.number(all), percent(right, all));
    return FigureHtml.framed("heat", confusion.title(), note, html.toString());
  }

  private static String share(long count, long total, boolean right) {
    double part = total == 0 ? 0 : (double) count / total;
    return count == 0
        ? "<td class=\"zero\">·</td>"
        : "<td class=\"%s\" style=\"--part:%s\">%s</td>"
            .formatted(right ? "hit" : "miss", Math.round(1e3 * part) / 1e3, Html.number(count));
  }

  private static String percent(long part, long whole) {
    return whole == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }
}
