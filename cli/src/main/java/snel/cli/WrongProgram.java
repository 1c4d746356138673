package snel.cli;

/// The program has errors, which have been shown.
final class WrongProgram extends RuntimeException {}
