/// Lives here: what of a step need not be done where spikes are known, or is done for many steps
/// before.
///
/// May import: ir, ir.protocol.
@NullMarked
package snel.recall;

import org.jspecify.annotations.NullMarked;
