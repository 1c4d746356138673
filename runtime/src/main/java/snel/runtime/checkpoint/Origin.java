package snel.runtime.checkpoint;

/// What a checkpoint belongs to: only a program of equal source and meaning may go on from it.
///
/// @param semantics the version of the language's meaning
/// @param sourceSha256 of all source that the experiment needs
/// @param experiment its name
/// @param key the hash of source, parameters, seed and data (`RunKey`)
public record Origin(int semantics, String sourceSha256, String experiment, String key) {}
