package snel.ir.protocol;

import java.util.List;
import java.util.Optional;

/// What an experiment does, statement by statement. Bodies run top to bottom. Durations and periods
/// are terms of type integer: whole steps.
public sealed interface Action {
  Place place();

  /// Advances the network; an episode. Ends early at the first step after which `until` holds.
  record Run(Term steps, List<Term> until, Place place) implements Action {
    public Run {
      until = List.copyOf(until);
    }
  }

  /// Holds inputs for a number of steps; an episode. Inputs it does not name keep what the
  /// experiment assigned them; afterwards all return to that.
  record Present(List<Binding> bindings, Term steps, Place place) implements Action {
    public Present {
      bindings = List.copyOf(bindings);
    }
  }

  /// Advances with every input silent; no episode.
  record Rest(Term steps, Place place) implements Action {}

  /// An event on a port, at the present instant or `after` so many steps.
  ///
  /// @param port of [snel.ir.Directory.Port]
  record Send(String port, Selection selection, List<Term> arguments, Term after, Place place)
      implements Action {
    public Send {
      arguments = List.copyOf(arguments);
    }
  }

  /// Stores into a parameter, state or input of the network.
  record Assign(String path, Selection selection, Term value, Place place) implements Action {}

  /// Stores into a weight or other synaptic variable.
  record AssignSynapses(
      String path, String projection, Selection pre, Selection post, Term value, Place place)
      implements Action {}

  /// Ends the run where a value of a parameter lies outside its range, as it is made of draws or
  /// indices.
  ///
  /// @param closed whether the upper end belongs to the range
  /// @param factor of the unit that the values are shown in
  record Bounded(
      String path, double low, double high, boolean closed, double factor, String unit, Place place)
      implements Action {}

  /// `let`, `var` and assignment to a variable.
  record Define(int slot, String name, Term value, Place place) implements Action {}

  record If(Term condition, List<Action> then, List<Action> otherwise, Place place)
      implements Action {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /// Integer `slot` from `from` to `to`, both included.
  ///
  /// @param loop number of the loop in its experiment, which [EveryPasses] and [StopWhen] name
  record ForRange(int loop, int slot, Term from, Term to, List<Action> body, Place place)
      implements Action {
    public ForRange {
      body = List.copyOf(body);
    }
  }

  /// Over a list, the rows of an array or the records of a stream. One slot takes the element,
  /// several take the parts of a tuple.
  record ForEach(int loop, List<Integer> slots, Term elements, List<Action> body, Place place)
      implements Action {
    public ForEach {
      slots = List.copyOf(slots);
      body = List.copyOf(body);
    }
  }

  record RepeatTimes(int loop, Term times, List<Action> body, Place place) implements Action {
    public RepeatTimes {
      body = List.copyOf(body);
    }
  }

  /// The condition is tested after each pass.
  record RepeatUntil(int loop, Term condition, List<Action> body, Place place) implements Action {
    public RepeatUntil {
      body = List.copyOf(body);
    }
  }

  /// Runs its body in every pass of loop `loop` whose number (from 1) is a multiple of `passes`.
  record EveryPasses(int loop, Term passes, List<Action> body, Place place) implements Action {
    public EveryPasses {
      body = List.copyOf(body);
    }
  }

  /// From here on runs its body every so many steps, at the end of the step, to the end of the
  /// experiment. Executed again, it goes on as it is.
  record EveryTime(int timer, Term steps, List<Action> body, Place place) implements Action {
    public EveryTime {
      body = List.copyOf(body);
    }
  }

  /// Runs its body once, so many steps from here.
  ///
  /// @param captures what the body reads of loop variables and `let`s, as they are now: it reads
  ///   the copies
  record After(int timer, Term steps, List<Capture> captures, List<Action> body, Place place)
      implements Action {
    public After {
      captures = List.copyOf(captures);
      body = List.copyOf(body);
    }
  }

  /// A variable and the slot that its copy is put in before the body runs.
  record Capture(int from, int to) {}

  /// Leaves loop `loop`, or ends the experiment if that is -1.
  record StopWhen(int loop, Term condition, Place place) implements Action {}

  /// Holds what learns: everything but `paths`, or only `paths`. A path names what lies under it
  /// too.
  record Freeze(boolean all, List<String> paths, Place place) implements Action {
    public Freeze {
      paths = List.copyOf(paths);
    }
  }

  record Unfreeze(boolean all, List<String> paths, Place place) implements Action {
    public Unfreeze {
      paths = List.copyOf(paths);
    }
  }

  /// Back to initial values (semantics.md §9): everything but `paths`, or only `paths`.
  record Reset(boolean all, List<String> paths, Place place) implements Action {
    public Reset {
      paths = List.copyOf(paths);
    }
  }

  record Record(List<Target> targets, Place place) implements Action {
    public Record {
      targets = List.copyOf(targets);
    }
  }

  record Report(List<Item> items, Place place) implements Action {
    public Report {
      items = List.copyOf(items);
    }
  }

  record Expect(Claim claim, Place place) implements Action {}

  /// A place that a killed run resumes from.
  record Checkpoint(Place place) implements Action {}

  /// Weights and plastic states to a file (`.npz` or `.h5`) in the run folder.
  record Save(Term file, Place place) implements Action {}

  record Load(Term file, Place place) implements Action {}

  /// Weights and biases from a trained network of another kind.
  record Convert(Conversion conversion, Place place) implements Action {}

  record Fit(String readOut, Term label, Place place) implements Action {}

  /// @param sample that the read-out answers, if it is known which: figures pair it with what the
  ///   data set says of it
  record Score(String readOut, Term label, Optional<Term> sample, Place place) implements Action {}

  /// Begins the tally of a read-out afresh: stands before a loop that scores it.
  record BeginTally(String readOut, Place place) implements Action {}

  /// A part of training by gradients, or of keeping the best weights.
  ///
  /// @param targets of the parts of the loss, for [Learning#MINIMISE]
  record Learn(Learning what, List<Term> targets, Place place) implements Action {
    public Learn {
      targets = List.copyOf(targets);
    }

    public Learn(Learning what, Place place) {
      this(what, List.of(), place);
    }
  }

  /// What [Learn] does.
  enum Learning {
    /// From here on steps are written down for [#MINIMISE].
    WATCH,
    /// From here on they are not.
    REST,
    /// Adds the gradient of the loss of the latest sample to that of the batch.
    MINIMISE,
    /// Changes the weights by the gradient of the batch, if it has a sample.
    UPDATE,
    /// The same at the end of a pass over the data: the mean loss of the pass is known then.
    END_PASS,
    /// Makes a point of the curve of the loss of what was learned since the latest one.
    TELL,
    /// Keeps the weights as the best so far.
    KEEP,
    /// Brings the best weights back.
    RESTORE
  }

  /// In a sweep: runs an experiment (and first what it is `from`) at the present point.
  record RunExperiment(String experiment, Place place) implements Action {}

  /// What `present` holds an input to.
  sealed interface Binding {
    /// One value for the whole episode.
    record Hold(String path, Selection selection, Term value) implements Binding {}

    /// A value that depends on [Term.Time]: evaluated at the beginning of every step.
    record Vary(String path, Selection selection, Term value) implements Binding {}

    /// Spikes of an input population: [Type.Trains], or an array [steps, neurons] of 0 and 1.
    record Play(String population, Selection selection, Term trains) implements Binding {}
  }

  /// What `record` keeps.
  sealed interface Target {
    /// Spikes of a population, slice or event.
    record Spikes(String population, Selection selection) implements Target {}

    /// A state, input or synaptic variable every so many steps.
    ///
    /// @param buffer whose elements are sampled: the value's own, or the copy taken after phase 1
    ///   for `at deliver`
    /// @param projection the projection whose variable it is; empty for others
    record Samples(
        String path,
        String buffer,
        String projection,
        Selection selection,
        Selection post,
        Term everySteps,
        boolean atDeliver,
        Unit unit)
        implements Target {}
  }

  /// One item of a report.
  ///
  /// @param id number of the item in its experiment: later reports of it replace or extend it
  /// @param name what the author wrote before `=`, or the name made of the expression (`rate.E`,
  ///   `accuracy`); a text that is put together anew at each report where a loop counts in it
  record Item(int id, Term name, Term value, Unit unit) {
    public Item(int id, String name, Term value, Unit unit) {
      this(id, new Term.Word(name), value, unit);
    }

    /// The name, if it is the same at each report.
    public Optional<String> knownName() {
      return name instanceof Term.Word(String word) ? Optional.of(word) : Optional.empty();
    }

    /// The read-out whose accuracy it is, if it is one.
    public Optional<String> readOut() {
      return value instanceof Term.Call(Function function, var arguments, _)
              && function == Function.ACCURACY
              && arguments.getFirst() instanceof Term.ReadOut(String scored)
          ? Optional.of(scored)
          : Optional.empty();
    }
  }

  /// What `expect` claims, kept apart so that a failure can show both sides.
  sealed interface Claim {
    record Holds(Term condition) implements Claim {}

    /// @param tolerance absolute in stored units, or a fraction of the right side if `relative`; 0
    ///   for an exact comparison
    record Compares(
        Term.Comparison comparison,
        Term left,
        Term right,
        Term tolerance,
        boolean relative,
        Unit unit)
        implements Claim {}

    record Lies(Term value, Term low, Term high, boolean upperOpen, Unit unit) implements Claim {}
  }
}
