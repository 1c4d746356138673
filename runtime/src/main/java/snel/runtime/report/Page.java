package snel.runtime.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/// The HTML file around the figures: styles, uPlot and our script stand in it, and its own policy
/// forbids it to fetch anything.
record Page(
    String title, String subtitle, Map<String, String> results, Collection<Figure> figures) {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  String toHtml() {
    var html = new StringBuilder();
    html.append(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
        style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
        <title>%s</title>
        <style>
        %s%s</style>
        </head>
        <body>
        <header><h1>%s</h1><p>%s</p></header>
        """
            .formatted(
                Html.escape(title),
                resource(UPLOT + "uPlot.min.css"),
                resource("report.css"),
                Html.escape(title),
                Html.escape(subtitle)));
    if (!results.isEmpty()) {
      html.append("<section class=\"results\">\n");
      results.forEach((name, value) ->
          html.append(
              "<div><b>%s</b><span>%s</span></div>\n"
                  .formatted(Html.escape(value), Html.escape(name))));
      html.append("</section>\n");
    }
    html.append("<main>\n");
    figures.forEach(figure -> html.append(FigureHtml.of(figure)));
    html.append("</main>\n<noscript>The charts need a browser that runs scripts; all numbers are");
    html.append(" in the files beside this report.</noscript>\n");
    if (figures.stream().anyMatch(Page::isChart)) {
      html.append("<script>\n").append(resource(UPLOT + "uPlot.iife.min.js"));
      html.append("</script>\n<script>\n").append(resource("report.js")).append("</script>\n");
    }
    return html.append("</body>\n</html>\n").toString();
  }

  private static boolean isChart(Figure figure) {
    return switch (figure) {
      case Figure.Raster _, Figure.Lines _, Figure.Bars _ -> true;
      case Figure.Ranges _, Figure.Points _ -> true;
      case Figure.Images _, Figure.HeatMap _ -> false;
      case Figure.Table _, Figure.Confusion _, Figure.Facts _ -> false;
    };
  }

  private static String resource(String name) {
    try (InputStream stream = Page.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the report's " + name + " is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
