package snel.target.jvm;

import java.util.List;
import snel.ir.Buffer;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// A loop in vectors without what tells it from others of its kind: its arrays and the values that
/// all its iterations share are parameters. Loops of one shape run in one method, which the
/// just-in-time compiler then compiles once.
///
/// @param stmt a [Stmt.Loop] or [Stmt.Collect] over [#INDEX] from where it stands to [#LIMIT]
/// @param lanes how many iterations are done at once
record LoopShape(Stmt stmt, List<Buffer> arrays, List<FreeLocals.Local> parameters, int lanes) {
  static final String INDEX = "$i";
  static final String LIMIT = "$limit";

  /// How many indices a [Stmt.Collect] has listed so far.
  static final String COUNT = "$count";

  /// Bits of the lanes that a [Stmt.Collect] lists whether its condition holds or not: none, but in
  /// a warm-up, for code that has never listed anything would be compiled as code that never does.
  /// Where lanes are listed together, those from the loop's index on.
  static final String ALSO = "$also";

  /// More slots than this cannot be parameters of a method.
  private static final int MOST_SLOTS = 250;

  LoopShape {
    arrays = List.copyOf(arrays);
    parameters = List.copyOf(parameters);
  }

  boolean collects() {
    return stmt instanceof Stmt.Collect;
  }

  boolean fitsMethod() {
    int slots = arrays.size() + 5;
    for (FreeLocals.Local parameter : parameters) {
      slots += JvmType.of(parameter.type()).slots;
    }
    return slots <= MOST_SLOTS;
  }

  /// Arrays, parameters, the count of a collection and what it lists anyway, first index, limit; a
  /// collection gives back its count.
  String descriptor() {
    StringBuilder text = new StringBuilder("(");
    arrays.forEach(array -> text.append(ArrayType.of(array.cell()).descriptor));
    parameters.forEach(local -> text.append(JvmType.of(local.type()).descriptor));
    text.append(collects() ? "IJII)I" : "II)V");
    return text.toString();
  }

  static FreeLocals.Local local(String name, Scalar type) {
    return new FreeLocals.Local(name, type);
  }
}
