/// Lives here: what is said to the author of a program. May import: snel.source.
@NullMarked
package snel.diagnostics;

import org.jspecify.annotations.NullMarked;
