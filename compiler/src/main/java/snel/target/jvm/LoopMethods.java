package snel.target.jvm;

import snel.ir.Expr;
import snel.ir.Stmt;

/// Takes loops out of the method that is being emitted, where that makes them faster.
interface LoopMethods {
  /// Emits a call of methods that do the loop; false if it should be emitted in place.
  boolean emit(Stmt.Loop loop);

  /// Emits a call of a method that does the collection; false if it should be emitted in place.
  boolean emit(Stmt.Collect collect);

  /// Whether words are drawn where they are looked at, not before.
  boolean areDrawnLater(Stmt.Words words);

  /// Whether words are to be drawn in vectors.
  boolean areVectors(Stmt.Words words);

  /// Pushes what words are drawn by: the keys of all rounds where they are drawn in vectors, else
  /// the seed and the stream.
  void pushKeys(Stmt.Words words, Expr stream);

  /// Emits the call that turns words into what is drawn by them, after the array and the range.
  void callDraw(Stmt.Words words);

  /// Emits the call that adds rows of bits up, after its arguments; of
  /// [snel.runtime.kernel.BitRows] or its form in vectors.
  void callAddBits(Stmt.AddBits add);
}
