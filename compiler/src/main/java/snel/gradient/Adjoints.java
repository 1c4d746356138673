package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Scalar;

/// For each buffer that derivatives pass through one that holds them, element by element.
final class Adjoints {
  /// What the name of a derivative begins with.
  static final String PREFIX = "gradient.";

  private final Scalar real;
  private final int samples;
  private final Set<Buffer> weights;
  private final Map<Buffer, Buffer> made = new LinkedHashMap<>();

  /// @param weights whose derivatives are added up over all samples of a batch
  /// @param samples how many are gone back over side by side, each with derivatives of its own
  Adjoints(Scalar real, Set<Buffer> weights, int samples) {
    this.real = real;
    this.samples = samples;
    this.weights = weights;
  }

  Scalar real() {
    return real;
  }

  Cell cell() {
    return real == Scalar.F32 ? Cell.F32 : Cell.F64;
  }

  Buffer of(Buffer buffer) {
    return made.computeIfAbsent(
        buffer,
        b ->
            weights.contains(b)
                ? new Buffer(PREFIX + b.name(), cell(), b.length(), Role.PARAMETER)
                : new Buffer(PREFIX + b.name(), cell(), ofAll(b.length()), Role.SCRATCH));
  }

  private Length ofAll(Length length) {
    return length instanceof Length.Fixed(long count) ? Length.of(samples * count) : length;
  }

  List<Buffer> all() {
    return new ArrayList<>(made.values());
  }

  /// Those that a sample begins with at 0.
  List<Buffer> ofStates() {
    return made.entrySet().stream()
        .filter(entry -> !weights.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
