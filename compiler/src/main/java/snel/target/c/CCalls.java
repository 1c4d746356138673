package snel.target.c;

import java.util.List;
import java.util.stream.Collectors;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;

/// Writes calls of the library functions of protocols.
final class CCalls {
  private final CTerms terms;

  CCalls(CTerms terms) {
    this.terms = terms;
  }

  String value(Term.Call call) {
    List<Term> given = call.arguments();
    return switch (call.function()) {
      case ABS -> each("snel_each_kept", given, "fabs");
      case SIGN -> each("snel_each_kept", given, "snel_f_sign");
      case EXP,
          EXPM1,
          EXPREL,
          LOG,
          LOG1P,
          SIN,
          COS,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          SINH,
          COSH,
          TANH,
          SIGMOID ->
          each("snel_each", given, "snel_" + CTerms.word(call.function()) + "_f64");
      case LOGIT, RELU -> each("snel_each", given, "snel_f_" + CTerms.word(call.function()));
      case SQRT -> each("snel_each", given, "sqrt");
      case FLOOR -> each("snel_each_whole", given, "floor");
      case CEIL -> each("snel_each_whole", given, "ceil");
      case ROUND -> each("snel_each_whole", given, "snel_f_round");
      case TRUNCATE -> each("snel_each_whole", given, "snel_f_truncate");
      case MIN, MAX ->
          "snel_both_kept(" + values(given) + ", snel_f_" + CTerms.word(call.function()) + ")";
      case ATAN2 -> "snel_both(" + values(given) + ", snel_atan2_f64)";
      case CLIP -> "snel_clip(" + values(given) + ")";
      case WITHIN ->
          "snel_within("
              + terms.value(given.getFirst())
              + ", "
              + reals(given.subList(1, 3))
              + ", "
              + terms.truth(given.get(3))
              + ", "
              + terms.real(given.get(4))
              + ", "
              + texts(given.subList(5, 7))
              + ")";
      case MOD -> "snel_mod(" + values(given) + ")";
      case SUM, MEAN, LEAST, GREATEST, DEVIATION -> {
        String function = "snel_" + CTerms.word(call.function());
        yield call.type() instanceof Type.Series
            ? "snel_of_each_sample(" + terms.value(given.getFirst()) + ", " + function + ")"
            : "snel_real(" + function + "(" + terms.numbers(given.getFirst()) + "))";
      }
      case SIZE -> "snel_whole(snel_size(" + values(given) + "))";
      case ALL_FINITE -> "snel_truth(snel_all_finite(" + terms.numbers(given.getFirst()) + "))";
      case FLATTEN -> "snel_flatten(" + values(given) + ")";
      case TRANSPOSE -> "snel_transpose(" + values(given) + ")";
      case ONE_HOT -> "snel_one_hot(" + wholes(given) + ")";
      case REPEAT_EACH -> valueAndWhole("snel_repeat_each", given);
      case LINSPACE -> "snel_linspace(" + realsAndWhole(given) + ")";
      case ZIP -> "snel_zip(" + values(given) + ")";
      case TO_STEPS -> toSteps(given);
      case TIME_OF_STEPS ->
          "snel_real(snel_time_of(m->network, " + terms.whole(given.getFirst()) + "))";
      case AT_TIMES -> "snel_at_times(" + values(given) + ")";
      case REGULAR_TRAIN -> "snel_regular_train(" + realsAndWhole(given) + ")";
      case RANDOM_TRAINS ->
          "snel_random_trains(m, "
              + wholes(given.subList(0, 2))
              + ", "
              + reals(given.subList(2, 4))
              + ", "
              + chance(given)
              + ")";
      case RANDOM_MOMENTS ->
          "snel_random_moments(m, "
              + wholes(given.subList(0, 2))
              + ", "
              + terms.real(given.get(2))
              + ", "
              + chance(given)
              + ")";
      case RANDOM_LABELS ->
          "snel_random_labels(m, " + wholes(given.subList(0, 2)) + ", " + chance(given) + ")";
      case JITTER ->
          "snel_jitter(m, "
              + terms.value(given.get(0))
              + ", "
              + terms.real(given.get(1))
              + ", "
              + chance(given)
              + ")";
      case SIGNAL -> valueAndReal("snel_signal", given);
      case SAMPLED_AT -> valueAndReal("snel_sampled_at", given);
      case THRESHOLD_CROSSING ->
          "snel_threshold_crossing("
              + terms.value(given.getFirst())
              + ", "
              + wholes(given.subList(1, 3))
              + ")";
      case DIFFERENCE_OF_GAUSSIANS ->
          "snel_difference_of_gaussians("
              + terms.value(given.get(0))
              + ", "
              + terms.numbers(given.get(1))
              + ", "
              + terms.numbers(given.get(2))
              + ", "
              + terms.real(given.get(3))
              + ", "
              + terms.whole(given.get(4))
              + ")";
      case AVERAGED -> valueAndWhole("snel_averaged", given);
      case MOVED ->
          "snel_moved(" + terms.value(given.get(0)) + ", " + reals(given.subList(1, 5)) + ")";
      case SPECTROGRAM ->
          "snel_spectrogram("
              + terms.numbers(given.get(0))
              + ", "
              + reals(given.subList(1, 4))
              + ", "
              + terms.whole(given.get(4))
              + ", "
              + reals(given.subList(5, 7))
              + ")";
      case PADDED -> valueAndWhole("snel_padded", given);
      case COUNT ->
          given.getFirst() instanceof Term.Projection(String name)
              ? "snel_whole(snel_synapse_count(" + terms.view().projection(name) + "))"
              : "snel_whole(snel_count(" + neurons(given) + "))";
      case RATE -> "snel_real(snel_rate(" + neurons(given) + "))";
      case FIRST_SPIKE -> "snel_real(snel_first_spike(" + neurons(given) + "))";
      case COUNT_EACH -> terms.placed(call.type(), "snel_count_each(" + neurons(given) + ")");
      case RATE_EACH -> "snel_rate_each(" + neurons(given) + ")";
      case FIRST_SPIKE_EACH ->
          terms.placed(call.type(), "snel_first_spike_each(" + neurons(given) + ")");
      case CV_ISI -> "snel_cv_isi(" + spikes(given) + ")";
      case POSITIVE ->
          "snel_positive("
              + terms.value(given.getFirst())
              + ", "
              + CText.quote(((Term.Word) given.get(1)).value())
              + ", "
              + CText.quote(((Term.Word) given.get(2)).value())
              + ")";
      case CORRELATION -> binned("snel_correlation", given);
      case FANO_FACTOR -> binned("snel_fano_factor", given);
      case FILTERED ->
          "snel_filtered("
              + spikes(given)
              + DURATION
              + ", "
              + terms.real(given.get(1))
              + ", "
              + terms.whole(given.get(2))
              + ")";
      case RATE_OUTSIDE ->
          "snel_real(snel_rate_outside("
              + neurons(given)
              + ", "
              + reals(given.subList(1, 3))
              + "))";
      case VAN_ROSSUM, VICTOR_PURPURA ->
          "snel_real(snel_"
              + CTerms.word(call.function())
              + "("
              + values(given.subList(0, 2))
              + ", "
              + terms.real(given.get(2))
              + "))";
      case PEAK -> valueAndWhole("snel_peak", given);
      case MAX_OVER_TIME ->
          terms.placed(call.type(), "snel_max_over_time(" + overTime(given) + ")");
      case MEAN_OVER_TIME ->
          terms.placed(call.type(), "snel_mean_over_time(" + overTime(given) + ")");
      case SYNAPTIC_OPERATIONS -> "snel_whole(snel_synaptic_operations(m))";
      case DENSE_OPERATIONS -> "snel_real(snel_dense_operations(m))";
      case PLASTIC_UPDATES -> "snel_whole(snel_plastic_updates(m))";
      case NEURON_UPDATES -> "snel_whole(snel_neuron_updates(m))";
      case SCORED -> "snel_whole((" + readOut(given) + ")->scored)";
      case LATENCY -> "snel_real(snel_latency(" + readOut(given) + "))";
      case EVENTS_PER_SECOND -> "snel_real(snel_events_per_time(m))";
      case MEAN_DISPLACEMENT -> {
        String name = ((Term.Projection) given.getFirst()).name();
        yield "snel_real(snel_mean_displacement(" + terms.view().projection(name) + "))";
      }
      case ACCURACY -> "snel_real(snel_accuracy(" + readOut(given) + "))";
      case COLUMNS,
          RECORD_INDEX,
          CATEGORY,
          STANDARDISED,
          IDX,
          DATASET,
          ADDRESS_EVENTS,
          WAV,
          BINNED,
          LOSS,
          RECENT_LOSS,
          LOSS_IS_DUE,
          EDITS,
          LABEL,
          ACCURACY_BY,
          RASTER,
          TRACES,
          GRID,
          HISTOGRAM,
          OVER_TIME,
          COURSE,
          RATE_OVER_TIME,
          CURVE,
          HEAT_MAP,
          TABLE,
          MAP_OF,
          CONFUSION,
          DEGREE_DISTRIBUTION ->
          throw new IllegalStateException("refused or left out before: " + call.function());
    };
  }

  private static final String DURATION = ", snel_duration(m)";

  /// The samples of the episode, or of its last part.
  private String overTime(List<Term> given) {
    String series = terms.value(given.getFirst());
    return given.size() == 1
        ? series
        : "snel_in_last(m, " + series + ", " + terms.real(given.get(1)) + ")";
  }

  private String binned(String function, List<Term> given) {
    String bin = terms.real(given.get(1));
    return "snel_real(" + function + "(" + spikes(given) + DURATION + ", " + bin + "))";
  }

  private String readOut(List<Term> given) {
    return terms.readOut(((Term.ReadOut) given.getFirst()).name());
  }

  private String each(String how, List<Term> given, String function) {
    return how + "(" + terms.value(given.getFirst()) + ", " + function + ")";
  }

  private String values(List<Term> given) {
    return given.stream().map(terms::value).collect(Collectors.joining(", "));
  }

  private String wholes(List<Term> given) {
    return given.stream().map(terms::whole).collect(Collectors.joining(", "));
  }

  private String reals(List<Term> given) {
    return given.stream().map(terms::real).collect(Collectors.joining(", "));
  }

  private static String texts(List<Term> given) {
    return given.stream()
        .map(term -> CText.quote(((Term.Word) term).value()))
        .collect(Collectors.joining(", "));
  }

  private String realsAndWhole(List<Term> given) {
    return reals(given.subList(0, 2)) + ", " + terms.whole(given.get(2));
  }

  private String valueAndWhole(String function, List<Term> given) {
    return function + "(" + terms.value(given.get(0)) + ", " + terms.whole(given.get(1)) + ")";
  }

  private String valueAndReal(String function, List<Term> given) {
    return function + "(" + terms.value(given.get(0)) + ", " + terms.real(given.get(1)) + ")";
  }

  private String toSteps(List<Term> given) {
    String time = terms.real(given.get(0));
    String exact = "snel_exact_steps(m, " + time + ", m->spot->text)";
    String nearest = "snel_nearest_step(" + time + ", m->network->step_ms)";
    return "snel_whole("
        + (given.get(1) instanceof Term.Truth(boolean known)
            ? known ? exact : nearest
            : "(" + terms.truth(given.get(1)) + " ? " + exact + " : " + nearest + ")")
        + ")";
  }

  /// The last two arguments of what draws.
  private String chance(List<Term> given) {
    Term.Whole stream = (Term.Whole) given.get(given.size() - 2);
    Term.Variable counter = (Term.Variable) given.getLast();
    return terms.chance((int) stream.value(), counter.slot());
  }

  private String neurons(List<Term> given) {
    Term.Neurons neurons = (Term.Neurons) given.getFirst();
    return "m, " + terms.neurons(neurons.population(), neurons.selection());
  }

  private String spikes(List<Term> given) {
    return "snel_spikes_of(" + neurons(given) + ")";
  }
}
