package snel.syntax;

/// Which of the two neurons of a synapse something belongs to: `of pre`, `of post`.
public enum Side {
  PRE,
  POST
}
