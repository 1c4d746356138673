package snel.testing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/// Draws that make up a random program, always the same for the same seed.
final class Dice {
  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int below(int limit) {
    return random.nextInt(limit);
  }

  /// A whole number, both ends included.
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T any(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// A decimal number with two digits after the point.
  String number(double low, double high) {
    long hundredths = Math.round(100 * (low + random.nextDouble() * (high - low)));
    return BigDecimal.valueOf(hundredths, 2).stripTrailingZeros().toPlainString();
  }
}
