package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import snel.check.ConversionFiles;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.elaborate.Val;
import snel.ir.Paths;
import snel.ir.protocol.Action;
import snel.ir.protocol.Conversion;
import snel.ir.protocol.Place;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.model.Projection;
import snel.model.Slice;
import snel.source.Span;
import snel.syntax.Expression;
import snel.syntax.Reference;
import snel.syntax.StateStatement;

/// Lowers `freeze`, `reset`, `checkpoint`, `save`, `load`.
final class StateLowering {
  private final Block block;
  private final Work work;
  private final IdleSelections idle;

  StateLowering(Block block) {
    this.block = block;
    this.work = block.work();
    this.idle = new IdleSelections(work);
  }

  List<Action> lower(StateStatement statement, Place place) {
    return switch (statement) {
      case StateStatement.Freeze(var what, _) ->
          List.of(new Action.Freeze(what.all(), held(what, "freeze"), place));
      case StateStatement.Unfreeze(var what, _) ->
          List.of(new Action.Unfreeze(what.all(), held(what, "unfreeze"), place));
      case StateStatement.Reset(var what, _) -> {
        List<String> paths = paths(what, idle::reset);
        work.elaborated().network().projections().stream()
            .filter(projection -> isParted(projection, what.all(), paths))
            .forEach(projection -> work.demands().resetsApart(projection.path()));
        yield List.of(new Action.Reset(what.all(), paths, place));
      }
      case StateStatement.Checkpoint _ -> List.of(new Action.Checkpoint(place));
      case StateStatement.Save(var what, _) ->
          file(what)
              .filter(file -> mayBeSaved(file, what.span()))
              .<List<Action>>map(file -> List.of(new Action.Save(file, place)))
              .orElse(List.of());
      case StateStatement.Load(
              Expression.Call(Expression.Variable(var name, _), var arguments, var span),
              _) -> {
        Optional<Conversion.Format> format = format(name.text());
        if (format.isEmpty()) {
          work.fault(
              Code.UNKNOWN_NAME,
              "there is no kind of file `"
                  + name.text()
                  + "`"
                  + Nearest.hint(name.text(), ConversionFiles.NAMES),
              name.span());
          yield List.of();
        }
        yield new ConversionLowering(block)
            .lower(format.get(), arguments, span, place).stream().toList();
      }
      case StateStatement.Load(var what, _) -> {
        work.demands().loads();
        yield file(what)
            .<List<Action>>map(file -> List.of(new Action.Load(file, place)))
            .orElse(List.of());
      }
    };
  }

  /// Whether a `reset` is meant for a projection and not for the neurons at its ends, or the other
  /// way round.
  private static boolean isParted(Projection projection, boolean all, List<String> paths) {
    Stream<String> ends =
        Stream.concat(
            Stream.of(projection.source().population()),
            projection.target().neurons().stream().map(Slice::population));
    boolean isMeant = Paths.isUnder(projection.path(), paths) != all;
    return ends.anyMatch(end -> (Paths.isUnder(end, paths) != all) != isMeant);
  }

  private static Optional<Conversion.Format> format(String name) {
    return java.util.Arrays.stream(Conversion.Format.values())
        .filter(format -> format.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private List<String> held(StateStatement.Selection what, String word) {
    return paths(what, (reference, path) -> idle.held(reference, path, word));
  }

  /// @param doubted looks at what is named, and at its path, where it is no exception
  private List<String> paths(StateStatement.Selection what, BiConsumer<Reference, String> doubted) {
    List<String> paths = new ArrayList<>();
    for (Reference reference : what.references()) {
      Optional<String> path = path(reference);
      path.ifPresent(paths::add);
      path.filter(_ -> !what.all()).ifPresent(named -> doubted.accept(reference, named));
    }
    return paths;
  }

  private Optional<String> path(Reference reference) {
    if (reference instanceof Expression.Variable(var name, _) && isFamily(name.text())) {
      return Optional.of(name.text());
    }
    Meaning meaning = block.reader().read(reference);
    if (isPart(meaning)) {
      work.fault(
          Diagnostic.of(
                  Code.NO_MEANING_HERE,
                  "this takes all of a population or projection, not some of it",
                  reference.span(),
                  "is a part")
              .help(
                  "assign states of a part (`A[0 ..< 2].v = 0`), or make it a population of its"
                      + " own"));
      return Optional.empty();
    }
    return switch (meaning) {
      case Meaning.Fixed(Val.Cells(var slice, var _), var _) -> Optional.of(slice.population());
      case Meaning.Fixed(Val.Wires(String path), var _) -> Optional.of(path);
      case Meaning.Fixed(Val.Part(var scope), var _) ->
          Optional.of(scope.prefix().substring(0, scope.prefix().length() - 1));
      case Meaning.Live(Term.Read(String path, var _, var _), var _) -> Optional.of(path);
      case Meaning.Live(Term.ReadSynapses read, var _) -> Optional.of(read.path());
      case Meaning.Faulty _, Meaning.Fixed(Val.Bad _, var _) -> Optional.empty();
      default -> {
        work.fault(
            Code.WRONG_KIND,
            "a population, a projection named by `as`, or one of their states is wanted",
            reference.span());
        yield Optional.empty();
      }
    };
  }

  private static boolean isPart(Meaning meaning) {
    return switch (meaning) {
      case Meaning.Fixed(Val.Cells(var slice, var _), var _) -> !slice.whole();
      case Meaning.Live(Term.Read(_, var selection, _), var _) -> !isAll(selection);
      case Meaning.Live(Term.ReadSynapses read, var _) -> !isAll(read.pre()) || !isAll(read.post());
      default -> false;
    };
  }

  private static boolean isAll(Selection selection) {
    return selection instanceof Selection.All;
  }

  private boolean isFamily(String name) {
    return block.frame().find(name).isEmpty()
        && block.frame().env().find(name).isEmpty()
        && block.frame().visible().stream().anyMatch(known -> known.startsWith(name + "["));
  }

  private boolean mayBeSaved(Term file, Span span) {
    Optional<String> why =
        file instanceof Term.Word(String name)
            ? work.context().files().refusedToSave(name)
            : Optional.empty();
    why.ifPresent(reason ->
        work.fault(
            Diagnostic.of(Code.WRONG_KIND, reason, span, "not this name")
                .help("write `save \"weights.npz\"`")));
    return why.isEmpty();
  }

  /// The file of weights; every projection with a weight of its own is touched.
  private Optional<Term> file(Expression what) {
    work.elaborated().network().projections().stream()
        .filter(projection -> projection.synapse().weight().isPresent())
        .forEach(projection -> work.demands().touches(projection.path()));
    return block.reader().term(what);
  }
}
