/// Lives here: what an experiment does with a network. An [Experiment] is a tree of [Action]s over
/// typed [Term]s; names of the network are paths into [snel.ir.Directory], variables are numbered
/// slots, protocols are inlined, durations are whole steps. Arithmetic is exact 64-bit integers and
/// IEEE doubles; quantities are in the stored (coherent) units of semantics.md §11 and carry the
/// author's unit only where they are shown.
///
/// May import: ir, source.
@NullMarked
package snel.ir.protocol;

import org.jspecify.annotations.NullMarked;
