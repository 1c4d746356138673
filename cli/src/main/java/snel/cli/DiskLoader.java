package snel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import snel.resolve.Loader;
import snel.runtime.file.MachineRefused;
import snel.source.SourceFile;

/// Finds imported files: first in the program's folder, then among the installed packages, then in
/// the library that comes with the command.
///
/// @param folders looked in from left to right
record DiskLoader(Path... folders) implements Loader {
  private static final String PACKAGES = "SNEL_PATH";

  /// For a program in `folder`; `SNEL_PATH` names folders with packages.
  static DiskLoader of(Path folder) {
    String packages = System.getenv(PACKAGES);
    if (packages == null || packages.isEmpty()) {
      return new DiskLoader(folder);
    }
    String[] names = packages.split(java.io.File.pathSeparator);
    Path[] all = new Path[names.length + 1];
    all[0] = folder;
    for (int k = 0; k < names.length; k++) {
      all[k + 1] = Path.of(names[k]);
    }
    return new DiskLoader(all);
  }

  @Override
  public Optional<SourceFile> load(String path) {
    for (Path folder : folders) {
      Path file = folder.resolve(path);
      if (Files.isRegularFile(file)) {
        return Optional.of(new SourceFile(path, ProgramFile.read(file).text()));
      }
    }
    return library(path);
  }

  private static Optional<SourceFile> library(String path) {
    try (InputStream in = DiskLoader.class.getClassLoader().getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(
              new SourceFile(path, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException problem) {
      throw MachineRefused.reading(path, problem);
    }
  }

  @Override
  public boolean isFolder(String path) {
    for (Path folder : folders) {
      if (Files.isDirectory(folder.resolve(path))) {
        return true;
      }
    }
    return DiskLoader.class.getClassLoader().getResource(path) != null;
  }

  @Override
  public Collection<String> names(String path) {
    Set<String> names = new TreeSet<>();
    for (Path folder : folders) {
      String[] files = folder.resolve(path).toFile().list();
      for (String file : files == null ? new String[0] : files) {
        add(names, file);
      }
    }
    if (path.isEmpty()) {
      names.add("std");
    } else {
      ofLibrary(path, names);
    }
    return names;
  }

  /// The library lies in a folder or in an archive.
  private static void ofLibrary(String path, Set<String> names) {
    URL place = DiskLoader.class.getClassLoader().getResource(path);
    if (place == null) {
      return;
    }
    try {
      if (place.openConnection() instanceof JarURLConnection archive) {
        String below = path + "/";
        archive.getJarFile().stream()
            .map(ZipEntry::getName)
            .filter(name -> name.startsWith(below) && name.length() > below.length())
            .forEach(name -> add(names, name.substring(below.length()).replaceFirst("/.*", "")));
      } else {
        String[] files = Path.of(place.toURI()).toFile().list();
        for (String file : files == null ? new String[0] : files) {
          add(names, file);
        }
      }
    } catch (IOException problem) {
      throw MachineRefused.reading(path, problem);
    } catch (URISyntaxException problem) {
      throw new IllegalStateException("the library is nowhere: " + place, problem);
    }
  }

  /// A model or a folder; other files cannot be imported.
  private static void add(Set<String> names, String file) {
    if (file.endsWith(".snn")) {
      names.add(file.substring(0, file.length() - ".snn".length()));
    } else if (file.indexOf('.') < 0) {
      names.add(file);
    }
  }
}
