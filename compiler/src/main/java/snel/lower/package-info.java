/// Lives here: from the elaborated model to the IR: which buffers exist, which kernels run in which
/// phase, where each variable lives and which integrator each equation gets.
///
/// May import: model, ir, math, types, units, source.
@NullMarked
package snel.lower;

import org.jspecify.annotations.NullMarked;
