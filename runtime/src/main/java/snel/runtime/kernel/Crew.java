package snel.runtime.kernel;

import java.util.function.IntConsumer;

/// Does what is divided into pieces, in whichever order and in as many threads as it has.
@FunctionalInterface
public interface Crew {
  /// One thread.
  Crew ALONE =
      (pieces, work) -> {
        for (int piece = 0; piece < pieces; piece++) {
          work.accept(piece);
        }
      };

  /// Does all pieces; returns when they are done.
  ///
  /// @param work of a piece, the number of which it is given
  void all(int pieces, IntConsumer work);
}
