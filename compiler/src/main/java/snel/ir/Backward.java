package snel.ir;

/// What a program that learns by gradients has beside its steps: the names of the kernels and
/// buffers that the driver of a target works with.
///
/// While [#ON] is not 0 each step writes down what derivatives will need. After the last step of a
/// sample the driver stores the targets, calls [#PREPARE] and [#LOSS], then for each step the
/// kernels whose names begin with [#BACK], in their order, and at last [#RELEASE]. What the samples
/// of a batch give is added up; those whose names begin with [#UPDATE] change the weights by it.
public final class Backward {
  public static final String PREPARE = "gradient:prepare";
  public static final String LOSS = "gradient:loss";
  public static final String BACK = "gradient:back:";
  public static final String RELEASE = "gradient:release";
  public static final String UPDATE = "gradient:update:";

  /// What the names of the kernels begin with that keep the best weights so far, and of those that
  /// bring them back.
  public static final String KEEP = "best:keep:";

  public static final String RESTORE = "best:restore:";

  /// `I32[1]`: not 0 while steps are written down.
  public static final String ON = "tape.on";

  /// `I32[1]`: steps written down since the last reset.
  public static final String ROW = "tape.row";

  /// `I32[1]`: samples since the weights were changed.
  public static final String SAMPLES = "learn.samples";

  /// `F64[1]`: loss of the latest sample.
  public static final String SAMPLE_LOSS = "learn.loss";

  /// `F64[3]`: sum of the losses of all samples of this pass over the data, their number, and the
  /// mean of the pass before.
  public static final String MEAN_LOSS = "learn.mean";

  /// The targets of part `k` of the loss, in the program's reals.
  public static String target(int k) {
    return "learn.target." + k;
  }

  private Backward() {}
}
