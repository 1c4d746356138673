package snel.ir;

/// A named array. Names are dotted paths (`E.v`, `feed.w`, `E.exc.ring`); buffers start as zeros.
public record Buffer(String name, Cell cell, Length length, Role role) {
  /// Whether state hashes and checkpoints hold this buffer.
  public boolean isState() {
    return role == Role.STATE || role == Role.PLASTIC || role == Role.QUEUE;
  }

  /// Whether `reset all` zeroes this buffer before its kernels run.
  public boolean isCleared() {
    return role == Role.STATE || role == Role.QUEUE;
  }
}
