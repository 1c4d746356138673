package snel.target.c;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Value;
import snel.target.Artifact;

/// Writes the data sets that experiments read: a file for each field and split used, and `data.c`,
/// which says what lies in them.
final class CData {
  private static final int PALETTE = 256;
  private static final int SPIKE = Integer.BYTES + Double.BYTES;

  private final Map<String, Used> used = new LinkedHashMap<>();
  private final CTables tables = new CTables();
  private final List<Artifact.File> files = new ArrayList<>();

  private record Used(Set<String> fields, Set<String> splits) {}

  /// How the values of a field lie in its file.
  ///
  /// @param palette the place of each number, by its bits
  private record Form(
      String name, int rank, String shape, long bytes, Map<Long, Integer> palette) {}

  CData(List<Experiment> experiments) {
    for (Experiment experiment : experiments) {
      Parts.eachTerm(experiment, (term, _) -> note(term));
    }
  }

  private void note(Term term) {
    if (term instanceof Term.Data(String dataSet, String split, _)) {
      of(dataSet).splits.add(split);
    } else if (term instanceof Term.Field(var sample, String field, _)
        && sample.type() instanceof Type.Sample(String dataSet)) {
      of(dataSet).fields.add(field);
    } else if (term instanceof Term.FieldOfAll(var stream, String field, _)
        && stream.type() instanceof Type.Stream(Type.Sample(String dataSet))) {
      of(dataSet).fields.add(field);
    }
  }

  private Used of(String dataSet) {
    return used.computeIfAbsent(
        dataSet, _ -> new Used(new LinkedHashSet<>(), new LinkedHashSet<>()));
  }

  /// The C variable of a data set.
  static String variable(String dataSet) {
    return "snel_my_data_" + CText.plain(dataSet);
  }

  /// Declarations for the files that read the data.
  String declarations() {
    Lines lines = new Lines();
    used.keySet().forEach(name -> lines.add("extern snel_records " + variable(name) + ";"));
    return lines.toString();
  }

  /// The files, `data.c` among them; none where no data are read.
  List<Artifact.File> files(CInputs inputs) {
    if (used.isEmpty()) {
      return List.of();
    }
    Lines lines = new Lines();
    used.forEach((name, parts) -> dataSet(name, parts, inputs.open(name), lines));
    String text = "#include \"snel_records.h\"\n\n" + tables.text() + "\n" + lines;
    files.addFirst(Artifact.File.of("data.c", text));
    return List.copyOf(files);
  }

  private void dataSet(String name, Used parts, Records records, Lines lines) {
    List<String> fields = new ArrayList<>();
    for (String field : parts.fields) {
      fields.add(field(name, field, records));
    }
    List<String> splits = new ArrayList<>();
    for (String split : parts.splits) {
      if (!split.isEmpty()) {
        splits.add(split(name, split, records));
      }
    }
    list("snel_field", "fields_of_" + CText.plain(name), fields, lines);
    list("snel_split", "splits_of_" + CText.plain(name), splits, lines);
    lines.add(
        "snel_records %s = {%s, %d, %d, fields_of_%s, %d, splits_of_%s};"
            .formatted(
                variable(name),
                CText.quote(name),
                records.size(),
                fields.size(),
                CText.plain(name),
                splits.size(),
                CText.plain(name)));
    lines.add("");
  }

  private static void list(String type, String name, List<String> rows, Lines lines) {
    if (rows.isEmpty()) {
      lines.add("static " + type + " " + name + "[1];");
      return;
    }
    lines.add("static " + type + " " + name + "[] = {");
    rows.forEach(row -> lines.add("    {" + row + "},"));
    lines.add("};");
  }

  private String split(String dataSet, String split, Records records) {
    int[] order = records.split(split);
    String file = CText.plain(dataSet) + "." + CText.plain(split) + ".split";
    ByteBuffer bytes = little(4 * order.length);
    bytes.asIntBuffer().put(order);
    files.add(new Artifact.File("data/" + file, () -> Stream.of(bytes.array())));
    return CText.quote(split) + ", " + CText.quote(file) + ", " + order.length + ", NULL";
  }

  private String field(String dataSet, String field, Records records) {
    Form form = form(field, records);
    String file = CText.plain(dataSet) + "." + CText.plain(field) + ".field";
    files.add(new Artifact.File("data/" + file, () -> pieces(field, records, form)));
    return String.join(
        ", ",
        CText.quote(field),
        CText.quote(file),
        "SNEL_FIELD_" + form.name,
        String.valueOf(form.rank),
        form.shape,
        String.valueOf(form.bytes),
        "NULL");
  }

  // Forms

  private Form form(String field, Records records) {
    Value first = records.size() == 0 ? new Value.Real(0) : records.field(0, field);
    if (first instanceof Value.Text) {
      long bytes = 0;
      for (int record = 0; record < records.size(); record++) {
        bytes += Long.BYTES + utf8(records.field(record, field)).length;
      }
      return new Form("TEXTS", 0, "NULL", bytes, Map.of());
    }
    if (first instanceof Value.Trains(double[][] rows)) {
      long bytes = 0;
      for (int record = 0; record < records.size(); record++) {
        bytes += Long.BYTES + (long) SPIKE * records.field(record, field).numbers().length;
      }
      return new Form("TRAINS", 1, tables.ints(IntStream.of(rows.length)), bytes, Map.of());
    }
    if (first instanceof Value.Whole) {
      return new Form("WHOLES", 0, "NULL", (long) records.size() * Long.BYTES, Map.of());
    }
    int[] shape = first instanceof Value.Array(int[] lengths, double[] _) ? lengths : new int[0];
    long numbers = (long) first.numbers().length * records.size();
    Map<Long, Integer> palette = palette(field, records);
    boolean pays = palette.size() <= PALETTE && numbers > PALETTE * Long.BYTES;
    long bytes = pays ? PALETTE * (long) Double.BYTES + numbers : numbers * Double.BYTES;
    return new Form(
        pays ? "PALETTE" : "REALS",
        shape.length,
        tables.ints(IntStream.of(shape)),
        bytes,
        pays ? palette : Map.of());
  }

  /// The different numbers of a field, by their bits; one more than fit where there are too many.
  private static Map<Long, Integer> palette(String field, Records records) {
    Map<Long, Integer> places = new TreeMap<>();
    for (int record = 0; record < records.size(); record++) {
      for (double number : records.field(record, field).numbers()) {
        places.putIfAbsent(Double.doubleToRawLongBits(number), places.size());
        if (places.size() > PALETTE) {
          return places;
        }
      }
    }
    return places;
  }

  private static Stream<byte[]> pieces(String field, Records records, Form form) {
    if (form.name.equals("TEXTS")) {
      return ofAnyLength(records, record -> utf8(records.field(record, field)));
    }
    if (form.name.equals("TRAINS")) {
      return ofAnyLength(records, record -> spikes(records.field(record, field)));
    }
    Stream<byte[]> values =
        IntStream.range(0, records.size())
            .mapToObj(record -> bytes(records.field(record, field), form.palette));
    return form.palette.isEmpty() ? values : Stream.concat(colours(form.palette), values);
  }

  private static Stream<byte[]> colours(Map<Long, Integer> palette) {
    ByteBuffer colours = little(PALETTE * Double.BYTES);
    palette.forEach((bits, place) -> colours.putLong(place * Double.BYTES, bits));
    return Stream.of(colours.array());
  }

  private static byte[] bytes(Value value, Map<Long, Integer> palette) {
    if (value instanceof Value.Whole(long whole)) {
      return little(Long.BYTES).putLong(whole).array();
    }
    double[] numbers = value.numbers();
    if (palette.isEmpty()) {
      ByteBuffer reals = little(numbers.length * Double.BYTES);
      reals.asDoubleBuffer().put(numbers);
      return reals.array();
    }
    byte[] places = new byte[numbers.length];
    for (int k = 0; k < places.length; k++) {
      places[k] =
          Objects.requireNonNull(palette.get(Double.doubleToRawLongBits(numbers[k]))).byteValue();
    }
    return places;
  }

  /// Where each record ends, then the records.
  private static Stream<byte[]> ofAnyLength(Records records, IntFunction<byte[]> bytes) {
    ByteBuffer ends = little(records.size() * Long.BYTES);
    long end = 0;
    for (int record = 0; record < records.size(); record++) {
      end += bytes.apply(record).length;
      ends.putLong(end);
    }
    return Stream.concat(
        Stream.of(ends.array()), IntStream.range(0, records.size()).mapToObj(bytes));
  }

  /// Input and time of each spike.
  private static byte[] spikes(Value trains) {
    double[][] rows = ((Value.Trains) trains).rows();
    ByteBuffer spikes = little(SPIKE * trains.numbers().length);
    for (int row = 0; row < rows.length; row++) {
      for (double time : rows[row]) {
        spikes.putInt(row).putDouble(time);
      }
    }
    return spikes.array();
  }

  private static byte[] utf8(Value text) {
    return text.text().getBytes(StandardCharsets.UTF_8);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
