package snel.target.c;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.ConvShape;
import snel.ir.Length;
import snel.ir.Rule;
import snel.ir.Wiring;
import snel.runtime.connect.SkipTable;

/// Writes the steps that make synapses: calls of the run-time library, with tables that only the
/// compiler can compute exactly.
final class CWirings {
  private static final int VALUES_PER_LINE = 8;

  private final CModule module;
  private final Lines lines;

  CWirings(CModule module, Lines lines) {
    this.module = module;
    this.lines = lines;
  }

  void wire(Wiring wiring) {
    if (wiring.rule() instanceof Rule.Counted) {
      String counts = name(wiring.rowStart());
      allocate(wiring.name(), "snel_accumulate(" + counts + ", " + wiring.sources() + ")");
      return;
    }
    lines.open("");
    lines.add(
        "const snel_ends ends = {"
            + wiring.sources()
            + ", "
            + wiring.targets()
            + ", "
            + wiring.excludeSelf()
            + ", "
            + wiring.selfOffset()
            + "};");
    lines.add("(void)ends;");
    lines.add("snel_csr rows = " + rows(wiring) + ";");
    allocate(wiring.name(), "rows.count");
    String rowStart = name(wiring.rowStart());
    lines.add(
        "memcpy("
            + rowStart
            + ", rows.row_start, ((size_t)rows.sources + 1) * sizeof *"
            + rowStart
            + ");");
    if (wiring.isBits()) {
      lines.add("snel_set_bits(&rows, " + wiring.targets() + ", " + name(wiring.target()) + ");");
    } else {
      copy(wiring.target(), "target");
    }
    wiring
        .multapse()
        .ifPresent(buffer -> lines.add("snel_multapses(&rows, " + name(buffer) + ");"));
    wiring.shared().ifPresent(buffer -> copy(buffer, "shared"));
    lines.add("snel_csr_free(&rows);");
    lines.close();
  }

  /// Makes room for so many synapses.
  private void allocate(String wiring, String count) {
    lines.add(module.synapses(wiring) + " = " + count + ";");
    for (Buffer buffer : module.program().buffers()) {
      if (buffer.length() instanceof Length.Synapses(String name, int each)
          && name.equals(wiring)) {
        lines.add(module.allocation(buffer, "(size_t)" + module.synapses(wiring) + " * " + each));
      }
    }
  }

  void join(Build.Join join) {
    allocate(
        join.name(),
        join.rowStarts().stream()
            .map(
                buffer -> name(buffer) + "[" + (((Length.Fixed) buffer.length()).count() - 1) + "]")
            .collect(Collectors.joining(" + ")));
  }

  private void copy(Buffer buffer, String field) {
    lines.open("for (int32_t s = 0; s < rows.count; s++)");
    lines.add(name(buffer) + "[s] = (" + CType.of(buffer.cell()) + ")rows." + field + "[s];");
    lines.close();
  }

  private String rows(Wiring wiring) {
    String key =
        "("
            + Integer.toUnsignedString(module.program().seed())
            + "u, "
            + Integer.toUnsignedString(wiring.stream())
            + "u, ends, ";
    return switch (wiring.rule()) {
      case Rule.All() -> "snel_connect_all(ends)";
      case Rule.OneToOne() -> "snel_connect_one_to_one(ends)";
      case Rule.Bernoulli(double p) -> {
        long[] entries = SkipTable.of(p).entries();
        table("uint64_t", "table", entries.length, k -> "UINT64_C(" + entries[k] + ")");
        yield "snel_connect_bernoulli" + key + "table, " + entries.length + ")";
      }
      case Rule.Counted() -> throw new IllegalStateException("has no rows of its own");
      case Rule.FixedIndegree(int k, boolean multapses) ->
          "snel_connect_fixed_indegree" + key + k + ", " + multapses + ")";
      case Rule.FixedOutdegree(int k, boolean multapses) ->
          "snel_connect_fixed_outdegree" + key + k + ", " + multapses + ")";
      case Rule.FixedTotal(long n, boolean multapses) ->
          "snel_connect_fixed_total" + key + "INT64_C(" + n + "), " + multapses + ")";
      case Rule.Pairs(int[] sources, int[] targets) -> {
        table("int32_t", "from", sources.length, k -> Integer.toString(sources[k]));
        table("int32_t", "to", targets.length, k -> Integer.toString(targets[k]));
        yield "snel_connect_pairs(ends, from, to, " + sources.length + ")";
      }
      case Rule.Conv(ConvShape shape) -> "snel_connect_convolution(" + maps(shape) + ")";
      case Rule.Pool(ConvShape shape) -> "snel_connect_pool(" + maps(shape) + ")";
      case Rule.Window(ConvShape shape) -> "snel_connect_window(" + maps(shape) + ")";
    };
  }

  private static String maps(ConvShape s) {
    return IntStream.of(
            s.sourceChannels(),
            s.sourceHeight(),
            s.sourceWidth(),
            s.targetChannels(),
            s.targetHeight(),
            s.targetWidth(),
            s.kernelHeight(),
            s.kernelWidth(),
            s.strideY(),
            s.strideX(),
            s.paddingY(),
            s.paddingX(),
            s.dilationY(),
            s.dilationX(),
            s.groups(),
            s.transposed() ? 1 : 0)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "(snel_maps){", "}"));
  }

  /// A table of constants, at least one long because C has no empty arrays.
  private void table(String type, String name, int count, IntFunction<String> value) {
    lines.add("static const " + type + " " + name + "[] = {");
    for (int from = 0; from < count; from += VALUES_PER_LINE) {
      lines.add(
          IntStream.range(from, Math.min(from + VALUES_PER_LINE, count))
              .mapToObj(value)
              .collect(Collectors.joining(", ", "    ", ",")));
    }
    lines.add(count == 0 ? "    0};" : "};");
  }

  void sortByDelay(Build.SortByDelay sort) {
    Wiring wiring = sort.wiring();
    List<String> arrays = sort.moved().stream().map(this::array).toList();
    lines.open("");
    lines.add("const snel_array carried[] = {" + String.join(", ", arrays) + "};");
    lines.add(
        "snel_sort_by_delay("
            + wiring.sources()
            + ", "
            + name(wiring.rowStart())
            + ", (snel_array)"
            + array(sort.delay())
            + ", "
            + sort.classes()
            + ", "
            + name(sort.classStart())
            + ", carried, "
            + arrays.size()
            + ");");
    lines.close();
  }

  void transpose(Build.Transpose transpose) {
    Wiring wiring = transpose.wiring();
    lines.add(
        "snel_sort_by_target("
            + wiring.sources()
            + ", "
            + wiring.targets()
            + ", "
            + name(wiring.rowStart())
            + ", (snel_array)"
            + array(wiring.target())
            + ", (snel_array)"
            + array(transpose.order())
            + ", "
            + transpose.classes()
            + ", "
            + name(transpose.columnStart())
            + ", "
            + name(transpose.synapse())
            + ", (snel_array)"
            + array(transpose.source())
            + ");");
  }

  private String array(Buffer buffer) {
    return "{" + name(buffer) + ", sizeof *" + name(buffer) + "}";
  }

  private String name(Buffer buffer) {
    return module.names().of(buffer.name());
  }
}
