package snel.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// `connect source, … -> target, … [as name] rule clauses`. The clauses are in the order written; a
/// second one of a kind is dropped after it has been reported.
public record Connect(
    List<Reference> sources,
    List<Reference> targets,
    @Nullable IndexedName alias,
    Rule rule,
    List<Clause> clauses,
    String documentation,
    Span span)
    implements NetworkItem, TestItem {}
