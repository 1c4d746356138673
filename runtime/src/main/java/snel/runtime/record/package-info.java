/// Lives here: the folder of a run, with its recordings as they grow, its manifest and its result.
/// May import: `runtime.data` (NPY), `runtime.file`.
@NullMarked
package snel.runtime.record;

import org.jspecify.annotations.NullMarked;
