package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.elaborate.Val;
import snel.ir.protocol.Action;
import snel.ir.protocol.Function;
import snel.ir.protocol.Place;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Shapes;
import snel.model.Population;
import snel.model.Slice;
import snel.source.Span;
import snel.syntax.Statement;

/// `present`: what an experiment gives to the inputs of its network.
final class Presentations {
  private final Block block;
  private final Work work;

  Presentations(Block block) {
    this.block = block;
    this.work = block.work();
  }

  void present(Statement.Present present, Place place, List<Action> actions) {
    List<Action.Binding> bindings = new ArrayList<>();
    boolean whole = true;
    List<DrivenInput> given = new ArrayList<>();
    for (Statement.Driven driven : present.inputs()) {
      Optional<Action.Binding> binding = binding(driven, place, actions);
      whole &= binding.isPresent();
      binding.ifPresent(bindings::add);
      binding
          .map(DrivenInput::of)
          .ifPresent(input -> {
            once(given.stream().noneMatch(input::meets), driven);
            given.add(input);
          });
      binding.ifPresent(
          image -> bindings.addAll(new DerivedInputs(work).of(image, driven.value().span())));
    }
    Optional<Term> steps = new Durations(block).steps(present.duration());
    if (steps.isPresent() && whole) {
      actions.add(new Action.Present(bindings, steps.get(), place));
    }
  }

  private void once(boolean isFirst, Statement.Driven driven) {
    if (!isFirst) {
      String name = Places.text(driven.input().span());
      work.fault(
          Diagnostic.of(
                  Code.INPUT_DRIVEN_TWICE,
                  "`" + name + "` is presented twice by one statement",
                  driven.input().span(),
                  "it has a value already")
              .help("say it once, or present one after the other"));
    }
  }

  private Optional<Action.Binding> binding(
      Statement.Driven driven, Place place, List<Action> actions) {
    Meaning input = block.reader().read(driven.input());
    return switch (input) {
      case Meaning.Fixed(Val.Cells(var slice, var event), var _)
          when event.isEmpty() && isInput(slice) -> {
        Optional<Term> trains = new SpikeTrains(block).read(driven, slice);
        yield trains.map(
            term -> new Action.Binding.Play(slice.population(), Selections.of(slice), term));
      }
      case Meaning.Live(Term.Read(String path, Selection selection, Type type), var _)
          when isValueInput(path) -> {
        bound(path, driven.input().span());
        yield value(driven, path, selection, type, place, actions);
      }
      case Meaning.Faulty _, Meaning.Fixed(Val.Bad _, var _) -> Optional.empty();
      default -> {
        String name = Places.text(driven.input().span());
        work.fault(
            Code.NOT_ASSIGNABLE,
            "`"
                + name
                + "` is no input, so nothing can be presented to it"
                + Nearest.hint(name, inputs()),
            driven.input().span());
        yield Optional.empty();
      }
    };
  }

  private boolean isInput(Slice slice) {
    return work.population(slice.population()).filter(Population::isInput).isPresent();
  }

  private List<String> inputs() {
    List<String> names = new ArrayList<>();
    work.elaborated().network().inputs().forEach(input -> names.add(input.path()));
    for (Population population : work.elaborated().network().populations()) {
      if (population.isInput()) {
        names.add(population.path());
      }
      population.inputs().forEach(input -> names.add(population.path() + "." + input.name()));
    }
    return names;
  }

  private boolean isValueInput(String path) {
    return inputs().contains(path);
  }

  /// An input that follows something already cannot be presented too.
  private void bound(String path, Span span) {
    for (Population population : work.elaborated().network().populations()) {
      population.bindings().stream()
          .filter(binding -> path.equals(population.path() + "." + binding.input()))
          .findFirst()
          .ifPresent(_ ->
              work.fault(
                  Code.INPUT_DRIVEN_TWICE,
                  "`" + path + "` already gets its value in the network",
                  span));
    }
  }

  private Optional<Action.Binding> value(
      Statement.Driven driven,
      String path,
      Selection selection,
      Type type,
      Place place,
      List<Action> actions) {
    Optional<Term> read = block.reader().term(driven.value());
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Term value = ElementDraws.each(read.get(), type);
    if (value.type() instanceof Type.Series) {
      Term.Variable held = work.variable("signal", Type.SERIES);
      actions.add(new Action.Define(held.slot(), "signal", value, place));
      Term now = new Term.Call(Function.SAMPLED_AT, List.of(held, new Term.Time()), Type.REAL);
      return Optional.of(new Action.Binding.Vary(path, selection, now));
    }
    if (!new DerivedInputs(work).hang(path)) {
      checkShape(value, type, path, driven);
    }
    Optional<String> moment = work.times().moment(value);
    if (moment.isPresent() && !TimeDependence.has(value)) {
      standing(moment.get(), driven.value().span());
      return Optional.empty();
    }
    if (work.changes().in(value)) {
      withoutWayBack(path, value, driven);
      Term followed = new Followed(work, path, place, actions).value(value);
      return Optional.of(new Action.Binding.Vary(path, selection, followed));
    }
    if (new DerivedInputs(work).hang(path)) {
      // Evaluated once: it may draw random numbers.
      Term.Variable held = work.variable("picture", value.type());
      actions.add(new Action.Define(held.slot(), "picture", value, place));
      return Optional.of(new Action.Binding.Hold(path, selection, held));
    }
    return Optional.of(new Action.Binding.Hold(path, selection, value));
  }

  /// What is presented is no part of the steps that derivatives go back over.
  private void withoutWayBack(String path, Term value, Statement.Driven driven) {
    if (work.lesson().isTraining() && work.changes().ofNetwork(value, path)) {
      String input = Places.text(driven.input().span());
      work.lesson()
          .doubt(
              driven.value().span(),
              "`"
                  + input
                  + "` follows the network, and no derivative goes back by what is presented",
              "give it in the network: `population … : NEURON[n](INPUT: EXPRESSION)`, or a"
                  + " connection with `transmit`");
    }
  }

  private void standing(String let, Span span) {
    work.fault(
        Diagnostic.of(
                Code.PARAMETER_FOLLOWS_INPUT,
                "`" + let + "` is worked out where its `let` stands and does not follow `t`",
                span,
                "would stand still")
            .help(
                "write the expression with `t` in `present`; if the value of that moment is"
                    + " meant, write `var` in place of `let`"));
  }

  private void checkShape(Term value, Type input, String path, Statement.Driven driven) {
    Span span = driven.value().span();
    if (input instanceof Type.Array) {
      new GivenShape(work).check(value, input, path, span);
    } else if (value.type() instanceof Type.Array(var given)
        && !given.contains(-1)
        && Shapes.size(given) != 1) {
      work.fault(
          Code.UNLIKE_SHAPES, "`" + path + "` is a single value, but the value is " + given, span);
    }
  }
}
