package snel.ir;

import java.util.Optional;
import java.util.stream.Stream;

/// What a program that learns by gradients has beside its steps: the names of the kernels and
/// buffers that the driver of a target works with.
///
/// While [#ON] is not 0 each step writes down what derivatives will need. After the last step of a
/// sample the driver stores the targets, calls [#PREPARE] and [#LOSS], then for each step the
/// kernels whose names begin with [#BACK], in their order, and at last [#LIST], if there is one,
/// and [#RELEASE]. What the samples of a batch give is added up; those whose names begin with
/// [#UPDATE] change the weights by it.
///
/// A program with [#RESUME] has only one segment of a sample written down, the last after all
/// steps. Back over it the driver calls [#LIST] and [#SUM], then for each segment before it
/// [#RESUME], for each of its steps the kernels whose names begin with [#AGAIN], and then those
/// back over them, [#LIST] and [#SUM].
///
/// A program with [#SLOT] writes up to [#BESIDE] samples down, the same number of steps each, and
/// goes back over all of them at once: [#PREPARE] before the first of them, [#LOSS] after each, the
/// rest after the last.
public final class Backward {
  public static final String PREPARE = "gradient:prepare";
  public static final String LOSS = "gradient:loss";
  public static final String BACK = "gradient:back:";

  /// Lists who spiked when, for [#RELEASE] or [#SUM]: does not add to what other samples have left.
  public static final String LIST = "gradient:list";

  public static final String RELEASE = "gradient:release";

  /// Brings back what the segment before began with.
  public static final String RESUME = "gradient:resume";

  /// What the names of the kernels begin with that do a step of a segment once more.
  public static final String AGAIN = "gradient:again:";

  /// After the steps of a segment were gone back over.
  public static final String SUM = "gradient:sum";

  public static final String UPDATE = "gradient:update:";

  /// What the name of a kernel by which synapses come and go begins with where it is due after the
  /// weights have changed: a kernel of the step, or of a presentation's end, does the rest of the
  /// name otherwise.
  public static final String REWIRE = UPDATE + "rewire:";

  /// What the names of the kernels begin with that keep the best weights so far, and of those that
  /// bring them back.
  public static final String KEEP = "best:keep:";

  public static final String RESTORE = "best:restore:";

  /// `I32[1]`: not 0 while steps are written down.
  public static final String ON = "tape.on";

  /// `I32[1]`: steps written down since the last reset.
  public static final String ROW = "tape.row";

  /// How many samples are gone back over side by side where a program has [#SLOT].
  public static final int BESIDE = 8;

  /// `I32[1]`: the place, among those side by side, of the sample that is written down. Row r of
  /// its tape is row `BESIDE * r + place`, and [#ROW] counts so.
  public static final String SLOT = "tape.slot";

  /// `I32[1]`: how many samples are gone back over.
  public static final String SLOTS = "tape.slots";

  /// `I32[1]`: steps of the samples that are gone back over.
  public static final String STEPS = "tape.steps";

  /// `I32[1]`: samples since the weights were changed.
  public static final String SAMPLES = "learn.samples";

  /// `F64[1]`: loss of the latest sample.
  public static final String SAMPLE_LOSS = "learn.loss";

  /// `F64[9]`: sum of the losses of all samples of this pass over the data, their number, and the
  /// mean of the pass before; then, for the curve of the loss, sum and number since its latest
  /// point, that point, how many updates there were since and before, and whether the next point is
  /// due.
  public static final String MEAN_LOSS = "learn.mean";

  /// The targets of part `k` of the loss, in the program's reals.
  public static String target(int k) {
    return "learn.target." + k;
  }

  /// What the names of kernels begin with that are called one behind the other, this one among
  /// them.
  public static Optional<String> series(String kernel) {
    return Stream.of(BACK, AGAIN).filter(kernel::startsWith).findFirst();
  }

  /// How many samples a program goes back over side by side.
  public static int samples(Program program) {
    return program.buffers().stream().anyMatch(buffer -> buffer.name().equals(SLOT)) ? BESIDE : 1;
  }

  private Backward() {}
}
