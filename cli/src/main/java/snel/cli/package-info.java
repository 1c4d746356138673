/// Lives here: the `snel` command; the only room that touches the terminal.
@NullMarked
package snel.cli;

import org.jspecify.annotations.NullMarked;
