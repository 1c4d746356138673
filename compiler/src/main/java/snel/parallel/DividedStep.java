package snel.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.Kernel;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// A step for several threads: sections one after the other, between which all wait for all. The
/// results have the bits of the undivided step: a float is added up by the part of its neuron
/// alone, in the order in which it was (semantics.md §14).
///
/// @param early what each part draws for the next step before it waits for others; none if there is
///   nothing of that kind
/// @param pieces of the step, each done by one thread or by all
/// @param dividedPieces those done by all
/// @param lists what else the kernels need: arrays that begin as zeros
/// @param limits what else they need: tables made from the wiring
/// @param begin done by one thread before steps that are done so
/// @param end and after them
/// @param span how several steps are done without a wait, in place of sections
/// @param whyNoSpan if there is none
public record DividedStep(
    List<Section> sections,
    List<EarlyDraws> early,
    int pieces,
    int dividedPieces,
    List<Buffer> lists,
    List<RowLimit> limits,
    List<Kernel> begin,
    List<Kernel> end,
    Optional<Span> span,
    String whyNoSpan) {
  public DividedStep {
    sections = List.copyOf(sections);
    early = List.copyOf(early);
    begin = List.copyOf(begin);
    end = List.copyOf(end);
    lists = List.copyOf(lists);
    limits = List.copyOf(limits);
  }

  /// The step of `program` for so many threads, if there is something in it to divide.
  ///
  /// @param least neurons of a population that is worth dividing
  public static Optional<DividedStep> of(Program program, int parts, int least) {
    return of(program, parts, least, _ -> 0);
  }

  /// The same where it is known what arrives.
  ///
  /// @param arrivals of a wiring in a step, by the work that a neuron makes
  public static Optional<DividedStep> of(
      Program whole, int parts, int least, ToDoubleFunction<Wiring> arrivals) {
    Program program = RowByRow.of(whole);
    Ranges ranges = Ranges.of(program, parts, least, arrivals);
    RowLimits limits = new RowLimits(ranges);
    Tables tables = new Tables(program);
    ListedArrivals waiting = new ListedArrivals(program, ranges, tables, limits);
    Halves.Either halves = Halves.of(program, ranges, tables, limits, waiting);
    return halves
        .found()
        .map(found ->
            inSpans(
                new Spans(program, ranges, found, new Slices(ranges, tables, limits)),
                found,
                waiting,
                limits))
        .or(() -> inSections(program, ranges, halves.why()));
  }

  private static DividedStep inSpans(
      Spans spans, Halves.Found found, ListedArrivals waiting, RowLimits limits) {
    Span span = spans.span();
    List<Kernel> begin = new ArrayList<>(waiting.begin());
    begin.addAll(spans.begin());
    return new DividedStep(
        List.of(),
        List.of(),
        found.shares().size(),
        (int) found.shares().stream().filter(Halves.Share::isShared).count(),
        Stream.of(spans.buffers(), waiting.buffers()).flatMap(List::stream).toList(),
        limits.all(),
        begin,
        Stream.concat(waiting.end().stream(), spans.end().stream()).toList(),
        Optional.of(span),
        "");
  }

  private static Optional<DividedStep> inSections(
      Program program, Ranges ranges, String whyNoSpan) {
    RowLimits limits = new RowLimits(ranges);
    Segments segments = new Segments(ranges);
    Tables tables = new Tables(program);
    ListedArrivals waiting = new ListedArrivals(program, ranges, tables, limits);
    Divider divider = new Divider(ranges, tables, limits, segments, waiting);
    Tasks tasks = new Tasks(ranges, divider, segments);
    List<Task> all = new ArrayList<>(tasks.of(program.step()));
    int pieces = all.size();
    List<Kernel> begin = waiting.begin();
    List<Kernel> end = waiting.end();
    int divided = (int) all.stream().filter(Task::isDivided).count();
    Optional<EarlyDraws.Found> early =
        EarlyDraws.takeFrom(all, program.buffer(Clock.NAME), ranges.parts());
    return divided == 0
        ? Optional.empty()
        : Optional.of(
            new DividedStep(
                sections(all, ranges.parts()),
                early.map(EarlyDraws.Found::parts).orElse(List.of()),
                pieces,
                divided,
                Stream.of(
                        segments.all(),
                        waiting.buffers(),
                        early.map(EarlyDraws.Found::clocks).orElse(List.of()))
                    .flatMap(List::stream)
                    .toList(),
                limits.all(),
                begin,
                end,
                Optional.empty(),
                whyNoSpan));
  }

  /// How many threads it is for.
  public int parts() {
    return span.map(found -> found.parts().size())
        .orElseGet(() -> sections.getFirst().parts().size());
  }

  /// The kernels that one thread does.
  public List<Kernel> byFirst() {
    return Stream.of(
            begin.stream(),
            end.stream(),
            span.stream().flatMap(found -> found.byFirst().stream()),
            sections.stream().flatMap(section -> section.alone().stream()))
        .flatMap(kernels -> kernels)
        .toList();
  }

  /// The kernels of a part.
  public List<Kernel> of(int part) {
    return Stream.of(
            span.stream().flatMap(found -> found.parts().get(part).kernels().stream()),
            early.stream().skip(part).limit(1).flatMap(draws -> draws.kernels().stream()),
            sections.stream().flatMap(section -> section.parts().get(part).stream()))
        .flatMap(kernels -> kernels)
        .toList();
  }

  /// How many stretches of a step threads do side by side.
  public int stretches() {
    return (int)
        sections.stream()
            .filter(section -> section.parts().stream().anyMatch(part -> !part.isEmpty()))
            .count();
  }

  /// Puts as much as may go side by side into each section, keeping the order of what depends on
  /// one another.
  private static List<Section> sections(List<Task> all, int parts) {
    List<Task> left = new ArrayList<>(all);
    List<Section> sections = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Kernel> alone = whole(alone(left), Task::alone);
      List<Task> together = together(left);
      sections.add(
          new Section(
              alone,
              IntStream.range(0, parts)
                  .mapToObj(part -> whole(together, task -> task.part(part)))
                  .toList()));
    }
    return sections;
  }

  /// What some of the tasks do, those that follow each other and are pieces of one kernel together:
  /// each kernel has to be called, and compiled, by itself.
  private static List<Kernel> whole(List<Task> tasks, Function<Task, Kernel> share) {
    List<Kernel> kernels = new ArrayList<>();
    String last = "";
    for (Task task : tasks) {
      Kernel kernel = share.apply(task);
      boolean goesOn = task.kernel().equals(last) && !kernels.isEmpty() && standsAlone(kernel);
      if (goesOn && standsAlone(kernels.getLast())) {
        Kernel before = kernels.removeLast();
        kernels.add(
            before.with(Stream.concat(before.body().stream(), kernel.body().stream()).toList()));
      } else if (!kernel.body().isEmpty()) {
        kernels.add(kernel);
        last = task.kernel();
      }
    }
    return kernels;
  }

  private static boolean standsAlone(Kernel kernel) {
    return kernel.body().stream()
        .noneMatch(stmt -> stmt instanceof Stmt.Let || stmt instanceof Stmt.Var);
  }

  private static List<Task> alone(List<Task> left) {
    List<Task> taken = new ArrayList<>();
    for (int at = 0; at < left.size(); ) {
      Task task = left.get(at);
      if (!task.isDivided() && comesFirst(left, at)) {
        taken.add(task);
        left.remove(at);
      } else {
        at++;
      }
    }
    return taken;
  }

  private static List<Task> together(List<Task> left) {
    List<Task> taken = new ArrayList<>();
    for (int at = 0; at < left.size(); ) {
      Task task = left.get(at);
      boolean stands = taken.stream().noneMatch(other -> other.accesses().crosses(task.accesses()));
      if (stands && comesFirst(left, at)) {
        taken.add(task);
        left.remove(at);
      } else {
        at++;
      }
    }
    return taken;
  }

  /// Whether nothing before it that is left must be done first.
  private static boolean comesFirst(List<Task> left, int at) {
    Task task = left.get(at);
    return left.subList(0, at).stream()
        .noneMatch(earlier -> earlier.accesses().mustKeepOrder(task.accesses()));
  }
}
