package snel.source;

/// A named piece of source text. `name` is what diagnostics print (a path as the user gave it, or
/// `std/...`).
public record SourceFile(String name, String text) {}
