/// Lives here: the translation of protocols ([snel.ir.protocol]) and of a program's directory into
/// what the run-time machine runs ([snel.runtime.schedule]).
///
/// May import: ir, runtime.
@NullMarked
package snel.target.jvm.protocol;

import org.jspecify.annotations.NullMarked;
