package snel.gradient;

import java.util.ArrayList;
import java.util.List;

/// Collects why a program cannot be differentiated, each reason once.
final class Reasons {
  private final List<Reason> all = new ArrayList<>();
  private String kernel = "";

  /// What follows is found in this kernel.
  void at(String name) {
    kernel = name;
  }

  void add(String what) {
    Reason reason = new Reason(kernel, what);
    if (!all.contains(reason)) {
      all.add(reason);
    }
  }

  List<Reason> all() {
    return List.copyOf(all);
  }
}
