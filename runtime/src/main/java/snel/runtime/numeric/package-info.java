/// Lives here: the arithmetic of semantics.md §3 and §11–§13 that generated code calls: functions
/// of `f32` ([F32]) and `f64` ([F64]), fixed point ([Fixed]) and strided reductions ([Reduce]).
/// Static methods on primitives, which allocate nothing.
///
/// The C run-time library (`snel/target/c` in the compiler) has a twin of each, equal bit for bit.
///
/// May import: nothing of Snel.
@NullMarked
package snel.runtime.numeric;

import org.jspecify.annotations.NullMarked;
