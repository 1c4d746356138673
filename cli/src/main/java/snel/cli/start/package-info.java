/// What makes the command start quickly: its jars rewritten, and the run that a cache of classes is
/// made of.
@NullMarked
package snel.cli.start;

import org.jspecify.annotations.NullMarked;
