/// Lives here: what a program means once one network is elaborated for one experiment: concrete
/// populations, projections and models with resolved expressions, no sugar and no templates.
///
/// May import: types, math, units, source.
@NullMarked
package snel.model;

import org.jspecify.annotations.NullMarked;
