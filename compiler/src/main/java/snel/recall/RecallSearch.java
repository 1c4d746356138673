package snel.recall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.Directory;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.protocol.Recallable;

/// Begins with all candidates and drops those that something speaks against, until nothing does.
final class RecallSearch {
  /// Roles of what stays as it is during a presentation.
  static final Set<Role> STEADY = Set.of(Role.PARAMETER, Role.WIRING, Role.INPUT, Role.CLOCK);

  private final Program program;
  private final Recallable candidates;
  private final Owners owners;
  private final Map<String, Directory.Population> populations = new HashMap<>();
  private final Set<Buffer> books = new HashSet<>();
  private final List<KernelUse> step;
  private final List<KernelUse> starts;
  private final List<KernelUse> elsewhere;
  private final Set<Buffer> changing = new HashSet<>();
  private final Set<String> members = new LinkedHashSet<>();
  private Set<KernelUse> running = Set.of();

  RecallSearch(Program program, Recallable candidates) {
    this.candidates = candidates;
    this.program = program;
    this.owners = new Owners(program);
    this.step = program.step().stream().map(KernelUse::of).toList();
    this.starts = program.presentationStart().stream().map(KernelUse::of).toList();
    this.elsewhere =
        Stream.concat(program.presentationEnd().stream(), program.onDemand().stream())
            .map(KernelUse::of)
            .toList();
    Stream.of(step, starts, elsewhere)
        .flatMap(List::stream)
        .forEach(k -> changing.addAll(k.stores()));
    for (Directory.Population each : program.directory().populations()) {
      if (!each.isEvent() && !each.isInput() && candidates.populations().contains(each.name())) {
        populations.put(each.name(), each);
        members.add(each.name());
        books.addAll(Books.of(each));
      }
    }
    int before;
    do {
      before = members.size();
      withoutSources();
      withoutMixed();
      withoutDependent();
      withoutWatched();
      withoutPlace();
    } while (members.size() < before);
    boolean hasLayer =
        program.directory().projections().stream().anyMatch(p -> members.contains(p.target()));
    if (!hasLayer) {
      members.clear();
    }
  }

  Set<String> members() {
    return members;
  }

  private boolean isMine(Buffer buffer) {
    return owners.of(buffer).filter(members::contains).isPresent();
  }

  private boolean isMine(KernelUse kernel) {
    return !kernel.stores().isEmpty() && kernel.stores().stream().allMatch(this::isMine);
  }

  /// Weights change only while they are not frozen.
  private boolean isConstant(Buffer buffer) {
    return STEADY.contains(buffer.role()) || buffer.role() == Role.PLASTIC;
  }

  private void drop(Set<Buffer> buffers) {
    buffers.forEach(buffer -> owners.of(buffer).ifPresent(members::remove));
  }

  /// Each hears only members.
  private void withoutSources() {
    for (Directory.Projection each : program.directory().projections()) {
      if (members.contains(each.target()) && !members.contains(each.source())) {
        members.remove(each.target());
      }
    }
    populations.values().stream()
        .filter(each -> each.firstEarly().isPresent())
        .forEach(each -> members.remove(each.name()));
  }

  /// No kernel works at members and at others.
  private void withoutMixed() {
    for (KernelUse kernel : step) {
      if (!isMine(kernel)) {
        drop(kernel.stores());
      }
    }
    for (KernelUse kernel : elsewhere) {
      boolean isAtEnd = kernel.kernel().phase() == Phase.PRESENTATION_END;
      if (isAtEnd || kernel.stores().stream().anyMatch(b -> b.role() == Role.PLASTIC)) {
        drop(kernel.stores());
      }
    }
  }

  /// What members do depends on nothing else.
  private void withoutDependent() {
    for (KernelUse kernel : step) {
      if (isMine(kernel) && dependsOnOthers(kernel)) {
        drop(kernel.stores());
      }
    }
    for (KernelUse kernel : starts) {
      if (kernel.stores().stream().anyMatch(this::isMine)
          && (kernel.differs() || !kernel.loads().stream().allMatch(this::isOwnOrSteady))) {
        drop(kernel.stores());
      }
    }
  }

  private boolean dependsOnOthers(KernelUse kernel) {
    return kernel.differs()
        || !kernel.loads().stream().allMatch(this::isOwnOrSteady)
        || kernel.loads().stream().anyMatch(this::isUnheld);
  }

  private boolean isOwnOrSteady(Buffer buffer) {
    return isMine(buffer) || STEADY.contains(buffer.role()) && !isWrittenByStep(buffer);
  }

  private boolean isWrittenByStep(Buffer buffer) {
    return step.stream().anyMatch(kernel -> kernel.stores().contains(buffer));
  }

  /// Whether it learns and no flag holds it.
  private boolean isUnheld(Buffer buffer) {
    return buffer.role() == Role.PLASTIC && changing.contains(buffer) && flag(buffer).isEmpty();
  }

  private Optional<Directory.Flag> flag(Buffer buffer) {
    return program.directory().freezable().stream()
        .filter(flag ->
            buffer.name().equals(flag.path()) || buffer.name().startsWith(flag.path() + "."))
        .filter(flag -> candidates.isHeld(flag.path()))
        .findFirst();
  }

  /// What others read of members is either kept in the books or found by kernels that need no more
  /// than their spikes.
  private void withoutWatched() {
    Set<Buffer> needed = new LinkedHashSet<>();
    Stream.of(step, starts, elsewhere)
        .flatMap(List::stream)
        .filter(kernel -> !isMine(kernel))
        .forEach(kernel -> kernel.loads().stream().filter(this::mustBeFound).forEach(needed::add));
    Set<KernelUse> kept = new HashSet<>();
    for (KernelUse kernel : step) {
      boolean clears =
          books.containsAll(kernel.stores()) && kernel.loads().stream().noneMatch(this::isMine);
      if (isMine(kernel) && clears) {
        kept.add(kernel);
      }
    }
    for (boolean more = true; more; ) {
      more = false;
      for (KernelUse kernel : step) {
        if (isMine(kernel)
            && !kept.contains(kernel)
            && kernel.stores().stream().anyMatch(needed::contains)) {
          kept.add(kernel);
          kernel.loads().stream().filter(this::mustBeFound).forEach(needed::add);
          more = true;
        }
      }
    }
    for (KernelUse kernel : kept) {
      boolean findsSpikes = kernel.stores().stream().anyMatch(books::contains);
      if (findsSpikes && !books.containsAll(kernel.stores())) {
        drop(kernel.stores());
      }
    }
    needed.stream()
        .filter(buffer -> kept.stream().noneMatch(kernel -> kernel.stores().contains(buffer)))
        .filter(buffer -> isWrittenByStep(buffer))
        .forEach(buffer -> drop(Set.of(buffer)));
    running = kept;
  }

  private boolean mustBeFound(Buffer buffer) {
    return isMine(buffer)
        && !books.contains(buffer)
        && buffer.role() != Role.PLASTIC
        && isWrittenByStep(buffer);
  }

  /// The spikes of each are found somewhere in the step.
  private void withoutPlace() {
    members.removeIf(
        member -> Optional.ofNullable(populations.get(member)).flatMap(this::place).isEmpty());
  }

  /// The last kernel that is skipped and changes the list of spikes.
  private Optional<KernelUse> place(Directory.Population population) {
    return step.reversed().stream()
        .filter(kernel -> isMine(kernel) && !running.contains(kernel))
        .filter(kernel -> kernel.stores().contains(population.spikes()))
        .findFirst();
  }

  /// Spikes of sources belong to the beginning of a step, those of neurons to its end: theirs are
  /// counted where they are reset.
  private boolean isSource(Directory.Population population) {
    return step.stream()
        .filter(kernel -> kernel.kernel().phase() == Phase.RESET_SPIKED)
        .noneMatch(kernel -> kernel.stores().contains(population.total()));
  }

  Recall found() {
    List<Recall.Layer> layers = new ArrayList<>();
    for (Directory.Population each : program.directory().populations()) {
      if (members.contains(each.name())) {
        KernelUse place = place(each).orElseThrow();
        layers.add(
            new Recall.Layer(each, lastBookkeeper(each, place), isSource(each), isRead(each)));
      }
    }
    Set<String> skipped = new HashSet<>();
    Set<String> others = new HashSet<>();
    Set<Buffer> logs = new HashSet<>();
    Set<Buffer> inputs = new LinkedHashSet<>();
    Set<Buffer> frozen = new HashSet<>();
    Set<Buffer> constants = new HashSet<>();
    Set<Buffer> carried = new LinkedHashSet<>();
    for (KernelUse kernel : step) {
      if (!isMine(kernel)) {
        continue;
      }
      kernel.stores().stream().filter(b -> b.role() == Role.LOG).forEach(logs::add);
      if (running.contains(kernel)) {
        others.add(kernel.kernel().name());
        carried.addAll(kernel.stores());
      } else {
        skipped.add(kernel.kernel().name());
      }
      for (Buffer buffer : kernel.loads()) {
        if (buffer.role() == Role.INPUT) {
          inputs.add(buffer);
        } else if (isConstant(buffer)) {
          constants.add(buffer);
          if (buffer.role() == Role.PLASTIC && changing.contains(buffer)) {
            frozen.add(flag(buffer).orElseThrow().flag());
          }
        }
      }
    }
    List<Buffer> counters =
        program.directory().projections().stream()
            .filter(each -> members.contains(each.target()))
            .flatMap(each -> each.delivered().stream())
            .toList();
    Set<String> ports = new HashSet<>();
    for (Directory.Port port : program.directory().ports()) {
      if (Stream.concat(Stream.of(port.pending()), port.arguments().stream())
          .anyMatch(this::isMine)) {
        ports.add(port.path());
      }
    }
    return new Recall(
        layers,
        skipped,
        others,
        inputs,
        frozen,
        constants,
        carried,
        logs,
        counters,
        ports,
        writtenBy(skipped));
  }

  private Set<Buffer> writtenBy(Set<String> kernels) {
    Set<Buffer> written = new HashSet<>();
    step.stream()
        .filter(kernel -> kernels.contains(kernel.kernel().name()))
        .forEach(kernel -> written.addAll(kernel.stores()));
    step.stream()
        .filter(kernel -> !kernels.contains(kernel.kernel().name()))
        .forEach(kernel -> written.removeAll(kernel.stores()));
    return written;
  }

  private boolean isRead(Directory.Population population) {
    return Stream.of(step, starts, elsewhere)
        .flatMap(List::stream)
        .filter(kernel -> !isMine(kernel) || running.contains(kernel) || !step.contains(kernel))
        .flatMap(kernel -> kernel.loads().stream())
        .anyMatch(List.of(population.spikes(), population.spikeCount())::contains);
  }

  /// Books are kept after the list is whole: what follows may look at them.
  private String lastBookkeeper(Directory.Population population, KernelUse place) {
    return step.reversed().stream()
        .filter(kernel -> isMine(kernel) && !running.contains(kernel))
        .filter(kernel -> kernel.stores().contains(population.total()))
        .findFirst()
        .orElse(place)
        .kernel()
        .name();
  }
}
