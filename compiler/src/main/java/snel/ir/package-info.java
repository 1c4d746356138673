/// Lives here: the target-neutral intermediate representation. A [Program] is a set of typed
/// [Buffer]s, an ordered list of [Build] steps that fill them, [Kernel]s over them, and lists that
/// say which kernels run when: every step, at reset, at presentation hooks. What the experiment
/// does with the program is in `snel.ir.protocol`.
///
/// Everything with a meaning in semantics.md is explicit here (fused multiply-adds, order of sums,
/// random-number counters), so a target translates statement by statement and adds nothing.
///
/// May import: math, types, units, source.
@NullMarked
package snel.ir;

import org.jspecify.annotations.NullMarked;
