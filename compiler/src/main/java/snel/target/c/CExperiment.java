package snel.target.c;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.ir.protocol.Action;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Parts;
import snel.ir.protocol.ReadOut;
import snel.ir.protocol.Term;
import snel.target.Link;

/// Writes one experiment: its network, and its protocol.
final class CExperiment {
  private static final String PREFIX = "net_";

  private final Experiment experiment;
  private final CModule module;
  private final CTables tables = new CTables();
  private final Lines functions = new Lines();
  private final List<ReadOut> readOuts;
  private final List<String> archives;
  private final CTerms terms;

  /// @param readOuts those that some experiment of the chain does something with
  CExperiment(Link link, Set<String> readOuts, CArchives archives) {
    this.archives = archives.rows();
    this.experiment = link.experiment();
    this.module = new CModule(link.program(), PREFIX);
    this.readOuts =
        experiment.readOuts().stream().filter(each -> readOuts.contains(each.name())).toList();
    List<String> names = this.readOuts.stream().map(ReadOut::name).toList();
    this.terms = new CTerms(new CView(module, tables), tables, names, functions);
  }

  /// Name of the C variable that describes an experiment, and of its file.
  static String name(Experiment experiment) {
    return "experiment_" + CText.plain(experiment.name());
  }

  /// Names of the read-outs that an experiment does something with.
  static Set<String> readOuts(Experiment experiment) {
    Set<String> names = new LinkedHashSet<>();
    Parts.eachAction(experiment.body(), action -> readOut(action).ifPresent(names::add));
    Parts.eachTerm(experiment, (term, _) -> readOut(term).ifPresent(names::add));
    return names;
  }

  private static Optional<String> readOut(Action action) {
    return action instanceof Action.Fit(String fitted, _, _)
        ? Optional.of(fitted)
        : action instanceof Action.Score(String scored, _, _, _)
            ? Optional.of(scored)
            : Optional.empty();
  }

  private static Optional<String> readOut(Term term) {
    return term instanceof Term.Label(String asked)
        ? Optional.of(asked)
        : term instanceof Term.ReadOut(String asked) ? Optional.of(asked) : Optional.empty();
  }

  String text(String head) {
    String network = module.code();
    String description = terms.view().text();
    CProtocol protocol = new CProtocol(terms, functions, experiment.slots());
    String statements = protocol.text(experiment);
    List<String> rows = new ArrayList<>();
    readOuts.forEach(readOut -> rows.add(row(readOut)));
    String spot = tables.spot(experiment.place());
    return "/* Experiment %s on network %s, translated by Snel. */\n"
            .formatted(comment(experiment.name()), comment(experiment.network()))
        + head
        + "\n"
        + module.declarations()
        + network
        + tables.text()
        + "\n"
        + description
        + functions
        + statements
        + end(spot, rows, protocol.slots());
  }

  private String row(ReadOut readOut) {
    return ("{.name = %s, .kind = SNEL_%s, .features = %s, .ties = %s, .inputs = %d, .classes = %d,"
            + " .penalty = %s},")
        .formatted(
            CText.quote(readOut.name()),
            readOut.kind(),
            terms.function(readOut.features()),
            readOut.ties().map(terms::function).orElse("NULL"),
            readOut.inputs(),
            readOut.classes(),
            CLiteral.real(readOut.penalty()));
  }

  private Lines end(String spot, List<String> readOutRows, int slots) {
    Lines lines = new Lines();
    String list = list(lines, "static snel_readout", "snel_my_readout", readOutRows);
    List<String> archiveRows = archives.stream().map(row -> "{" + row + "},").toList();
    String saved = list(lines, "static const snel_archive", "snel_my_archive", archiveRows);
    lines.add("extern const snel_experiment " + name(experiment) + ";");
    lines.add("const snel_experiment " + name(experiment) + " = {");
    lines.add("    .name = " + CText.quote(experiment.name()) + ",");
    lines.add("    .spot = " + spot + ",");
    lines.add("    .build = snel_my_build,");
    lines.add("    .prepare = snel_my_prepare,");
    lines.add("    .protocol = snel_my_protocol,");
    lines.add("    .slots = " + slots + ",");
    lines.add("    .readouts = " + readOutRows.size() + ",");
    lines.add("    .readout = " + list + ",");
    lines.add("    .archives = " + archiveRows.size() + ",");
    lines.add("    .archive = " + saved + ",");
    lines.add("    .anew = " + experiment.anew() + "};");
    return lines;
  }

  /// The name of a list, which is written if there is anything in it.
  private static String list(Lines lines, String type, String name, List<String> rows) {
    if (rows.isEmpty()) {
      return "NULL";
    }
    lines.add(type + " " + name + "[] = {");
    rows.forEach(row -> lines.add("    " + row));
    lines.add("};").add("");
    return name;
  }

  private static String comment(String text) {
    return text.replace("*/", "* /");
  }
}
