package snel.lower;

import snel.ir.Expr;
import snel.math.Kind;

/// A lowered expression and the number kind it stands for (a fixed-point value is a raw `I64`).
record Typed(Expr expr, Kind kind) {}
