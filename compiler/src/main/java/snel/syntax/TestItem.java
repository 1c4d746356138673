package snel.syntax;

import java.util.List;
import snel.source.Span;

/// What stands in the body of a `test`: every [Statement], the parts of a network, and `expect
/// error`.
public sealed interface TestItem extends Node
    permits Statement,
        Connect,
        NetworkItem.Population,
        NetworkItem.Part,
        NetworkItem.Drive,
        NetworkItem.Readout,
        TestItem.ExpectError {

  /// `expect error CODE { declarations }`: what the compiler must refuse, and by which code.
  record ExpectError(Name code, List<Declaration> declarations, Span span) implements TestItem {}
}
