package snel.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/// The launcher's second half: it hides the warning with which the Java machine starts by giving it
/// no standard error, and leaves the true one open under another number.
final class StandardError {
  private StandardError() {}

  /// Makes `System.err` write to the descriptor named by the property `snel.stderr`, if it is set.
  static void restore() {
    Integer number = Integer.getInteger("snel.stderr");
    if (number == null) {
      return;
    }
    try {
      var descriptor = new FileDescriptor();
      var field = FileDescriptor.class.getDeclaredField("fd");
      field.setAccessible(true);
      field.setInt(descriptor, number);
      var charset = Charset.forName(System.getProperty("stderr.encoding", "UTF-8"));
      System.setErr(new PrintStream(new FileOutputStream(descriptor), true, charset));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no standard error", e);
    }
  }
}
