package snel.ir.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Collects what is wrong, each with the place it was found in.
final class Violations {
  private final List<String> found = new ArrayList<>();
  private String place = "program";

  /// Says where the following violations are.
  void at(String place) {
    this.place = place;
  }

  void add(String message) {
    found.add(place + ": " + message);
  }

  /// Adds the message unless `condition` holds; returns the condition.
  boolean require(boolean condition, String message) {
    if (!condition) {
      add(message);
    }
    return condition;
  }

  /// The same where the message is long to put together, which it is only if it is wanted.
  boolean require(boolean condition, Supplier<String> message) {
    if (!condition) {
      add(message.get());
    }
    return condition;
  }

  List<String> all() {
    return List.copyOf(found);
  }
}
