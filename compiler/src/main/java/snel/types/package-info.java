/// Lives here: types of values, shapes, signatures, and how they are made to agree. May import:
/// snel.units.
@NullMarked
package snel.types;

import org.jspecify.annotations.NullMarked;
