/// Lives here: the JVM target. Kernels become static methods of hidden classes whose buffers are
/// primitive arrays in static final fields; see docs/internals/jvm-target.md.
///
/// May import: ir, target, recall, diagnostics, and of the runtime what generated code meets.
@NullMarked
package snel.target.jvm;

import org.jspecify.annotations.NullMarked;
