/// Lives here: read-outs, which turn the response of a population to one presentation into a class,
/// and the tally of their answers. May import: `runtime.data` (for problems with labels).
@NullMarked
package snel.runtime.readout;

import org.jspecify.annotations.NullMarked;
