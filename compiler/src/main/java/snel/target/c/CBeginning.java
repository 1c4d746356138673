package snel.target.c;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.protocol.ReadOut;
import snel.runtime.checkpoint.ArrayBytes;
import snel.runtime.readout.LinearSvm;
import snel.runtime.run.Left;
import snel.target.Artifact;
import snel.target.Link;

/// Writes what an experiment left that is no part of the C program: the bytes of its buffers, and
/// `beginning.c`, which says whose they are.
final class CBeginning {
  static final String VARIABLE = "snel_my_beginning";

  private final Left left;
  private final Link first;
  private final Set<String> used;
  private final String file;

  /// @param first the experiment that starts from it
  /// @param used names of the read-outs that some experiment does something with
  CBeginning(Left left, Link first, Set<String> used) {
    this.left = left;
    this.first = first;
    this.used = used;
    this.file = CText.plain(left.experiment()) + ".state";
  }

  List<Artifact.File> files() {
    List<Held> held = held();
    List<Learnt> readOuts = readOuts();
    List<double[]> learnt = readOuts.stream().flatMap(each -> each.parts.stream()).toList();
    long bytes =
        held.stream().mapToLong(Held::bytes).sum()
            + learnt.stream().mapToLong(each -> (long) each.length * Double.BYTES).sum();

    Lines lines = new Lines();
    lines.add("#include \"snel_program.h\"").add("");
    list(lines, "snel_held", "held", held.stream().map(Held::row).toList());
    list(lines, "snel_readout", "readout", readOuts.stream().map(Learnt::row).toList());
    lines.add("static snel_network network = {");
    lines.add("    .buffers = " + held.size() + ", .buffer = held};");
    lines.add("");
    lines.add("extern snel_beginning " + VARIABLE + ";");
    lines.add("snel_beginning " + VARIABLE + " = {");
    lines.add("    .file = " + CText.quote(file) + ",");
    lines.add("    .bytes = " + bytes + ",");
    lines.add("    .left = {.experiment = " + CText.quote(left.experiment()) + ",");
    lines.add("             .network = &network,");
    lines.add("             .presentations = " + left.presentations() + ",");
    lines.add("             .readouts = " + readOuts.size() + ",");
    lines.add("             .readout = readout}};");
    return List.of(
        Artifact.File.of("beginning.c", lines.toString()),
        new Artifact.File("data/" + file, () -> pieces(held, learnt)));
  }

  private static Stream<byte[]> pieces(List<Held> held, List<double[]> learnt) {
    return Stream.concat(held.stream().map(Held::array), learnt.stream())
        .flatMap(ArrayBytes::pieces);
  }

  private static void list(Lines lines, String type, String name, List<String> rows) {
    lines.add("static %s %s[%d] = {".formatted(type, name, Math.max(1, rows.size())));
    rows.forEach(row -> lines.add("    " + row + ","));
    if (rows.isEmpty()) {
      lines.add("    {0}");
    }
    lines.add("};").add("");
  }

  /// A buffer of the first experiment, and what it begins with.
  private record Held(Buffer buffer, Object array) {
    String row() {
      return "{%s, {NULL, SNEL_%s, %d, 0, 0}, false, true}"
          .formatted(CText.quote(buffer.name()), buffer.cell().name(), Array.getLength(array));
    }

    long bytes() {
      return (long) Array.getLength(array) * buffer.cell().bytes();
    }
  }

  private List<Held> held() {
    return first.program().carried().stream()
        .filter(buffer -> left.arrays().containsKey(buffer.name()))
        .map(buffer -> new Held(buffer, Objects.requireNonNull(left.arrays().get(buffer.name()))))
        .toList();
  }

  /// A read-out, and what it has learnt, in parts.
  private record Learnt(String name, List<double[]> parts) {
    String row() {
      String all =
          parts.stream()
              .map(part -> "{NULL, %d, %1$d}".formatted(part.length))
              .collect(Collectors.joining(", "));
      return "{.name = %s, .learnt = {%s}}".formatted(CText.quote(name), all);
    }
  }

  /// Those that have learnt something.
  private List<Learnt> readOuts() {
    return first.experiment().readOuts().stream()
        .filter(each -> used.contains(each.name()) && left.learnt().containsKey(each.name()))
        .map(each -> new Learnt(each.name(), learnt(each)))
        .toList();
  }

  /// In the order in which the C library keeps them.
  private List<double[]> learnt(ReadOut readOut) {
    Map<String, double[]> state = Objects.requireNonNull(left.learnt().get(readOut.name()));
    return switch (readOut.kind()) {
      case RESPONSE_LABELS -> parts(state, "sums", "presentations");
      case RIDGE -> parts(state, "products", "targets");
      case LINEAR_SVM -> solved(readOut, state);
      case MAX_COUNT, FIRST_SPIKE, MAX_POTENTIAL -> List.of();
    };
  }

  private static List<double[]> parts(Map<String, double[]> state, String... names) {
    return Stream.of(names).map(name -> Objects.requireNonNull(state.get(name))).toList();
  }

  private static List<double[]> solved(ReadOut readOut, Map<String, double[]> state) {
    var machine = new LinearSvm(readOut.inputs(), readOut.classes(), readOut.penalty());
    machine.restore(state);
    return List.of(machine.labels(), machine.weights());
  }
}
