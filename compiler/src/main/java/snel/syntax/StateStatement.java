package snel.syntax;

import java.util.List;
import snel.source.Span;

/// Statements that hold, restore, save and load what the network has learnt.
public sealed interface StateStatement extends Statement {

  /// `freeze what`.
  record Freeze(Selection what, Span span) implements StateStatement {}

  /// `unfreeze what`.
  record Unfreeze(Selection what, Span span) implements StateStatement {}

  /// `reset what`.
  record Reset(Selection what, Span span) implements StateStatement {}

  /// `checkpoint`.
  record Checkpoint(Span span) implements StateStatement {}

  /// `save what`.
  record Save(Expression what, Span span) implements StateStatement {}

  /// `load what`.
  record Load(Expression what, Span span) implements StateStatement {}

  /// `all [except ref, …]`, then `references` are the exceptions; or `ref, …`.
  record Selection(boolean all, List<Reference> references, Span span) implements Node {}
}
