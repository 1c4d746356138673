/// Lives here: resolved mathematical expressions of models in coherent units, and what can be
/// proven and computed about them: folding, differentiation, linearity, matrix exponentials.
///
/// May import: types, units, source.
@NullMarked
package snel.math;

import org.jspecify.annotations.NullMarked;
