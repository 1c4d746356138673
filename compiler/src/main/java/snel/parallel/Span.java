package snel.parallel;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.Kernel;

/// Several steps that each part does on its own, as many as the shortest delay has.
///
/// A step then has a near half, what a part does for its own neurons, and a far half, what it does
/// with the spikes of all. A part does the far half of each step of a span after the near halves of
/// all, when the other parts have done theirs, too. What of the far half comes first in a step
/// (*head*) reads the spikes of the step before; the rest is the *tail*. So a span of three steps
/// is `head near near near | tail head tail head tail`, with one wait for all others.
///
/// @param most steps of a span
/// @param parts what each of them does
/// @param found by any part goes into these buffers of the program
/// @param longer buffers of spikes waiting to be recorded, and how many more elements they need
public record Span(int most, List<Part> parts, List<Kernel> found, Map<Buffer, Long> longer) {
  public Span {
    parts = List.copyOf(parts);
    found = List.copyOf(found);
    longer = Map.copyOf(longer);
  }

  /// The kernels that one thread does.
  List<Kernel> byFirst() {
    return Stream.concat(found.stream(), parts.stream().map(Part::forget)).toList();
  }

  /// @param stop not 0 if the part has found something wrong in the step that it did last
  /// @param forget lets it have found nothing
  public record Part(
      List<Kernel> head, List<Kernel> near, List<Kernel> tail, Buffer stop, Kernel forget) {
    public Part {
      head = List.copyOf(head);
      near = List.copyOf(near);
      tail = List.copyOf(tail);
    }

    List<Kernel> kernels() {
      return Stream.of(head, near, tail).flatMap(List::stream).toList();
    }
  }
}
