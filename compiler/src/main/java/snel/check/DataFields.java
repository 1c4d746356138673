package snel.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
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
      WrongKind.report(context, read, data.reader().span(), "a reader such as `csv(\"…\")`");
    }
    var names = new OwnNames(context, root.inner(Place.DATA));
    for (DataItem item : data.items()) {
      switch (item) {
        case Let let -> Lets.check(context, scope, let);
        case DataItem.Field field -> {
          names.add(Symbol.of(field.name(), Role.DATA, Type.UNKNOWN));
          field(context, scope, data, field);
        }
        case DataItem.Split(var name, var condition, _, _) -> {
          names.add(Symbol.of(name, Role.DATA, Type.UNKNOWN));
          Scope seen = scopeOfSplit(context, scope, data, condition);
          Conditions.check(context, seen, condition, "`where`");
        }
      }
    }
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
