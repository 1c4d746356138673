package snel.target.c;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import snel.ir.Program;
import snel.target.Artifact;
import snel.target.Target;

/// Writes a stand-alone C11 program: `main.c`, the run-time library and a Makefile.
public final class CTarget implements Target {
  @Override
  public String name() {
    return "c";
  }

  @Override
  public List<String> refusals(Program program) {
    return List.of();
  }

  @Override
  public Artifact translate(Program program) {
    CModule module = new CModule(program, "");
    String text = module.text();
    String main =
        "/* Network "
            + program.name().replace("*/", "* /")
            + ", translated by Snel. */\n#include \"snel_kernel.h\"\n\n"
            + text
            + new CDriver(module).text();
    List<Artifact.File> files = new ArrayList<>();
    files.add(new Artifact.File("main.c", main));
    files.addAll(CLibrary.files());
    files.add(new Artifact.File("Makefile", makefile(program.name(), files)));
    return new Artifact(files);
  }

  private static String makefile(String name, List<Artifact.File> files) {
    String binary = name.replaceAll("[^A-Za-z0-9_.-]", "_");
    String sources = endingIn(".c", files);
    String headers = endingIn(".h", files);
    return """
    CC = gcc
    CFLAGS = -O2 -std=c11 -ffp-contract=off

    %s: %s %s
    \t$(CC) $(CFLAGS) -o $@ %s -lm
    """
        .formatted(binary, sources, headers, sources);
  }

  private static String endingIn(String suffix, List<Artifact.File> files) {
    return files.stream()
        .map(Artifact.File::path)
        .filter(path -> path.endsWith(suffix))
        .collect(Collectors.joining(" "));
  }
}
