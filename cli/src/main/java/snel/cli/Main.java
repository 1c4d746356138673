package snel.cli;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import snel.diagnostics.Code;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.Failure;
import snel.runtime.schedule.Interrupted;

/// Entry point of the `snel` command.
public final class Main {
  private static final int NOTHING_DONE = Exit.REFUSED.code();

  private Main() {}

  public static void main(String[] args) {
    // What is written is the same on every machine: texts, tables and programs in C.
    Locale.setDefault(Locale.ROOT);
    System.setOut(StandardOutput.ofTheProcess());
    int code = run(args);
    System.out.flush();
    System.err.flush();
    System.exit(code);
  }

  /// Runs one command line in this process and returns its exit code.
  public static int run(String... args) {
    try {
      return execute(args);
    } catch (Error problem) { // which the command line does not hand to what tells exceptions
      return isOfFiles(problem)
          ? withoutClasses(problem)
          : BugNotice.print(console(args), problem, args);
    }
  }

  private static int execute(String[] args) {
    Commands.Known known = args.length == 0 ? null : Commands.find(args[0]);
    CommandLine line = known == null ? Commands.overview() : line("snel " + args[0], known.maker());
    String[] rest = known == null ? args : Arrays.copyOfRange(args, 1, args.length);
    line.setParameterExceptionHandler(Main::misused);
    line.setExecutionExceptionHandler((problem, _, _) -> told(problem, args));
    return written(line.execute(rest));
  }

  /// Whether a class or a library of the machine's could not be read.
  private static boolean isOfFiles(Error problem) {
    return problem instanceof UnsatisfiedLinkError
        || problem.getCause() instanceof ClassNotFoundException;
  }

  /// Only with what is loaded by now: whatever else there is may not be found either.
  private static int withoutClasses(Error problem) {
    System.err.println(
        "error: Java cannot load a part of Snel ("
            + problem.getMessage()
            + "): too many files may be open (`ulimit -n` says how many may be), or files of Snel"
            + " are damaged or gone");
    return NOTHING_DONE;
  }

  private static Console console(String[] args) {
    return Console.of(Arrays.asList(args).contains("json"));
  }

  /// A result that nobody could read is none, whatever the command made of it. Of a reader that has
  /// had enough, as `head`, nothing is said, as by other commands.
  private static int written(int code) {
    if (!System.out.checkError()) {
      return code;
    }
    boolean done = code == Exit.DONE.code();
    StandardOutput out = System.out instanceof StandardOutput known ? known : null;
    if (out != null && out.readerHasGone()) {
      return done ? Exit.READER_GONE.code() : code;
    }
    String said = out == null ? "cannot write to the standard output" : out.sentence();
    Console.of(false).fail(Code.CANNOT_WRITE.id(), said);
    return done ? Exit.REFUSED.code() : code;
  }

  /// Only the command that was asked for is looked at: start-up counts.
  private static CommandLine line(String name, Supplier<Command> maker) {
    return new CommandLine(maker.get().usage().spec())
        .setCommandName(name)
        .setUsageHelpAutoWidth(true)
        .registerConverter(Integer.class, Main::whole)
        .registerConverter(BigInteger.class, Main::large)
        .registerConverter(Double.class, Main::number);
  }

  private static int whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException wrong) {
      throw new TypeConversionException("`" + text + "` is no whole number");
    }
  }

  private static BigInteger large(String text) {
    try {
      return new BigInteger(text);
    } catch (NumberFormatException wrong) {
      throw new TypeConversionException("`" + text + "` is no whole number");
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException wrong) {
      throw new TypeConversionException("`" + text + "` is no number");
    }
  }

  private static int misused(ParameterException problem, String[] args) {
    System.err.println("error: " + problem.getMessage());
    String name = problem.getCommandLine().getCommandSpec().qualifiedName();
    System.err.println("(`" + name + " --help` tells how it is used)");
    return Exit.USAGE.code();
  }

  /// The one place that turns what went wrong into words and an exit code.
  private static int told(Exception problem, String[] args) {
    Console console = console(args);
    return switch (problem) {
      case MachineRefused refused -> fail(console, refused, Exit.REFUSED);
      case Failure wrong -> fail(console, wrong, Exit.WRONG);
      case WrongProgram _ -> Exit.WRONG.code();
      case Misuse misuse -> misuse.tell(console);
      case Interrupted _ -> Exit.INTERRUPTED.code();
      default -> BugNotice.print(console, problem, args);
    };
  }

  private static int fail(Console console, Failure problem, Exit exit) {
    console.fail(problem.problem().id(), problem.getMessage());
    return exit.code();
  }
}
