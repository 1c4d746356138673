/// Lives here: connection rules (semantics.md §10): who is joined to whom, as compressed rows, and
/// orders of the synapses by delay and by target.
///
/// Indices are local to the two ends of a projection, 0 to n - 1 within the slice that it joins; so
/// are the coordinates of the draws. Adding neurons outside a slice changes no synapse of it.
///
/// Everything is streamed into arrays of primitives: besides the result no rule needs more than a
/// few rows, but for a fixed total without multapses, which must remember its pairs. The C run-time
/// library (`snel_connect`) has a twin of each.
///
/// May import: `snel.runtime.rng`.
@NullMarked
package snel.runtime.connect;

import org.jspecify.annotations.NullMarked;
