package snel.runtime.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import snel.runtime.file.DurableFile;

/// The report of a run as it is gathered: the main results and figures. A figure put again under
/// its name takes the place of the earlier one.
public final class Report {
  private final String title;
  private final String subtitle;
  private final Map<String, String> results = new LinkedHashMap<>();
  private final Map<String, Figure> figures = new LinkedHashMap<>();

  /// @param subtitle a line under the title: source, seed, duration
  public Report(String title, String subtitle) {
    this.title = title;
    this.subtitle = subtitle;
  }

  /// A main result, as text with its unit, shown large at the top.
  public Report result(String name, String value) {
    results.put(name, value);
    return this;
  }

  /// Puts a figure under a name of its own.
  public Report put(String name, Figure figure) {
    figures.put(name, figure);
    return this;
  }

  /// The figure under a name, so that it can be extended.
  public Optional<Figure> figure(String name) {
    return Optional.ofNullable(figures.get(name));
  }

  /// The report as one HTML file that asks for nothing else.
  public String toHtml() {
    return new Page(title, subtitle, results, figures.values()).toHtml();
  }

  /// Writes the report as a whole.
  public void write(Path file) {
    DurableFile.writeText(file, toHtml());
  }
}
