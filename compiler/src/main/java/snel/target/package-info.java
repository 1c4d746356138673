/// Lives here: what targets translate ([Link]), what they make of it ([Artifact]) and what they
/// refuse ([Refusal]). A target never sees another one.
///
/// May import: ir.
@NullMarked
package snel.target;

import org.jspecify.annotations.NullMarked;
