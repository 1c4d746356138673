package snel.ir.protocol;

/// Where a statement stands, for messages of a running program.
///
/// @param file as diagnostics print it
/// @param line from 1
/// @param text the statement as written, on one line
public record Place(String file, int line, String text) {}
