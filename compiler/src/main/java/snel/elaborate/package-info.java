/// Lives here: from the checked syntax tree to the model: constants are evaluated, templates filled
/// in, compile-time loops unrolled, until one concrete network of known size is left.
///
/// May import: source, diagnostics, syntax, resolve, units, types, math, model.
@NullMarked
package snel.elaborate;

import org.jspecify.annotations.NullMarked;
