package snel.target.c;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.Directory;
import snel.ir.Program;
import snel.runtime.record.TimeStep;

/// Writes the description of the network by which the machine finds its parts, and gives the C text
/// of each of them.
final class CView {
  private final CModule module;
  private final CTables tables;
  private final Program program;

  CView(CModule module, CTables tables) {
    this.module = module;
    this.tables = tables;
    this.program = module.program();
  }

  String population(String name) {
    List<String> names =
        program.directory().populations().stream().map(Directory.Population::name).toList();
    return "&snel_my_population[" + place(names, name) + "]";
  }

  String projection(String name) {
    List<String> names =
        program.directory().projections().stream().map(Directory.Projection::name).toList();
    return "&snel_my_projection[" + place(names, name) + "]";
  }

  String variable(String path) {
    return "&snel_my_variable["
        + place(program.directory().values().stream().map(Directory.Value::path).toList(), path)
        + "]";
  }

  String port(String path) {
    List<String> paths = program.directory().ports().stream().map(Directory.Port::path).toList();
    return "&snel_my_port[" + place(paths, path) + "]";
  }

  private static int place(List<String> names, String name) {
    int place = names.indexOf(name);
    if (place < 0) {
      throw new IllegalStateException("the network has no " + name);
    }
    return place;
  }

  /// A buffer with its type and length.
  String cells(String buffer) {
    return "(snel_cells)" + cells(program.buffer(buffer));
  }

  /// How many elements a buffer has.
  String count(String buffer) {
    return module.count(program.buffer(buffer));
  }

  private String cells(Buffer buffer) {
    String plain = name(buffer) + ", " + cell(buffer.cell()) + ", " + module.count(buffer);
    return buffer
        .scale()
        .map(scale -> plain + ", " + scale.bits() + ", " + CLiteral.real(scale.amount()))
        .map(all -> "{" + all + "}")
        .orElse("{" + plain + ", 0, 0}");
  }

  private static String cell(Cell cell) {
    return "SNEL_" + cell.name();
  }

  private String name(Buffer buffer) {
    return module.names().of(buffer.name());
  }

  private String name(Optional<Buffer> buffer) {
    return buffer.map(this::name).orElse("NULL");
  }

  // The text

  String text() {
    Lines lines = new Lines();
    Directory directory = program.directory();
    list(lines, "population", directory.populations().size());
    list(lines, "projection", directory.projections().size());
    list(lines, "variable", directory.values().size());
    list(lines, "flag", directory.freezable().size());
    list(lines, "port", directory.ports().size());
    List<Buffer> held = program.carried();
    list(lines, "held", held.size());
    lines.add("static snel_network snel_my_network;").add("");
    lines.open("static snel_network *snel_my_build(void)");
    lines.add(module.function("build") + "();");
    directory.populations().forEach(each -> set(lines, population(each.name()), population(each)));
    directory.projections().forEach(each -> set(lines, projection(each.name()), projection(each)));
    directory.values().forEach(each -> set(lines, variable(each.path()), variable(each)));
    for (int k = 0; k < directory.freezable().size(); k++) {
      Directory.Flag flag = directory.freezable().get(k);
      set(
          lines,
          "&snel_my_flag[" + k + "]",
          "snel_flag",
          List.of(CText.quote(flag.path()), name(flag.flag())));
    }
    directory.ports().forEach(each -> port(lines, each));
    for (int k = 0; k < held.size(); k++) {
      Buffer buffer = held.get(k);
      set(
          lines,
          "&snel_my_held[" + k + "]",
          "snel_held",
          List.of(
              CText.quote(buffer.name()),
              cells(buffer),
              String.valueOf(buffer.isCleared()),
              "true"));
    }
    set(lines, "&snel_my_network", "snel_network", network(held.size()));
    lines.add("return &snel_my_network;");
    lines.close().add("");
    return lines.toString();
  }

  private static void list(Lines lines, String what, int count) {
    lines.add("static snel_" + what + " snel_my_" + what + "[" + Math.max(1, count) + "];");
  }

  private static void set(Lines lines, String place, String type, List<String> members) {
    lines.add(place.substring(1) + " = (" + type + "){" + String.join(", ", members) + "};");
  }

  private static void set(Lines lines, String place, Members members) {
    set(lines, place, members.type, members.list);
  }

  /// Members of a structure by their names.
  private record Members(String type, List<String> list) {
    static Members of(String type) {
      return new Members(type, new ArrayList<>());
    }

    Members with(String name, Object value) {
      list.add("." + name + " = " + value);
      return this;
    }
  }

  private Members population(Directory.Population each) {
    return Members.of("snel_population")
        .with("name", CText.quote(each.name()))
        .with("rank", each.shape().size())
        .with("shape", tables.ints(each.shape()))
        .with("size", each.size())
        .with("is_input", each.isInput())
        .with("is_event", each.isEvent())
        .with("is_silent", each.isSilent())
        .with("spikes", name(each.spikes()))
        .with("spike_count", name(each.spikeCount()))
        .with("counts", name(each.episodeCounts()))
        .with("first", name(each.firstSpike()))
        .with("first_early", name(each.firstEarly()))
        .with("total", name(each.total()))
        .with("logging", name(each.log().map(Directory.Log::logging)))
        .with("log_index", name(each.log().map(Directory.Log::index)))
        .with("log_step", name(each.log().map(Directory.Log::step)))
        .with("log_early", name(each.log().flatMap(Directory.Log::early)))
        .with("log_count", name(each.log().map(Directory.Log::count)));
  }

  private Members projection(Directory.Projection each) {
    Members members = joined(each);
    each.load()
        .ifPresent(load ->
            members
                .with("load_row_start", name(load.rowStart()))
                .with("load_target", cells(load.targetIndex()))
                .with("load", module.kernelFunction(load.kernel())));
    return members;
  }

  private Members joined(Directory.Projection each) {
    return Members.of("snel_projection")
        .with("name", CText.quote(each.name()))
        .with("source", end(each.source()))
        .with("target", end(each.target()))
        .with("sources", each.sources())
        .with("targets", each.targets())
        .with("without_self", each.withoutSelf())
        .with("row_start", name(each.rowStart()))
        .with(
            "target_index", each.targetIndex().map(this::cells).orElse("{NULL, SNEL_I32, 0, 0, 0}"))
        .with("delivered", name(each.delivered()))
        .with("updates", name(each.updates()));
  }

  private String end(String name) {
    boolean known =
        program.directory().populations().stream().anyMatch(each -> each.name().equals(name));
    return known ? population(name) : "NULL";
  }

  private Members variable(Directory.Value each) {
    return Members.of("snel_variable")
        .with("path", CText.quote(each.path()))
        .with("cells", cells(each.buffer()))
        .with("rank", each.shape().size())
        .with("shape", tables.ints(each.shape()))
        .with("is_input", each.kind() == Directory.Kind.INPUT)
        .with("is_plastic", each.isPlastic())
        .with("factor", CLiteral.real(each.factor()))
        .with("low", CLiteral.real(each.low()))
        .with("high", CLiteral.real(each.high()))
        .with("unit", CText.quote(each.unit()));
  }

  private void port(Lines lines, Directory.Port port) {
    String arguments = "NULL";
    if (!port.arguments().isEmpty()) {
      arguments = module.names().of("arguments of " + port.path());
      lines.add("static snel_cells " + arguments + "[" + port.arguments().size() + "];");
      for (int k = 0; k < port.arguments().size(); k++) {
        lines.add(arguments + "[" + k + "] = (snel_cells)" + cells(port.arguments().get(k)) + ";");
      }
    }
    set(
        lines,
        port(port.path()),
        Members.of("snel_port")
            .with("path", CText.quote(port.path()))
            .with("pending", name(port.pending()))
            .with("size", module.count(port.pending()))
            .with("parameters", port.arguments().size())
            .with("arguments", arguments)
            .with("additive", port.additive()));
  }

  private List<String> network(int held) {
    Directory directory = program.directory();
    TimeStep step = TimeStep.ofMilliseconds(program.stepMs());
    Members members =
        Members.of("snel_network")
            .with("populations", directory.populations().size())
            .with("projections", directory.projections().size())
            .with("variables", directory.values().size())
            .with("flags", directory.freezable().size())
            .with("ports", directory.ports().size())
            .with("buffers", held)
            .with("population", "snel_my_population")
            .with("projection", "snel_my_projection")
            .with("variable", "snel_my_variable")
            .with("flag", "snel_my_flag")
            .with("port", "snel_my_port")
            .with("buffer", "snel_my_held")
            .with("step_numerator", step.numerator())
            .with("step_denominator", step.denominator())
            .with("step_ms", CLiteral.real(program.stepMs()))
            .with("seed", Integer.toUnsignedString(program.seed()) + "u")
            .with("clock", module.names().of(Clock.NAME))
            .with("halt", module.names().of(Clock.HALT));
    for (String function : CModule.FUNCTIONS) {
      if (!function.equals("build") && !function.equals("step")) {
        members.with(function, module.function(function));
      }
    }
    return members.list;
  }
}
