/// Lives here: source text and positions in it. May import: nothing of Snel.
@NullMarked
package snel.source;

import org.jspecify.annotations.NullMarked;
