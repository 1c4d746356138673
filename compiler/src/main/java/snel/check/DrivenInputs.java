package snel.check;

import java.util.Set;
import java.util.stream.Collectors;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Argument;
import snel.syntax.Clause;
import snel.syntax.Connect;

/// An input of a synapse gets its value where the synapse is used, or from something that is
/// connected to it. E0502.
final class DrivenInputs {
  private DrivenInputs() {}

  static void check(
      Context context, Connect connect, SynapseModel synapse, Clause.SynapseModel at) {
    Set<String> given =
        at.model().arguments().stream()
            .map(Argument::name)
            .filter(java.util.Objects::nonNull)
            .map(name -> name.text())
            .collect(Collectors.toSet());
    for (Symbol input : synapse.variables().values()) {
      boolean driven =
          input.role() != Role.INPUT
              || input.definition().isPresent()
              || given.contains(input.name())
              || connect.alias() != null
                  && context
                      .models()
                      .driving()
                      .reaches(connect.alias().name().text(), input.name());
      if (!driven) {
        var diagnostic =
            Diagnostic.of(
                Code.NOT_DRIVEN,
                "`" + input.name() + "` of `" + synapse.name() + "` is not driven",
                at.model().name().span(),
                "nothing gives it a value");
        context.report(
            Context.labelled(diagnostic, input.span(), "declared here")
                .help(
                    "write `synapse "
                        + synapse.name()
                        + "("
                        + input.name()
                        + ": …)`, or connect"
                        + " something to it"));
      }
    }
  }
}
