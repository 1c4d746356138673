/// Lives here: the text form of the IR, printed by [ProgramPrinter] and read back by
/// [ProgramReader]: for dumps between passes and for tests of text against text.
///
/// Kernels have a small language of their own; everything else (build steps, the directory) is
/// written as records: `Fill(buffer: @E.v, values: [-60.0])`.
///
/// May import: ir, diagnostics.
@NullMarked
package snel.ir.text;

import org.jspecify.annotations.NullMarked;
