package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.syntax.Reference;

/// What `record` names. Neurons are picked before the dot: `E[0].v`, synapses by both of their
/// neurons. E0217.
record Recordings(Context context, Scope scope) {

  void check(Reference reference) {
    if (!(reference instanceof Expression.Index index
        && index.owner() instanceof Expression.Member member
        && context.silent().in(scope).resolved(member.owner()) instanceof Things.Cells)) {
      Optional<Symbol> trace =
          new References(context, scope).symbol(reference).filter(s -> s.role() == Role.TRACE);
      trace.ifPresentOrElse(
          t -> context.report(unread(reference, t)), () -> context.in(scope).type(reference));
      synapsesOfRows(reference);
      return;
    }
    String text = reference.span().file().text();
    String right =
        text.substring(member.owner().span().start(), member.owner().span().end())
            + text.substring(member.span().end(), index.span().end())
            + "."
            + member.name().text();
    context.in(scope).type(member);
    context.report(
        Diagnostic.of(
                Code.WRONG_KIND,
                "neurons are picked before the `.`, not behind `" + member.name().text() + "`",
                reference.span(),
                "of which neurons?")
            .fix("write `" + right + "`", reference.span(), right));
  }

  private void synapsesOfRows(Reference reference) {
    if (reference
            instanceof Expression.Index(Expression.Member(var owner, var name, _), var indices, _)
        && indices.size() == 1
        && context.silent().in(scope).resolved(owner) instanceof Things.Wires) {
      String rows = Wording.text(indices.getFirst().span());
      String right = Wording.text(owner.span()) + "." + name.text() + "[" + rows + ", ..]";
      context.report(
          Diagnostic.of(
                  Code.WRONG_KIND,
                  "synapses are picked by their source and their target",
                  reference.span(),
                  "of which targets?")
              .fix("write `" + right + "` for all targets", reference.span(), right));
    }
  }

  private static Diagnostic unread(Reference reference, Symbol trace) {
    return Context.labelled(
        Diagnostic.of(
                Code.WRONG_KIND,
                "`" + Wording.text(reference.span()) + "` is a trace, which cannot be recorded",
                reference.span(),
                "no state")
            .help("to see it, give the synapse a state with the same equation"),
        trace.span(),
        "declared here");
  }
}
