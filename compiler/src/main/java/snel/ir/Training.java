package snel.ir;

import java.util.List;

/// How an experiment trains its network.
///
/// @param spikes what stands for the derivative of a spike
/// @param throughReset whether derivatives pass by what the reset at a spike sets
/// @param rows most steps of a sample
/// @param truncate derivatives stay within pieces of so many steps; 0 for no end
/// @param segments what is done twice so that less is written down
/// @param loss parts that are added up
/// @param held names of the weights that do not learn
/// @param limits what some of them are kept between
/// @param feedback by which weights derivatives go back to spikes
public record Training(
    Spikes spikes,
    boolean throughReset,
    int rows,
    int truncate,
    Segments segments,
    List<Part> loss,
    Optimiser optimiser,
    List<String> held,
    List<Limit> limits,
    Feedback feedback) {
  public Training {
    loss = List.copyOf(loss);
    held = List.copyOf(held);
    limits = List.copyOf(limits);
  }

  /// Whether something does not learn.
  public boolean holds(String path) {
    return Paths.isUnder(path, held);
  }

  /// Checkpoints in time: only what a segment of a sample begins with is kept, and its steps are
  /// done once more before they are gone back over (Griewank & Walther 2000,
  /// doi:10.1145/347837.347846; Chen et al. 2016, arXiv:1604.06174).
  ///
  /// @param steps of a segment; 0 where each step of a sample is written down
  /// @param inputsVary whether inputs change from step to step
  public record Segments(int steps, boolean inputsVary) {
    public static final Segments NONE = new Segments(0, false);

    public boolean areKept() {
      return steps > 0;
    }
  }

  /// The way of derivatives from where spikes arrive to the spikes.
  ///
  /// @param cut paths of the projections by whose weights nothing goes back
  /// @param ends paths of those to the read-out
  public record Feedback(Kind kind, List<String> cut, List<String> ends) {
    /// By the weights themselves, all of them.
    public static final Feedback OWN = new Feedback(Kind.SYMMETRIC, List.of(), List.of());

    public Feedback {
      cut = List.copyOf(cut);
      ends = List.copyOf(ends);
    }

    /// What stands for the weights to the read-out.
    public enum Kind {
      /// They themselves.
      SYMMETRIC,
      /// Random numbers that stay.
      RANDOM,
      /// Random numbers that change as the weights do.
      ADAPTIVE
    }
  }

  /// What stands for the derivative of a spike.
  public sealed interface Spikes {
    /// A surrogate for that of the threshold.
    ///
    /// @param slope of the local `margin`: how far the state is above threshold
    record Surrogate(Expr slope) implements Spikes {}

    /// That of its time.
    ///
    /// @param least rise of the margin in a millisecond that is taken at a spike
    /// @param wake derivative, downwards, by the largest margin of a neuron that is silent though
    ///   the loss asks when it spikes
    /// @param step in milliseconds
    /// @param resets whether what a spike sets in its own neuron moves with it
    record Times(double least, double wake, double step, boolean resets) implements Spikes {}
  }

  /// Bounds of what lies at a path, infinite where there is none.
  public record Limit(String path, double low, double high) {}

  /// The local that surrogates are functions of.
  public static final String MARGIN = "margin";

  /// How far a state is above threshold, as the type of the program's reals.
  public static Expr margin(Scalar real) {
    return new Expr.Read(MARGIN, real);
  }

  /// A part of the loss.
  public sealed interface Part {
    /// Before it.
    double factor();

    /// What is read for it.
    List<Reading> readings();

    /// How many numbers each of its targets has.
    List<Integer> targets();
  }

  /// One of the usual losses of a reading, which has one target.
  ///
  /// @param first of the readings that it is of
  /// @param count how many of them
  /// @param scale what the readings are multiplied by
  public record Usual(Kind kind, Reading reading, int first, int count, double factor, double scale)
      implements Part {
    @Override
    public List<Reading> readings() {
      return List.of(reading);
    }

    @Override
    public List<Integer> targets() {
      return List.of(
          switch (kind) {
            case Kind.Trains(int steps) -> steps * reading.size() + 1;
            case Kind.Squares(_, int targets, _) -> targets;
            case Kind.CrossEntropy _, Kind.MeanSquare _, Kind.Outside _, Kind.Total _ -> 1;
          });
    }
  }

  /// A loss that is written out: each node is made of those before it, and the last is the loss.
  public record Written(List<Node> nodes, double factor) implements Part {
    public Written {
      nodes = List.copyOf(nodes);
    }

    @Override
    public List<Reading> readings() {
      return nodes.stream()
          .filter(Node.Read.class::isInstance)
          .map(node -> ((Node.Read) node).reading())
          .distinct()
          .toList();
    }

    @Override
    public List<Integer> targets() {
      return nodes.stream().filter(Node.Given.class::isInstance).map(Node::size).toList();
    }
  }

  /// Numbers that a loss is made of, one or as many as neurons. Where one meets many, it goes with
  /// each of them.
  public sealed interface Node {
    /// How many numbers.
    int size();

    /// @param first of the readings
    /// @param scale what they are multiplied by
    record Read(Reading reading, int first, int size, double scale) implements Node {}

    /// The next of the targets.
    record Given(int size) implements Node {}

    record Constant(double value) implements Node {
      @Override
      public int size() {
        return 1;
      }
    }

    /// Element by element.
    ///
    /// @param formula of the locals [Training#operand], those nodes, as reals of the program
    record Pointwise(Expr formula, List<Integer> of, int size) implements Node {
      public Pointwise {
        of = List.copyOf(of);
      }
    }

    /// All of them as one, by sum, least or largest.
    record Whole(ReduceOp op, int of) implements Node {
      @Override
      public int size() {
        return 1;
      }
    }

    /// Those from `from` on.
    record Stretch(int of, int from, int size) implements Node {}

    /// Those whose places the node `at` has, counted from 0.
    record Pick(int of, int at, int size) implements Node {}
  }

  /// What a formula of a loss calls the number `k` of what it is of.
  public static String operand(int k) {
    return "operand" + k;
  }

  /// What a part of the loss does with the readings.
  public sealed interface Kind {
    /// -log of the soft maximum's share of the target, which is a class.
    record CrossEntropy() implements Kind {}

    /// Mean, or sum, of the squared differences from the targets.
    ///
    /// @param targets how many there are: one for each reading, or 1 for all
    /// @param again whether the loss has them already, of the readings that are the targets here
    record Squares(boolean mean, int targets, boolean again) implements Kind {}

    /// The squared difference of the mean of the readings from the target.
    record MeanSquare() implements Kind {}

    /// Mean, or sum, of the readings.
    record Total(boolean mean) implements Kind {}

    /// How far trains of spikes are from desired ones, and what would bring them nearer: both are
    /// worked out from the spikes and given as targets, a derivative by the margin of each neuron
    /// in each step, the distance last.
    record Trains(int steps) implements Kind {}

    /// Mean distance of the readings from a range.
    record Outside(double low, double high) implements Kind {}
  }

  /// One number for each neuron of a population, read from all steps of a sample.
  ///
  /// @param path of the state (`y.v`), or the population of which spikes are counted
  /// @param size how many neurons
  /// @param last how many of the last steps count
  public record Reading(How how, String path, int size, int last) {}

  /// How steps are made one number.
  public enum How {
    MAXIMUM,
    MEAN,
    COUNT,
    /// The time of the first spike, and the end of the sample where there is none.
    FIRST
  }

  /// How gradients change weights.
  ///
  /// @param rate of learning, multiplied by `decay` every `every` updates
  /// @param momentum of plain descent; 0 for none
  /// @param first, second forgetting of the two moments
  /// @param weightDecay share of a weight that is added to its gradient
  /// @param decoupled whether that share is taken from the weight itself instead, times the rate,
  ///   and moments know nothing of it
  /// @param clip largest norm of the whole gradient; infinite for none
  /// @param schedule how the rate changes beside that
  /// @param levels what weights are rounded to: the first that speaks of them counts
  public record Optimiser(
      boolean adaptive,
      double rate,
      double momentum,
      double first,
      double second,
      double epsilon,
      double weightDecay,
      boolean decoupled,
      double decay,
      int every,
      double clip,
      Schedule schedule,
      List<Levels> levels) {
    public Optimiser {
      levels = List.copyOf(levels);
    }
  }

  /// @param warmUp updates in which the rate rises from nothing; 0 for none
  /// @param cosine updates in which it falls to nothing as a cosine does; 0 for none
  public record Schedule(int warmUp, int cosine) {}

  /// What the weights that act are rounded to, while those that learn are not.
  ///
  /// @param count levels on each side of 0
  /// @param range of the outermost
  /// @param of paths of the projections whose weights they are; empty for all
  public record Levels(int count, double range, List<String> of) {
    public Levels {
      of = List.copyOf(of);
    }
  }
}
