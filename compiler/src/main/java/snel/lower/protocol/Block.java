package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where statements stand: their names, the loop around them, the protocols being put in place.
///
/// @param inTimer whether it is the code of an `every` or `after`, in which the network cannot run
record Block(Work work, Frame frame, @Nullable Loop loop, boolean inTimer, List<String> protocols) {
  Block {
    protocols = List.copyOf(protocols);
  }

  static Block of(Work work, Frame frame) {
    return new Block(work, frame, null, false, List.of());
  }

  ExpressionReader reader() {
    return new ExpressionReader(work, frame);
  }

  Optional<Loop> innermost() {
    return Optional.ofNullable(loop);
  }

  Block inner() {
    return new Block(work, frame.inner(), loop, inTimer, protocols);
  }

  Block in(Loop other) {
    return new Block(work, frame.inner(), other, inTimer, protocols);
  }

  Block timer() {
    return new Block(work, frame.inner(), null, true, protocols);
  }

  /// Whether statements are carried out once in an experiment.
  boolean isOnce() {
    return loop == null && !inTimer && protocols.isEmpty();
  }

  /// The inside of a protocol, which sees the network and its parameters only.
  Block protocol(String name, Frame inside) {
    var names = new java.util.ArrayList<>(protocols);
    names.add(name);
    return new Block(work, inside, null, inTimer, names);
  }
}
