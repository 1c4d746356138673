/// Lives here: one run of one experiment in its folder: recordings, checkpoints, the state that
/// later experiments start from, and how it ended.
///
/// May import: schedule, record, checkpoint, report, data, file, kernel.
@NullMarked
package snel.runtime.run;

import org.jspecify.annotations.NullMarked;
