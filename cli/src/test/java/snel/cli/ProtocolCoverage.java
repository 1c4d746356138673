package snel.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.compiler.Compiled;
import snel.ir.protocol.Action;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Function;
import snel.ir.protocol.Parts;
import snel.ir.protocol.ReadOut;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;

/// Counts, for each construct of protocols, the experiments that had it and came to the same on the
/// JVM and in C.
final class ProtocolCoverage {
  private static final List<String> TARGETS = List.of("jvm", "c");

  /// Counts, or what a target does instead.
  private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

  ProtocolCoverage() {
    constructs().forEach(construct -> rows.put(construct, new LinkedHashMap<>()));
  }

  /// An experiment that gave the same on both targets.
  ///
  /// @param seen what it has
  void addSame(Set<String> seen) {
    for (String construct : seen) {
      TARGETS.forEach(target -> count(construct, target));
    }
  }

  /// A construct that ran on the JVM, and that a C program treats so wherever it stands.
  void addOnJvm(String construct, String inC) {
    if (row(construct).getOrDefault("c", inC).equals(inC)) {
      count(construct, "jvm");
      row(construct).put("c", inC);
    }
  }

  private void count(String construct, String target) {
    String known = row(construct).getOrDefault(target, "0");
    int before = known.matches("[0-9]+") ? Integer.parseInt(known) : 0;
    row(construct).put(target, Integer.toString(before + 1));
  }

  private Map<String, String> row(String construct) {
    Map<String, String> row = rows.get(construct);
    if (row == null) {
      throw new IllegalStateException("construct " + construct + " is not listed");
    }
    return row;
  }

  /// Constructs with an empty cell.
  List<String> missing() {
    return rows.entrySet().stream()
        .filter(row -> !row.getValue().keySet().containsAll(TARGETS))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The table in Markdown.
  String table() {
    StringBuilder out = new StringBuilder("| construct | jvm | c |\n|---|---:|---:|\n");
    rows.forEach((construct, row) ->
        out.append("| %s | %s | %s |\n".formatted(construct, row.get("jvm"), row.get("c"))));
    return out.toString();
  }

  private static List<String> constructs() {
    List<String> all = new ArrayList<>();
    addKinds("Action", Action.class, all);
    all.remove("Action StopWhen");
    for (String kind : List.of("Freeze", "Unfreeze", "Reset")) {
      all.remove("Action " + kind);
      all.addAll(List.of("Action " + kind + " these", "Action " + kind + " all but these"));
    }
    all.addAll(
        List.of("Action StopWhen of a loop", "Action StopWhen of an experiment", "Run until"));
    all.addAll(List.of("If else", "Send after", "Samples at deliver", "Samples of synapses"));
    addKinds("Binding", Action.Binding.class, all);
    addKinds("Target", Action.Target.class, all);
    addKinds("Claim", Action.Claim.class, all);
    all.addAll(List.of("Compares within", "Compares relative", "Lies below"));
    addKinds("Selection", Selection.class, all);
    addKinds("Term", Term.class, all);
    List.of("Arithmetic", "Compare", "Draw", "Staged", "Call")
        .forEach(kind -> all.remove("Term " + kind));
    for (Term.Operator operator : Term.Operator.values()) {
      List.of("Real", "Whole", "Array").forEach(type -> all.add(operator + " " + type));
    }
    // a quotient of two whole numbers is a real one
    all.remove("DIVIDE Whole");
    for (Term.Comparison comparison : Term.Comparison.values()) {
      List.of("Truth", "Array").forEach(type -> all.add(comparison + " " + type));
    }
    addConstants("Draw", Term.Distribution.values(), all);
    addConstants("Staged", Term.Stage.values(), all);
    addConstants("Function", Function.values(), all);
    addConstants("Read-out", ReadOut.Kind.values(), all);
    all.add("Read-out FIRST_SPIKE with ties");
    addKinds("Type", Type.class, all);
    List.of("cached", "csv", "files", "hdf5", "npy").forEach(reader -> all.add("Data " + reader));
    all.addAll(List.of("Data field", "Data split"));
    return all;
  }

  private static void addKinds(String what, Class<?> family, List<String> all) {
    for (Class<?> kind : family.getPermittedSubclasses()) {
      all.add(what + " " + kind.getSimpleName());
    }
  }

  private static void addConstants(String what, Enum<?>[] constants, List<String> all) {
    for (Enum<?> constant : constants) {
      all.add(what + " " + constant);
    }
  }

  /// What of the figures of an experiment is nowhere else.
  static Set<String> inFiguresOnly(Compiled compiled) {
    Set<String> found = new LinkedHashSet<>();
    Parts.eachAction(
        compiled.experiment().body(),
        action -> {
          if (action instanceof Action.Report(var items, var _)) {
            items.stream()
                .filter(item -> item.value().type() instanceof Type.Figure)
                .forEach(item -> Parts.eachTerm(item.value(), part -> add(part, found)));
          }
        });
    found.removeAll(of(compiled));
    return found;
  }

  /// Those that every target evaluates: without figures.
  private static List<Term> terms(Action action) {
    return action instanceof Action.Report(var items, var _)
        ? items.stream()
            .map(Action.Item::value)
            .filter(value -> !(value.type() instanceof Type.Figure))
            .toList()
        : Parts.of(action);
  }

  /// What an experiment has, but for its figures.
  static Set<String> of(Compiled compiled) {
    Set<String> found = new LinkedHashSet<>();
    Experiment experiment = compiled.experiment();
    Set<String> readOuts = new LinkedHashSet<>();
    Parts.eachAction(
        experiment.body(),
        action -> {
          add(action, found);
          terms(action).forEach(term -> Parts.eachTerm(term, part -> add(part, found)));
          if (action instanceof Action.Score(String readOut, var _, var _, var _)) {
            readOuts.add(readOut);
          }
        });
    for (ReadOut readOut : experiment.readOuts()) {
      if (readOuts.contains(readOut.name())) {
        found.add("Read-out " + readOut.kind());
        readOut.ties().ifPresent(_ -> found.add("Read-out " + readOut.kind() + " with ties"));
        readOut.terms().forEach(term -> Parts.eachTerm(term, part -> add(part, found)));
      }
    }
    for (DataSet dataSet : compiled.dataSets()) {
      found.add("Data " + dataSet.reader());
      found.add("Data field");
      dataSet.fields().forEach(field -> Parts.eachTerm(field.value(), term -> add(term, found)));
      dataSet.options().forEach(option -> Parts.eachTerm(option.value(), t -> add(t, found)));
      for (DataSet.Split split : dataSet.splits()) {
        found.add("Data split");
        Parts.eachTerm(split.where(), term -> add(term, found));
      }
    }
    return found;
  }

  private static void add(Action action, Set<String> found) {
    String name = "Action " + action.getClass().getSimpleName();
    switch (action) {
      case Action.Freeze freeze -> found.add(name + which(freeze.all()));
      case Action.Unfreeze unfreeze -> found.add(name + which(unfreeze.all()));
      case Action.Reset reset -> found.add(name + which(reset.all()));
      case Action.StopWhen(int loop, Term _, var _) ->
          found.add(name + (loop < 0 ? " of an experiment" : " of a loop"));
      default -> found.add(name);
    }
    switch (action) {
      case Action.Run run when !run.until().isEmpty() -> found.add("Run until");
      case Action.If branch when !branch.otherwise().isEmpty() -> found.add("If else");
      case Action.Send send -> {
        add(send.selection(), found);
        if (!(send.after() instanceof Term.Whole(long steps) && steps == 0)) {
          found.add("Send after");
        }
      }
      case Action.Assign assign -> add(assign.selection(), found);
      case Action.AssignSynapses assign -> {
        add(assign.pre(), found);
        add(assign.post(), found);
      }
      case Action.Present present -> present.bindings().forEach(binding -> add(binding, found));
      case Action.Record(var targets, var _) -> targets.forEach(target -> add(target, found));
      case Action.Expect(var claim, var _) -> add(claim, found);
      default -> {}
    }
  }

  private static String which(boolean all) {
    return all ? " all but these" : " these";
  }

  private static void add(Action.Binding binding, Set<String> found) {
    found.add("Binding " + binding.getClass().getSimpleName());
    switch (binding) {
      case Action.Binding.Hold hold -> add(hold.selection(), found);
      case Action.Binding.Vary vary -> add(vary.selection(), found);
      case Action.Binding.Play play -> add(play.selection(), found);
    }
  }

  private static void add(Action.Target target, Set<String> found) {
    found.add("Target " + target.getClass().getSimpleName());
    switch (target) {
      case Action.Target.Spikes spikes -> add(spikes.selection(), found);
      case Action.Target.Samples samples -> {
        add(samples.selection(), found);
        if (samples.atDeliver()) {
          found.add("Samples at deliver");
        }
        if (!samples.projection().isEmpty()) {
          found.add("Samples of synapses");
        }
      }
    }
  }

  private static void add(Action.Claim claim, Set<String> found) {
    found.add("Claim " + claim.getClass().getSimpleName());
    switch (claim) {
      case Action.Claim.Compares compares -> {
        if (!(compares.tolerance() instanceof Term.Number(double value) && value == 0)) {
          found.add(compares.relative() ? "Compares relative" : "Compares within");
        }
      }
      case Action.Claim.Lies lies when lies.upperOpen() -> found.add("Lies below");
      case Action.Claim.Lies _, Action.Claim.Holds _ -> {}
    }
  }

  private static void add(Selection selection, Set<String> found) {
    found.add("Selection " + selection.getClass().getSimpleName());
  }

  private static void add(Term term, Set<String> found) {
    add(term.type(), found);
    String type =
        switch (term.type()) {
          case Type.Real _, Type.Whole _, Type.Truth _ -> term.type().getClass().getSimpleName();
          default -> "Array";
        };
    switch (term) {
      case Term.Arithmetic arithmetic -> found.add(arithmetic.operator() + " " + type);
      case Term.Compare compare -> found.add(compare.comparison() + " " + type);
      case Term.Draw draw -> found.add("Draw " + draw.distribution());
      case Term.Staged staged -> found.add("Staged " + staged.stage());
      case Term.Call call -> found.add("Function " + call.function());
      default -> found.add("Term " + term.getClass().getSimpleName());
    }
    switch (term) {
      case Term.Read read -> add(read.selection(), found);
      case Term.ReadSynapses read -> {
        add(read.pre(), found);
        add(read.post(), found);
      }
      case Term.Neurons(var _, var selection) -> add(selection, found);
      case Term.Spikes(var _, var selection) -> add(selection, found);
      case Term.Recorded(var _, var _, var selection, var post) -> {
        add(selection, found);
        add(post, found);
      }
      default -> {}
    }
  }

  private static void add(Type type, Set<String> found) {
    found.add("Type " + type.getClass().getSimpleName());
    switch (type) {
      case Type.Listing(var element) -> add(element, found);
      case Type.Stream(var element) -> add(element, found);
      case Type.Tuple(var elements) -> elements.forEach(element -> add(element, found));
      default -> {}
    }
  }
}
