package snel.diagnostics;

/// Something that must not happen whatever the author wrote: a fault of the compiler, never of the
/// program.
public final class CompilerBug extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CompilerBug(String message) {
    super(message);
  }

  public CompilerBug(String message, Throwable cause) {
    super(message, cause);
  }
}
