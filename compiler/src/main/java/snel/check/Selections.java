package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.syntax.Reference;
import snel.syntax.StateStatement;
import snel.types.Type;

/// `freeze`, `unfreeze` and `reset` act on projections, populations and states. E0510.
final class Selections {
  private static final Set<Role> HOLDABLE =
      Set.of(
          Role.STATE,
          Role.WEIGHT,
          Role.DELAY,
          Role.POPULATION,
          Role.PROJECTION,
          Role.PART,
          Role.READOUT);

  private static final Pattern FILE = Pattern.compile("[A-Za-z_][\\w./-]*");

  private final Context context;
  private final Scope scope;

  Selections(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  void check(StateStatement statement) {
    switch (statement) {
      case StateStatement.Freeze(var what, _) -> selection(what, "`freeze`");
      case StateStatement.Unfreeze(var what, _) -> selection(what, "`unfreeze`");
      case StateStatement.Reset(var what, _) -> selection(what, "`reset`");
      case StateStatement.Checkpoint _ -> {}
      case StateStatement.Save(var what, _) -> file(what, "`save`");
      case StateStatement.Load(var what, _) -> {
        if (what instanceof Expression.Call call) {
          if (!Refusals.isConversion(what)) {
            ConversionFiles.check(context, scope, call);
          }
        } else {
          file(what, "`load`");
        }
      }
    }
  }

  /// `save "weights.npz"`: what is named is a file; all weights and plastic states go there.
  private void file(Expression what, String word) {
    if (isNameWithoutQuotes(what)) {
      String name = what.span().text();
      String quoted = "\"" + (name.contains(".") ? name : name + ".npz") + "\"";
      context.report(
          Diagnostic.of(
                  Code.WRONG_KIND,
                  "the name of a file stands in quotation marks",
                  what.span(),
                  "no text")
              .fix("write `" + quoted + "`", what.span(), quoted));
      return;
    }
    Type type = context.in(scope).resolved(what);
    if (!(type instanceof Type.Text) && !Wording.isOpen(type)) {
      context.report(
          Diagnostic.of(
                  Code.WRONG_KIND,
                  word
                      + " wants the name of a file, but `"
                      + Wording.text(what.span())
                      + "` is "
                      + Wording.described(type),
                  what.span(),
                  "no text")
              .help("write " + word.substring(0, word.length() - 1) + " \"weights.npz\"`"));
    }
  }

  /// `weights.npz`, `out/weights.npz`, of words that nothing declares.
  private boolean isNameWithoutQuotes(Expression what) {
    List<Expression> known = new ArrayList<>();
    Parts.each(
        what,
        part -> {
          if (part instanceof Expression.Variable(var name, _)
              && scope.find(name.text()).isPresent()) {
            known.add(part);
          }
        });
    return known.isEmpty() && FILE.matcher(what.span().text()).matches();
  }

  private void selection(StateStatement.Selection selection, String word) {
    for (Reference reference : selection.references()) {
      if (nothingThere(reference, word)) {
        continue;
      }
      Optional<Symbol> symbol = new References(context, scope).symbol(reference);
      boolean trace = symbol.filter(s -> s.role() == Role.TRACE).isPresent();
      Type type = (trace ? context.silent() : context).in(scope).resolved(reference);
      if (symbol.isEmpty()
          || HOLDABLE.contains(symbol.get().role())
          || type instanceof Things.Cells) {
        continue;
      }
      var diagnostic =
          Diagnostic.of(
              Code.NOT_A_STATE,
              word
                  + " wants a projection or a state, but `"
                  + Wording.text(reference.span())
                  + "` is "
                  + symbol.get().role().words(),
              reference.span(),
              "no state");
      context.report(Context.labelled(diagnostic, symbol.get().span(), "declared here"));
    }
  }

  /// Without a synapse of its own a projection has its weight and nothing else. E0519.
  private boolean nothingThere(Reference reference, String word) {
    if (!(reference instanceof Expression.Member(var owner, var name, _))
        || !(context.in(scope).resolved(owner) instanceof Things.Wires(var model, _))
        || model.isPresent()
        || name.text().equals("w")) {
      return false;
    }
    boolean meant = name.text().equals("weight") || name.text().equals("weights");
    Diagnostic diagnostic =
        Diagnostic.of(
                Code.NOTHING_TO_LEARN,
                "`"
                    + Wording.text(owner.span())
                    + "` has no `"
                    + name.text()
                    + "` that "
                    + word
                    + " could act on",
                reference.span(),
                "not there")
            .note("without a `synapse` it has its weight `w` and nothing else");
    context.report(meant ? diagnostic.fix("write `w`", name.span(), "w") : diagnostic);
    return true;
  }
}
