package snel.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.source.Span;

/// `readout name : Kind(source, options…)`.
///
/// @param source population path
/// @param member what is read of it: `count`, `v`, `spiked`, `first_spike`, or a filter
/// @param options numbers and words given by name
public record Readout(
    String name,
    String kind,
    Optional<Slice> source,
    String member,
    Map<String, Double> numbers,
    Map<String, String> words,
    List<String> notes,
    Span span) {
  /// The same of other neurons.
  public Readout from(Optional<Slice> other) {
    return new Readout(name, kind, other, member, numbers, words, notes, span);
  }
}
