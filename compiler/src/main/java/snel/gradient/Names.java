package snel.gradient;

import snel.ir.Expr;
import snel.ir.Scalar;

/// Gives out names for locals that nothing else has. What follows the point is dropped when
/// [snel.pass.NameLocals] numbers them.
final class Names {
  private int given;

  String fresh(String name) {
    int point = name.indexOf('.');
    return (point < 0 ? name : name.substring(0, point)) + "." + given++;
  }

  Expr.Read local(String name, Scalar type) {
    return new Expr.Read(fresh(name), type);
  }
}
