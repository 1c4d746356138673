/// Lives here: training by gradients as passes over the kernel IR: reverse-mode differentiation,
/// losses, optimisers.
///
/// May import: ir, pass.
@NullMarked
package snel.gradient;

import org.jspecify.annotations.NullMarked;
