package snel.cli;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Lets the user's home, and so the cache of data sets, be a folder of the test.
final class HomeFolder implements BeforeEachCallback, AfterEachCallback {
  private static final String HOME = "user.home";

  private final Supplier<Path> folder;
  private String before = "";

  HomeFolder(Supplier<Path> folder) {
    this.folder = folder;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    before = System.getProperty(HOME, "");
    System.setProperty(HOME, folder.get().toString());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.setProperty(HOME, before);
  }
}
