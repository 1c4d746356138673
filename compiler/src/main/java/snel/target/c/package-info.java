/// Lives here: the C target: a program as C11 text that needs a C compiler and libm, nothing else.
///
/// May import: ir, target, diagnostics; of the runtime, the tables of connection rules.
@NullMarked
package snel.target.c;

import org.jspecify.annotations.NullMarked;
