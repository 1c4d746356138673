/// Lives here: how a step is divided between threads, each of which owns some of the targets.
///
/// May import: ir.
@NullMarked
package snel.parallel;

import org.jspecify.annotations.NullMarked;
