/// Lives here: the compiler's public face and its list of passes.
///
/// May import: all compiler rooms.
@NullMarked
package snel.compiler;

import org.jspecify.annotations.NullMarked;
