/// Lives here: passes over the IR, one small class each, from program to equal program.
///
/// May import: ir, math, diagnostics, recall.
@NullMarked
package snel.pass;

import org.jspecify.annotations.NullMarked;
