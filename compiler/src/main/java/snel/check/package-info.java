/// Lives here: the rules of the language that need no sizes and no values, one rule a file.
/// [Checker] is the way in.
///
/// May import: source, diagnostics, syntax, parse, units, types, math, model, resolve.
@NullMarked
package snel.check;

import org.jspecify.annotations.NullMarked;
