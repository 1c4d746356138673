/// Lives here: the documented contract that generated code meets. May import: nothing of Snel.
@NullMarked
package snel.runtime.kernel;

import org.jspecify.annotations.NullMarked;
