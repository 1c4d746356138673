package snel.parse;

import java.util.List;
import snel.grammar.SnnParser.EventNameContext;
import snel.grammar.SnnParser.NameContext;
import snel.grammar.SnnParser.NamesContext;
import snel.grammar.SnnParser.QualifiedNameContext;
import snel.syntax.EventName;
import snel.syntax.Name;
import snel.syntax.QualifiedName;

/// Builds names.
final class NameTrees {
  private final Origin origin;

  NameTrees(Origin origin) {
    this.origin = origin;
  }

  Name name(NameContext context) {
    return new Name(context.getStart().getText(), origin.span(context));
  }

  List<Name> names(List<NameContext> contexts) {
    return contexts.stream().map(this::name).toList();
  }

  List<Name> names(NamesContext context) {
    return names(context.name());
  }

  QualifiedName qualified(QualifiedNameContext context) {
    return new QualifiedName(names(context.name()), origin.span(context));
  }

  EventName event(EventNameContext context) {
    return new EventName(names(context.name()), origin.span(context));
  }
}
