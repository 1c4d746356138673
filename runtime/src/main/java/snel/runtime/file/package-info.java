/// Lives here: writing files so that a killed process leaves either the old or the new content, and
/// the sentence for what the machine refuses. May import: nothing of Snel.
@NullMarked
package snel.runtime.file;

import org.jspecify.annotations.NullMarked;
