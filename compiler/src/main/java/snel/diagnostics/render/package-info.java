/// Lives here: diagnostics as text with carets and as JSON. May import: snel.diagnostics,
/// snel.source.
@NullMarked
package snel.diagnostics.render;

import org.jspecify.annotations.NullMarked;
