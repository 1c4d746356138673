/// Lives here: what every target is ([Target]) and what it makes ([Artifact]). A target never sees
/// another one.
///
/// May import: ir.
@NullMarked
package snel.target;

import org.jspecify.annotations.NullMarked;
