package snel.cli;

import java.util.concurrent.Callable;

/// What `snel` can be asked to do; it returns the exit code.
interface Command extends Callable<Integer> {
  Usage usage();
}
