/// Lives here: which file a name comes from: imports, packages, the declarations of a file.
///
/// May import: source, diagnostics, syntax, parse, units, types, math.
@NullMarked
package snel.resolve;

import org.jspecify.annotations.NullMarked;
