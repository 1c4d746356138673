package snel.syntax;

import snel.source.Span;

/// What stands in the body of a `deployment`.
public sealed interface DeploymentItem extends Node {

  /// `quantise what to type`.
  record Quantise(Reference what, Type type, Span span) implements DeploymentItem {}

  /// `target name(…)`.
  record Target(Rule target, Span span) implements DeploymentItem {}

  /// `verify level on data`.
  record Verify(Name level, Expression data, Span span) implements DeploymentItem {}
}
