/// Lives here: resolved expressions as text.
///
/// May import: math, types, units, source.
@NullMarked
package snel.math.text;

import org.jspecify.annotations.NullMarked;
