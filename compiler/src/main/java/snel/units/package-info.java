/// Lives here: exact numbers, dimensions with rational exponents, units. May import: nothing of
/// Snel.
@NullMarked
package snel.units;

import org.jspecify.annotations.NullMarked;
