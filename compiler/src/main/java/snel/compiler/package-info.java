/// Lives here: the compiler's public face and its list of passes.
///
/// May import: all compiler rooms, runtime (for what is drawn when compiled).
@NullMarked
package snel.compiler;

import org.jspecify.annotations.NullMarked;
