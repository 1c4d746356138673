package snel.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import snel.runtime.file.MachineRefused;

/// What commands print to. It remembers what kept it from being written, which a `PrintStream` does
/// not tell.
final class StandardOutput extends PrintStream {
  private static final int BUFFER = 128;

  private final Remembering to;

  private StandardOutput(Remembering to, Charset charset) {
    super(to, true, charset);
    this.to = to;
  }

  static StandardOutput of(OutputStream to, Charset charset) {
    return new StandardOutput(new Remembering(to), charset);
  }

  static StandardOutput ofTheProcess() {
    var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
    return of(out, System.out.charset());
  }

  /// Whoever read this has had enough, as `head`.
  boolean readerHasGone() {
    String message = to.hindrance == null ? null : to.hindrance.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains("broken pipe");
  }

  /// What is said when something could not be written.
  String sentence() {
    String what = "cannot write to the standard output: ";
    return what + (to.hindrance == null ? "it is closed" : MachineRefused.reason(to.hindrance));
  }

  private static final class Remembering extends FilterOutputStream {
    private @Nullable IOException hindrance;

    Remembering(OutputStream to) {
      super(to);
    }

    @Override
    public void write(int octet) throws IOException {
      try {
        out.write(octet);
      } catch (IOException problem) {
        throw remembered(problem);
      }
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
      try {
        out.write(octets, from, length);
      } catch (IOException problem) {
        throw remembered(problem);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException problem) {
        throw remembered(problem);
      }
    }

    private IOException remembered(IOException problem) {
      if (hindrance == null) {
        hindrance = problem;
      }
      return problem;
    }
  }
}
