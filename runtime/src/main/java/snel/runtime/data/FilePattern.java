package snel.runtime.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;

/// Files whose names carry facts, as in `recordings/{digit}_{speaker}_{take}.wav`. A placeholder
/// stands for the shortest non-empty text without `/` that makes the whole name fit.
public final class FilePattern {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private final String text;
  private final String folder;
  private final List<String> names = new ArrayList<>();
  private final Pattern expression;

  public FilePattern(String text) {
    this.text = text;
    int first = text.indexOf('{');
    this.folder = text.substring(0, text.lastIndexOf('/', first < 0 ? text.length() : first) + 1);
    String rest = text.substring(folder.length());
    var regex = new StringBuilder();
    Matcher matcher = PLACEHOLDER.matcher(rest);
    int from = 0;
    while (matcher.find()) {
      regex.append(Pattern.quote(rest.substring(from, matcher.start()))).append("([^/]+?)");
      names.add(matcher.group(1));
      from = matcher.end();
    }
    regex.append(Pattern.quote(rest.substring(from)));
    if (new HashSet<>(names).size() != names.size()) {
      throw new DataProblem(
          ProblemKind.NOTHING_MATCHES, "files(\"" + text + "\") names a placeholder twice");
    }
    this.expression = Pattern.compile(regex.toString());
  }

  /// The names of the placeholders, from left to right.
  public List<String> names() {
    return List.copyOf(names);
  }

  /// A file that fits, and what its placeholders stand for.
  public record Match(Path path, Map<String, String> values) {}

  /// All files under `root` that fit, by the code points of their names.
  public List<Match> matches(Path root) {
    Path start = start(root);
    if (!Files.isDirectory(start)) {
      throw DataProblem.found(
          ProblemKind.NOTHING_MATCHES,
          start.toString(),
          "a folder of files " + text,
          "no such folder");
    }
    List<Match> found = found(start);
    if (found.isEmpty()) {
      throw DataProblem.found(
          ProblemKind.NOTHING_MATCHES, start.toString(), "files that fit " + text, "none");
    }
    return found;
  }

  /// Whether any file under `root` fits.
  public boolean fitsIn(Path root) {
    Path start = start(root);
    return Files.isDirectory(start) && !found(start).isEmpty();
  }

  private Path start(Path root) {
    return root.resolve(folder.isEmpty() ? "." : folder).normalize();
  }

  private List<Match> found(Path start) {
    List<Match> found = new ArrayList<>();
    int depth = 1 + (int) text.substring(folder.length()).chars().filter(c -> c == '/').count();
    try (Stream<Path> files = Files.walk(start, depth)) {
      for (Path path : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        match(start, path, found);
      }
    } catch (IOException | java.io.UncheckedIOException problem) {
      throw MachineRefused.reading(start.toString(), problem);
    }
    found.sort((a, b) -> a.path().toString().compareTo(b.path().toString()));
    return found;
  }

  private void match(Path start, Path path, List<Match> found) {
    String name = start.relativize(path).toString().replace('\\', '/');
    Matcher matcher = expression.matcher(name);
    if (matcher.matches()) {
      Map<String, String> values = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        values.put(names.get(i), matcher.group(i + 1));
      }
      found.add(new Match(path, Map.copyOf(values)));
    }
  }
}
