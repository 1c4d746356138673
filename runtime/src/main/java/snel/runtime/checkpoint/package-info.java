/// Lives here: checkpoints, named arrays in one file that is whole or not there, from which a
/// killed run goes on to the same bits. May import: `runtime.data`, `runtime.file`,
/// `runtime.record` (JSON).
@NullMarked
package snel.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
