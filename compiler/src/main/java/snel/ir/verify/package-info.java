/// Lives here: the checks that hold between compiler stages. A program that [ProgramVerifier]
/// refuses is a fault of the compiler, never of the author.
///
/// May import: ir, ir.text, diagnostics.
@NullMarked
package snel.ir.verify;

import org.jspecify.annotations.NullMarked;
