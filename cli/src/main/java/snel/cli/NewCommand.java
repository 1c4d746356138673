package snel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import snel.check.Checker;
import snel.parse.Parser;
import snel.runtime.file.DurableFile;

/// `snel new NAME`: a small program to begin with.
final class NewCommand implements Command {
  private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_]*");

  private final Usage usage =
      new Usage(this, "Begins a program: writes NAME.snn with a small network that runs.");
  private final Supplier<String> given =
      usage.parameter(0, "NAME", String.class, "", "of the program, in small letters");

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Integer call() {
    String name = given.get();
    String plain = name.endsWith(".snn") ? name.substring(0, name.length() - 4) : name;
    if (!PLAIN.matcher(plain).matches()) {
      throw new Misuse("`" + plain + "` is no name: small letters, digits and `_`, please");
    }
    if (Parser.isReserved(plain) || Checker.isKnownEverywhere(plain)) {
      throw new Misuse(
          "`%s` is a reserved word and cannot be a name; another, such as `%s_net`?"
              .formatted(plain, plain));
    }
    Path file = Path.of(plain + ".snn");
    if (Files.exists(file)) {
      throw new Misuse(file + " is there already");
    }
    DurableFile.writeText(file, program(plain));
    System.out.println("wrote " + file + "; now: snel run " + file);
    return Exit.DONE.code();
  }

  static String program(String name) {
    return TEXT.formatted(name);
  }

  private static final String TEXT =
      """
      /// A hundred leaky integrate-and-fire neurons, driven by Poisson spikes and coupled at random.
      import std.neurons.Lif
      import std.encode.Poisson

      network Net {
        population input : Poisson[100](rate: 20 Hz)
        population cell  : Lif[100](v: uniform(-70 mV, -50 mV))
        connect input -> cell.exc  bernoulli(20 %%)  weight 150 pA
        connect cell -> cell.exc   bernoulli(5 %%) where pre != post  weight 30 pA  delay 1.5 ms
      }

      experiment %s on Net {
        step 0.1 ms; seed 1
        record cell.spikes, cell[0 ..< 3].v every 1 ms
        run 1 s
        report raster(cell), traces(cell.v), rate(cell)
        expect rate(cell) in 5 Hz .. 15 Hz
      }
      """;
}
