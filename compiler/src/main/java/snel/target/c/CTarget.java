package snel.target.c;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import snel.ir.protocol.Experiment;
import snel.runtime.run.Left;
import snel.target.Artifact;
import snel.target.Link;

/// Writes a stand-alone C11 program that runs an experiment, and before it those that it starts
/// from, or that begins with what the last of these left: `main.c`, a file for each experiment, the
/// run-time library, a Makefile, and the data.
public final class CTarget {
  private static final String RUNTIME = "#include \"snel_program.h\"\n#include \"snel_f64.h\"\n\n";

  /// What else lies in the folder without a suffix, or is a word that `make` takes.
  private static final Set<String> TAKEN =
      Set.of("all", "clean", "data", "GNUmakefile", "makefile", "Makefile");

  private CTarget() {}

  /// The name of the program that `make` makes.
  public static String binary(String experiment) {
    String name = experiment.replaceAll("[^A-Za-z0-9_.-]", "_");
    return TAKEN.contains(name) ? name + "_program" : name;
  }

  /// The files of experiments that are not refused, see [CRefusals].
  ///
  /// @param left by what the first of them starts from, if that is none of the chain
  /// @param chain the first one first
  public static Artifact translate(Optional<Left> left, List<Link> chain, CInputs inputs) {
    List<Experiment> experiments = chain.stream().map(Link::experiment).toList();
    CData data = new CData(experiments);
    Set<String> readOuts = new LinkedHashSet<>();
    experiments.forEach(experiment -> readOuts.addAll(CExperiment.readOuts(experiment)));
    List<Artifact.File> files = new ArrayList<>();
    files.add(Artifact.File.of("main.c", main(experiments, left.isPresent())));
    for (Link link : chain) {
      CArchives archives = new CArchives(link, link == chain.getFirst(), inputs);
      files.addAll(archives.files());
      String text = new CExperiment(link, readOuts, archives).text(RUNTIME + data.declarations());
      files.add(Artifact.File.of(CExperiment.name(link.experiment()) + ".c", text));
    }
    left.ifPresent(from -> files.addAll(new CBeginning(from, chain.getFirst(), readOuts).files()));
    files.addAll(data.files(inputs));
    files.addAll(CLibrary.files());
    files.add(Artifact.File.of("Makefile", makefile(experiments.getLast().name(), files)));
    return new Artifact(files);
  }

  private static String main(List<Experiment> experiments, boolean begins) {
    List<String> names = experiments.stream().map(CExperiment::name).toList();
    Lines lines = new Lines();
    lines.add("#include \"snel_program.h\"").add("");
    names.forEach(name -> lines.add("extern const snel_experiment " + name + ";"));
    if (begins) {
      lines.add("extern snel_beginning " + CBeginning.VARIABLE + ";");
    }
    lines.add("");
    lines.open("int main(int argc, char **argv)");
    lines.add("const snel_experiment all[] = {" + String.join(", ", names) + "};");
    String beginning = begins ? "&" + CBeginning.VARIABLE : "NULL";
    lines.add("return snel_program(argc, argv, %s, %d, all);".formatted(beginning, names.size()));
    lines.close();
    return lines.toString();
  }

  static String makefile(String name, List<Artifact.File> files) {
    String headers = names(files, "h");
    return """
    CC = gcc
    CFLAGS = -O3
    MACHINE != $(CC) -march=native -E -x c /dev/null >/dev/null 2>&1 && echo -march=native || true
    FLAGS = -std=c11 -ffp-contract=off -fno-math-errno -fno-trapping-math $(MACHINE)
    OBJECTS = %2$s

    all: %1$s

    %1$s: $(OBJECTS)
    \t$(CC) $(CFLAGS) $(FLAGS) -o $@ $(OBJECTS) -lm

    $(OBJECTS): %3$s

    .c.o:
    \t$(CC) $(CFLAGS) $(FLAGS) -c -o $@ $<

    clean:
    \trm -f %1$s $(OBJECTS)

    .PHONY: all clean
    """
        .formatted(binary(name), objects(files), headers);
  }

  /// What the compiler makes of the files.
  static String objects(List<Artifact.File> files) {
    return names(files, "c").replaceAll("\\.c\\b", ".o");
  }

  private static String names(List<Artifact.File> files, String suffix) {
    return files.stream()
        .map(Artifact.File::path)
        .filter(path -> path.endsWith("." + suffix))
        .collect(Collectors.joining(" "));
  }
}
