/// Lives here: the line that shows a person how far a run is. May import: `runtime.run` (for what
/// it watches).
@NullMarked
package snel.runtime.progress;

import org.jspecify.annotations.NullMarked;
