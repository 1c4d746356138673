package snel.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;

/// Which argument goes to which parameter. E0213 for too many or too few, E0118 for a name that no
/// parameter has.
final class GivenArguments {
  private static final String LATEST =
      "it is of the latest `run` or `present`: what should not count stands in a `run` of its own"
          + " before it";

  /// How to write what functions of the library are thought to do, by their signatures.
  private static final Map<String, String> OTHER_WAYS =
      Map.of(
          "rate(of)",
          LATEST,
          "count(of)",
          LATEST,
          "columns(which)",
          "write `columns(\"a\" .. \"c\")` for columns side by side, else a list: `[column(\"a\"),"
              + " column(\"c\")]`",
          "over_time(x)",
          "write one for each: `report over_time(a), over_time(b)`",
          "heat_map(x, y, z)",
          "reported in a loop it draws z over two numbers; a matrix is drawn by `grid(x, rows: 28,"
              + " columns: 28)`",
          "curve(x, y)",
          "reported in a loop it draws a point in each pass; what is recorded is drawn by"
              + " `traces(A.v)`");

  /// What parameters are called elsewhere.
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "patience", "epochs",
          "window", "bin",
          "bin_size", "bin",
          "bin_width", "bin",
          "nbins", "bins",
          "num_bins", "bins");

  private final Map<String, List<Expression>> given = new HashMap<>();

  private GivenArguments() {}

  /// What is given to a parameter.
  List<Expression> of(String parameter) {
    return given.getOrDefault(parameter, List.of());
  }

  /// Where each argument may be given without its name.
  static Optional<GivenArguments> match(
      Context context,
      List<String> names,
      List<String> required,
      String rest,
      String shown,
      List<Argument> arguments,
      Span call) {
    return match(context, names, names.size(), required, rest, shown, arguments, call);
  }

  /// @param names of the parameters in order
  /// @param placed how many of them, from the first on, may be given without their names
  /// @param required how many must be given
  /// @param rest the parameter that takes any number; empty if there is none
  /// @param shown the declaration, for messages
  /// @return nothing if the arguments do not fit, which has then been reported
  static Optional<GivenArguments> match(
      Context context,
      List<String> names,
      int placed,
      List<String> required,
      String rest,
      String shown,
      List<Argument> arguments,
      Span call) {
    var matched = new GivenArguments();
    int unnamed = 0;
    for (Argument argument : arguments) {
      String name;
      if (argument.name() != null) {
        name = argument.name().text();
        if (!names.contains(name)) {
          context.report(unknown(names, shown, argument.name()));
          return Optional.empty();
        }
      } else {
        if (unnamed >= placed) {
          context.report(
              placed < names.size()
                  ? nameless(placed, shown, argument)
                  : count(names, required, shown, arguments.size(), call));
          return Optional.empty();
        }
        name = names.get(unnamed);
        if (!name.equals(rest)) {
          unnamed++;
        }
      }
      if (matched.given.containsKey(name) && !name.equals(rest)) {
        context.report(twice(name, shown, matched.of(name).getFirst(), argument.value()));
        return Optional.empty();
      }
      matched.given.computeIfAbsent(name, n -> new ArrayList<>()).add(argument.value());
    }
    List<String> missing =
        required.stream().filter(name -> !matched.given.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      boolean few = arguments.size() < required.size();
      context.report(
          few
              ? count(names, required, shown, arguments.size(), call)
              : missing(missing, shown, call));
      return Optional.empty();
    }
    return Optional.of(matched);
  }

  static Diagnostic twice(String name, String shown, Expression first, Expression second) {
    return Diagnostic.of(
            Code.WRONG_ARGUMENT_COUNT,
            "`" + name + "` of `" + shown + "` is given twice",
            second.span(),
            "stands for `" + name + "`, too")
        .label(first.span(), "given here")
        .note("an argument without a name stands for the parameter in its place");
  }

  private static Diagnostic count(
      List<String> names, List<String> required, String shown, int given, Span call) {
    String wanted =
        required.size() == names.size()
            ? Prose.counted(names.size(), "argument")
            : required.size() + " to " + Prose.counted(names.size(), "argument");
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.WRONG_ARGUMENT_COUNT,
            "`" + shown + "` takes " + wanted + ", not " + given,
            call,
            Prose.counted(given, "argument"));
    return Optional.ofNullable(OTHER_WAYS.get(shown)).map(diagnostic::help).orElse(diagnostic);
  }

  private static Diagnostic nameless(int placed, String shown, Argument argument) {
    return Diagnostic.of(
            Code.WRONG_ARGUMENT_COUNT,
            "`" + shown + "` takes " + Prose.counted(placed, "argument") + " without a name",
            argument.span(),
            "one more")
        .help("write its name: `NAME: " + Wording.text(argument.span()) + "`");
  }

  /// Others are given in its place.
  private static Diagnostic missing(List<String> missing, String shown, Span call) {
    return Diagnostic.of(
        Code.WRONG_ARGUMENT_COUNT,
        "`" + shown + "` wants " + Prose.codes(missing) + ", too",
        call,
        "not given");
  }

  private static Diagnostic unknown(List<String> names, String shown, snel.syntax.Name name) {
    Optional<String> near =
        Optional.ofNullable(ELSEWHERE.get(name.text()))
            .filter(names::contains)
            .or(() -> Nearest.to(name.text(), names));
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.UNKNOWN_ARGUMENT,
            "`" + shown + "` has no `" + name.text() + "`" + Nearest.hint(near),
            name.span(),
            "no such parameter");
    return near.isPresent()
        ? diagnostic.fix("write `" + near.get() + "`", name.span(), near.get())
        : Optional.ofNullable(OTHER_WAYS.get(shown)).map(diagnostic::help).orElse(diagnostic);
  }
}
