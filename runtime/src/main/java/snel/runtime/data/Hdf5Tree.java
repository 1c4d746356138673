package snel.runtime.data;

import io.jhdf.exceptions.HdfException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds the arrays of an HDF5 file, each under its path without the first `/`, also under paths
/// that lead over links. What cannot be read has its path too, and says so when it is asked for.
final class Hdf5Tree {
  /// Links to links, as the HDF5 library follows them.
  private static final int MOST_LINKS = 16;

  /// Names, of which a small file can have any number where groups contain the same groups.
  private static final int MOST_NAMES = 1 << 20;

  private final Hdf5Bytes bytes;
  private final long root;
  private final Map<Long, List<Hdf5Group.Link>> groups = new HashMap<>();
  private final Deque<Step> ahead = new ArrayDeque<>();
  private final Map<String, Supplier<Hdf5Dataset>> datasets = new LinkedHashMap<>();

  private Hdf5Tree(Hdf5Bytes bytes, long root) {
    this.bytes = bytes;
    this.root = root;
  }

  /// A group with those it lies in.
  private record Chain(long address, @Nullable Chain above) {
    boolean has(long other) {
      for (@Nullable Chain at = this; at != null; at = at.above) {
        if (at.address == other) {
          return true;
        }
      }
      return false;
    }
  }

  private record Step(String path, Chain group, Hdf5Group.Link link) {}

  static Map<String, Supplier<Hdf5Dataset>> datasets(Hdf5Bytes bytes, long root) {
    var tree = new Hdf5Tree(bytes, root);
    tree.enter("", new Chain(root, null));
    while (!tree.ahead.isEmpty()) {
      tree.take(tree.ahead.pop());
    }
    return tree.datasets;
  }

  private void enter(String path, Chain group) {
    List<Hdf5Group.Link> links = links(group.address);
    if (ahead.size() + datasets.size() + links.size() > MOST_NAMES) {
      throw DataProblem.found(bytes.file(), "at most " + MOST_NAMES + " arrays", "more");
    }
    for (Hdf5Group.Link link : links.reversed()) {
      ahead.push(new Step(path + link.name(), group, link));
    }
  }

  private List<Hdf5Group.Link> links(long group) {
    @Nullable List<Hdf5Group.Link> known = groups.get(group);
    if (known == null) {
      known = Hdf5Group.links(bytes, Hdf5Header.at(bytes, group));
      groups.put(group, known);
    }
    return known;
  }

  private void take(Step step) {
    String place = bytes.file() + ", `" + step.path + "`";
    try {
      OptionalLong address = target(step.group.address, step.link, MOST_LINKS);
      if (address.isPresent()) {
        take(step, place, address.getAsLong());
      } else {
        DataProblem unreached = unreached(place, step.link);
        datasets.put(step.path, () -> refuse(unreached));
      }
    } catch (DataProblem problem) {
      throw problem;
    } catch (RuntimeException problem) {
      DataProblem told = Hdf5.told(place, problem);
      datasets.put(step.path, () -> refuse(told));
    }
  }

  private void take(Step step, String place, long address) {
    Hdf5Header header = Hdf5Header.at(bytes, address);
    if (Hdf5Group.isGroup(header)) {
      if (!step.group.has(address)) {
        enter(step.path + "/", new Chain(address, step.group));
      }
    } else if (header.has(Hdf5Header.SPACE)) {
      datasets.put(step.path, () -> new Hdf5Dataset(place, bytes, header));
    } // else a data type with a name
  }

  private static Hdf5Dataset refuse(DataProblem problem) {
    throw problem;
  }

  private static DataProblem unreached(String place, Hdf5Group.Link link) {
    String found =
        switch (link) {
          case Hdf5Group.Soft soft -> "a link to `" + soft.path() + "`, where there is nothing";
          case Hdf5Group.Elsewhere elsewhere ->
              "a link to one in another file, `"
                  + elsewhere.file()
                  + "` (`h5py` copies what it leads to: file[\"new\"] = file[\"old\"][()])";
          case Hdf5Group.Hard _ -> "nothing";
        };
    return DataProblem.found(place, "an array of numbers", found);
  }

  private OptionalLong target(long group, Hdf5Group.Link link, int linksLeft) {
    return switch (link) {
      case Hdf5Group.Hard hard -> OptionalLong.of(hard.address());
      case Hdf5Group.Soft soft -> resolved(group, soft.path(), linksLeft - 1);
      case Hdf5Group.Elsewhere _ -> OptionalLong.empty();
    };
  }

  private OptionalLong resolved(long group, String path, int linksLeft) {
    if (linksLeft < 0) {
      throw new HdfException("links to links without end");
    }
    long at = path.startsWith("/") ? root : group;
    for (String name : path.split("/")) {
      if (!name.isEmpty() && !name.equals(".")) {
        OptionalLong next = child(at, name, linksLeft);
        if (next.isEmpty()) {
          return next;
        }
        at = next.getAsLong();
      }
    }
    return OptionalLong.of(at);
  }

  private OptionalLong child(long group, String name, int linksLeft) {
    if (!Hdf5Group.isGroup(Hdf5Header.at(bytes, group))) {
      return OptionalLong.empty();
    }
    return links(group).stream()
        .filter(link -> link.name().equals(name))
        .map(link -> target(group, link, linksLeft))
        .findFirst()
        .orElse(OptionalLong.empty());
  }
}
