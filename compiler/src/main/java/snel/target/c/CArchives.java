package snel.target.c;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import snel.ir.Directory;
import snel.ir.protocol.Action;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Term;
import snel.runtime.data.ArrayFile;
import snel.runtime.data.Npz;
import snel.runtime.data.NumberArray;
import snel.target.Artifact;
import snel.target.Link;

/// Writes the archives that an experiment loads and that lie beside it as the C library reads them:
/// arrays of doubles, not packed. What the experiment saves itself is looked for when it runs.
final class CArchives {
  private final String experiment;
  private final Set<String> wanted;
  private final List<String> rows = new ArrayList<>();
  private final List<Artifact.File> files = new ArrayList<>();

  /// @param first whether it starts from nothing that is a part of the C program
  CArchives(Link link, boolean first, CInputs inputs) {
    this.experiment = link.experiment().name();
    this.wanted = wanted(link.program().directory());
    for (String name : loaded(link)) {
      inputs.archive(name, first).ifPresent(arrays -> add(name, arrays));
    }
  }

  /// The files, to be written beside the program.
  List<Artifact.File> files() {
    return files;
  }

  /// The members of a `snel_archive` each.
  List<String> rows() {
    return rows;
  }

  /// The names that are known before the experiment runs.
  private static Set<String> loaded(Link link) {
    Set<String> names = new LinkedHashSet<>();
    Parts.eachAction(
        link.experiment().body(),
        action -> {
          if (action instanceof Action.Load(Term.Word(String name), _)) {
            names.add(name);
          }
        });
    return names;
  }

  private static Set<String> wanted(Directory directory) {
    Set<String> names = new LinkedHashSet<>();
    directory.values().stream()
        .filter(Directory.Value::isPlastic)
        .forEach(value -> names.add(value.path()));
    for (Directory.Projection projection : directory.projections()) {
      names.add(projection.name() + ":row_start");
      names.add(projection.name() + ":target");
    }
    return names;
  }

  private void add(String name, ArrayFile arrays) {
    byte[] bytes = bytes(arrays);
    String file = CText.plain(experiment) + "." + rows.size() + ".npz";
    files.add(new Artifact.File("data/" + file, () -> Stream.of(bytes)));
    rows.add(CText.quote(name) + ", " + CText.quote(file) + ", " + bytes.length);
  }

  /// Of an array that the network does not have nothing but its name: a message tells it.
  private byte[] bytes(ArrayFile arrays) {
    Map<String, NumberArray> written = new LinkedHashMap<>();
    for (String name : arrays.names()) {
      @Nullable NumberArray array = wanted.contains(name) ? arrays.get(name) : null;
      written.put(name, doubles(Optional.ofNullable(array)));
    }
    return Npz.unpacked(written);
  }

  private static NumberArray doubles(Optional<NumberArray> array) {
    return array
        .map(known ->
            NumberArray.of(
                known.toDoubles(),
                known.shape().lengths().stream().mapToInt(Integer::intValue).toArray()))
        .orElseGet(() -> NumberArray.of(new double[0], 0));
  }
}
