package snel.ir.protocol;

/// Library functions of protocols; arguments in the order given here. Element-wise functions take
/// numbers and arrays. Times are in ms, rates in kHz (the stored units).
public enum Function {
  // Element by element.
  ABS,
  EXP,
  EXPM1,
  EXPREL,
  LOG,
  LOG1P,
  LOGIT,
  SQRT,
  SIN,
  COS,
  TAN,
  ASIN,
  ACOS,
  ATAN,
  /// (y, x)
  ATAN2,
  SINH,
  COSH,
  TANH,
  SIGMOID,
  SIGN,
  FLOOR,
  CEIL,
  ROUND,
  TRUNCATE,
  RELU,
  /// (a, b)
  MIN,
  /// (a, b)
  MAX,
  /// (x, low, high)
  CLIP,
  /// (x, low, high, whether high belongs to it, factor and text of their unit, name): x, a fault if
  /// it does not lie there
  WITHIN,
  /// (a, b): `a - b * floor(a / b)`
  MOD,

  // Over all elements of an array, list or series; where the call is a series itself, over those of
  // each sample.
  SUM,
  MEAN,
  LEAST,
  GREATEST,
  /// Standard deviation, divided by n.
  DEVIATION,
  SIZE,
  ALL_FINITE,

  // Arrays, lists and streams.
  FLATTEN,
  TRANSPOSE,
  /// (label, classes)
  ONE_HOT,
  /// (array, times)
  REPEAT_EACH,
  /// (from, to, count)
  LINSPACE,
  /// (a, b)
  ZIP,
  /// (steps or time, exact): a time in ms to whole steps; off the grid is a fault if `exact`
  TO_STEPS,
  /// (steps): their time in ms
  TIME_OF_STEPS,

  // Spike trains and signals.
  /// (array of times)
  AT_TIMES,
  /// (rate, from, spikes)
  REGULAR_TRAIN,
  /// (sets or 0 for one set, neurons, rate, duration, stream, evaluation counter)
  RANDOM_TRAINS,
  /// (sets or 0 for one set, neurons, duration, stream, evaluation counter)
  RANDOM_MOMENTS,
  /// (count, classes, stream, evaluation counter)
  RANDOM_LABELS,
  /// (trains, sd, stream, evaluation counter)
  JITTER,
  /// (samples, rate)
  SIGNAL,
  /// (series, time): the last sample not after it
  SAMPLED_AT,
  /// (array, levels, cue)
  THRESHOLD_CROSSING,
  /// (image, sizes, sigmas or an empty array, threshold, normalise radius)
  DIFFERENCE_OF_GAUSSIANS,
  /// (image, side of a block)
  AVERAGED,
  /// (image, down, right, angle, scale)
  MOVED,
  /// (sound, its rate, window, hop, bands, lowest frequency, highest frequency)
  SPECTROGRAM,
  /// (camera or address events, width of a slot, rule: 0 floor, 1 round, 2 ceil, lengths of the
  /// field...): what is seen in the present file, or the spikes of a list
  BINNED,

  /// (number, function, argument): the number, which must be above 0 for this argument
  POSITIVE,

  // Measures of the latest episode; the first argument is [Term.Neurons].
  /// Also of [Term.Projection]: its synapses.
  COUNT,
  RATE,
  /// Infinite if there was none.
  FIRST_SPIKE,
  /// One number for each neuron.
  COUNT_EACH,
  RATE_EACH,
  FIRST_SPIKE_EACH,
  /// A series: the rate of all, in bins.
  RATE_OVER_TIME,
  CV_ISI,
  /// (neurons, bin)
  CORRELATION,
  /// (neurons, bin)
  FANO_FACTOR,
  /// (neurons, low, high)
  RATE_OUTSIDE,
  /// (trains, trains, tau)
  VAN_ROSSUM,
  /// (trains, trains, tau_q)
  VICTOR_PURPURA,
  /// What brings trains nearer to others, by the distance of Victor & Purpura: for each step and
  /// neuron a derivative by its margin, and the distance last.
  EDITS,
  /// (label, classes): the label, which must be one of them, for a loss
  LABEL,
  /// (series, number of the local maximum, or -1 for the largest sample)
  PEAK,
  /// (series), or (series, length of the end of the episode that counts)
  MAX_OVER_TIME,
  MEAN_OVER_TIME,
  /// (trains or neurons, tau)
  FILTERED,
  SYNAPTIC_OPERATIONS,
  DENSE_OPERATIONS,
  PLASTIC_UPDATES,
  NEURON_UPDATES,
  EVENTS_PER_SECOND,
  /// (projection)
  MEAN_DISPLACEMENT,

  /// (): the mean loss of the latest pass over the data
  LOSS,
  /// (): the mean loss that is the latest point of its curve ([Action.Learning#TELL])
  RECENT_LOSS,
  /// (): whether the curve of the loss is to have another point
  LOSS_IS_DUE,

  // Read-outs.
  /// What it has been scored on since its tally began.
  SCORED,
  /// Mean time of its answers, in ms.
  LATENCY,
  ACCURACY,
  /// (read-out, groups)
  ACCURACY_BY,

  // Files, and records of a `data` declaration.
  /// (from, to, closed): an array of columns, by number or name, with `to` if it is closed
  COLUMNS,
  /// Number of the record in its file, from 0.
  RECORD_INDEX,
  /// (column): the position of its text among all the texts of the column, in order
  CATEGORY,
  /// (column): minus its mean, divided by its deviation, over the whole file
  STANDARDISED,
  /// (files...): the record's part of the arrays in these files
  IDX,
  /// (path): the record's part of an array in the file
  DATASET,
  /// (path of times, path of units, length of a unit of time): spikes in lists of the file; only
  /// within BINNED
  ADDRESS_EVENTS,
  /// (rate): the sound of the present file
  WAV,
  /// (samples, length)
  PADDED,

  // Figures.
  /// (neurons...)
  RASTER,
  /// (series..., title)
  TRACES,
  /// (array, rows, columns)
  GRID,
  /// (array, bins)
  HISTOGRAM,
  /// (value)
  OVER_TIME,
  /// (series, its name, its unit): what [#OVER_TIME] draws that is reported once
  COURSE,
  /// (x, y, name of x, name of y)
  CURVE,
  /// (x, y, z, their names...)
  HEAT_MAP,
  /// (cells..., as many headings)
  TABLE,
  /// (array), or (array, its shape)
  MAP_OF,
  /// (read-out)
  CONFUSION,
  /// (projection)
  DEGREE_DISTRIBUTION
}
