package snel.cli;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a run rests on.
///
/// @param base what it starts from
/// @param loaded what it takes weights from
record Earlier(@Nullable FinishedRun base, List<FinishedRun> loaded) {
  static final Earlier NONE = new Earlier(null, List.of());

  List<FinishedRun> all() {
    return Stream.concat(Stream.ofNullable(base), loaded.stream()).toList();
  }
}
