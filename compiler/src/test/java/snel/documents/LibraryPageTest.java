package snel.documents;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import snel.testing.Folder;
import snel.testing.Golden;

/// `docs/library.md` names every module of the library with what it is: the first line of its file.
/// `-Dgolden.update=true` writes it.
class LibraryPageTest {
  private static final Path LIBRARY = Path.of("../stdlib/src/main/resources/std");
  private static final Path PAGE = Path.of("../docs/library.md");
  private static final String TITLE = "/// # ";

  private static final String HEAD =
      """
      # The library

      What can be imported, `import std.neurons.AdEx`, and what each is; the files say more: equations, parameters with their defaults, and the paper.
      Rules of learning have [pages of their own](rules/README.md). Made from the files; `LibraryPageTest` holds it to them.
      """;

  @Test
  void everyModuleIsNamed() {
    Golden.check(PAGE, page());
  }

  private static String page() {
    var page = new StringBuilder(HEAD);
    Path folder = Path.of("");
    for (Path module : modules()) {
      if (!folder(module).equals(folder)) {
        folder = folder(module);
        page.append("\n## `std.%s`\n\n| module | |\n|---|---|\n".formatted(dotted(folder)));
      }
      String file = "../stdlib/src/main/resources/std/" + module.toString().replace('\\', '/');
      String name = module.getFileName().toString().replace(".snn", "");
      page.append("| [`%s`](%s) | %s |\n".formatted(name, file, title(module)));
    }
    return page.toString();
  }

  private static List<Path> modules() {
    return Folder.below(LIBRARY, ".snn").stream()
        .map(LIBRARY::relativize)
        .filter(module -> !module.startsWith("tests"))
        .sorted(Comparator.comparing(LibraryPageTest::key))
        .toList();
  }

  private static String key(Path module) {
    return dotted(folder(module)) + " " + module.getFileName();
  }

  private static Path folder(Path module) {
    return module.subpath(0, module.getNameCount() - 1);
  }

  private static String dotted(Path folder) {
    return folder.toString().replace('\\', '.').replace('/', '.');
  }

  private static String title(Path module) {
    return Folder.read(LIBRARY.resolve(module))
        .lines()
        .filter(line -> line.startsWith(TITLE))
        .map(line -> line.substring(TITLE.length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(module + " has no title"));
  }
}
