package snel.syntax;

import java.util.List;
import snel.source.Span;

/// A named choice with arguments: a connection rule (`all`, `fixed_total(n, multapses)`), the
/// synapse of a projection, the source of a `drive`, an integration or training method, a target.
public record Rule(QualifiedName name, List<Argument> arguments, Span span) implements Node {}
