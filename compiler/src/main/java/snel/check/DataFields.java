package snel.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.DataItem;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.Name;
import snel.syntax.TextPart;
import snel.types.Extent;
import snel.types.Type;

/// The fields and splits of a `data` declaration.
final class DataFields {
  private static final String NOISE =
      "draw in the experiment: `present x = sample.x + normal(0, 1) for 50 ms`, for example";

  private static final String PARTS =
      "divide them by their number, `split test where mod(index, 5) == 0`, or in an experiment with"
          + " a seed: `rows | shuffle | take(100)`";

  private DataFields() {}

  /// What its name stands for.
  static Type type(Context context, Declaration.Data data, Scope root) {
    Scope scope = scope(context, data, root);
    Map<String, Type> fields = new LinkedHashMap<>();
    for (DataItem item : data.items()) {
      if (item instanceof DataItem.Field field) {
        fields.put(
            field.name().text(),
            WrittenTypes.read(context, scope, field.type(), field.name().text()));
      }
    }
    for (Name placeholder : placeholders(data.reader())) {
      fields.putIfAbsent(placeholder.text(), context.open());
    }
    var sample = new Type.Sample(fields);
    Map<String, Type> members = new LinkedHashMap<>();
    fields.forEach((name, field) -> members.put(name, ofAll(field)));
    for (DataItem item : data.items()) {
      if (item instanceof DataItem.Split split) {
        members.put(split.name().text(), new Type.Stream(sample));
      }
    }
    return new Things.Dataset(members, sample);
  }

  /// A field of all samples, one behind the other.
  static Type ofAll(Type field) {
    if (field.single() instanceof Type.Spikes) {
      return field;
    }
    return field.shape().isEmpty()
        ? Things.array(field)
        : new Type.Array(
            field.single(),
            Stream.concat(Stream.of(new Extent.Open()), field.shape().stream()).toList());
  }

  /// The names that fields and splits may use.
  private static Scope scope(Context context, Declaration.Data data, Scope root) {
    Scope scope = root.inner(Place.DATA);
    scope.put(Symbol.given("index", Type.INT, data.name().span()));
    scope.put(Symbol.given("events", Type.SPIKES, data.name().span()));
    for (Name placeholder : placeholders(data.reader())) {
      scope.put(Symbol.given(placeholder.text(), context.open(), data.name().span()));
    }
    for (DataItem item : data.items()) {
      if (item instanceof Let let) {
        scope.put(ModelNames.let(context, scope, let));
      }
    }
    return scope;
  }

  /// The `{name}` parts of file patterns.
  private static List<Name> placeholders(Expression reader) {
    var names = new ArrayList<Name>();
    Parts.each(
        reader,
        part -> {
          if (part instanceof Expression.Text(var pieces, _)) {
            for (TextPart piece : pieces) {
              if (piece instanceof TextPart.Placeholder(var name, _)) {
                names.add(name);
              }
            }
          }
        });
    return names;
  }

  static void check(Context context, Declaration.Data data, Scope root) {
    Scope scope = scope(context, data, root);
    Type read = context.in(scope).resolved(data.reader());
    if (!(data.reader() instanceof Expression.Call)) {
      notReading(context, read, data.reader().span());
    }
    var names = new OwnNames(context, root.inner(Place.DATA));
    for (DataItem item : data.items()) {
      switch (item) {
        case Let let -> {
          Lets.check(context, scope, let);
          undrawn(context, scope, let.value(), NOISE);
        }
        case DataItem.Field field -> {
          undrawn(context, scope, field.value(), NOISE);
          names.add(Symbol.of(field.name(), Role.DATA, Type.UNKNOWN));
          field(context, scope, data, field);
        }
        case DataItem.Split(var name, var condition, _, _) -> {
          names.add(Symbol.of(name, Role.DATA, Type.UNKNOWN));
          undrawn(context, scope, condition, PARTS);
          Scope seen = scopeOfSplit(context, scope, data, condition);
          Conditions.check(context, seen, condition, "`where`");
        }
      }
    }
  }

  /// `from "rows.csv"`, or something else that reads nothing.
  private static void notReading(Context context, Type found, Span at) {
    if (!(found instanceof Type.Text)) {
      WrongKind.report(context, found, at, "a reader such as `csv(\"…\")`");
      return;
    }
    String read = reader(at.text()) + "(" + at.text() + ")";
    context.report(
        Diagnostic.of(
                Code.WRONG_KIND,
                "a file is read by a reader, and `" + at.text() + "` is a text",
                at,
                "this is a text")
            .fix("write `" + read + "`", at, read));
  }

  private static String reader(String file) {
    return switch (file.replaceAll("^.*\\.|\"$", "")) {
      case "npy" -> "npy";
      case "h5", "hdf5" -> "hdf5";
      default -> "csv";
    };
  }

  /// Samples are the same whatever the seed of an experiment. E0515.
  private static void undrawn(Context context, Scope scope, Expression value, String help) {
    new Randomness()
        .draw(value, scope.file())
        .ifPresent(drawn ->
            context.report(
                Diagnostic.of(
                        Code.NO_MEANING_HERE,
                        "nothing is drawn in a data declaration: its samples are the same for every"
                            + " seed",
                        drawn,
                        "drawn here")
                    .help(help)));
  }

  /// Samples are divided before their fields are read: one that is named is told, once.
  private static Scope scopeOfSplit(
      Context context, Scope scope, Declaration.Data data, Expression condition) {
    Scope inside = scope.inner();
    Parts.each(
        condition,
        part -> {
          if (part instanceof Expression.Variable(var name, _)
              && inside.find(name.text()).isEmpty()
              && isField(data, name.text())) {
            inside.put(Symbol.given(name.text(), Type.UNKNOWN, name.span()));
            context.report(unseen(data, name));
          }
        });
    return inside;
  }

  private static boolean isField(Declaration.Data data, String name) {
    return data.items().stream()
        .anyMatch(item -> item instanceof DataItem.Field field && field.name().text().equals(name));
  }

  private static Diagnostic unseen(Declaration.Data data, Name name) {
    List<String> patterns =
        placeholders(data.reader()).stream().map(each -> "`" + each.text() + "`").toList();
    return Diagnostic.of(
            Code.UNKNOWN_NAME,
            "a split does not see the field `" + name.text() + "`",
            name.span(),
            "read after the samples are divided")
        .help(
            patterns.isEmpty()
                ? "a split sees `index`, the number of the sample, and names in the pattern of the"
                    + " files, as `take` in `files(\"{take}.wav\")`"
                : "a split sees `index`, the number of the sample, and the names in the pattern of"
                    + " the files: "
                    + String.join(", ", patterns));
  }

  private static void field(
      Context context, Scope scope, Declaration.Data data, DataItem.Field field) {
    Context silent = context.silent();
    Type type = WrittenTypes.read(silent, scope, field.type(), field.name().text());
    Type place = type.single() instanceof Type.Int ? Type.PLAIN : type;
    new Fits(context, scope)
        .check(
            place,
            field.value(),
            "`" + field.name().text() + "`",
            Optional.of(field.name().span()));
    Bindings.bounds(context, scope, place, field.bounds(), field.name());
    DataSources.check(context, scope, data, field);
  }
}
