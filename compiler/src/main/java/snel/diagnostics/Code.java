package snel.diagnostics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Every kind of diagnostic: its number, which never changes its meaning, and what it is about.
///
/// `docs/errors/` has a page on each. The first two digits tell the area: 01 syntax and names, 02
/// types and dimensions, 03 time, 04 shapes and connections, 05 models and scopes, 06 training, 07
/// targets, 08 doubts (warnings), 09 data, files and the run itself.
public enum Code {
  UNEXPECTED_TEXT("E0101", "something else was expected here"),
  UNKNOWN_UNIT("E0102", "a number is followed by something that is no unit"),
  TWO_STATEMENTS_ON_ONE_LINE("E0103", "two statements on one line need a `;` between them"),
  UNFINISHED("E0104", "an expression or statement ends too early"),
  UNBALANCED_BRACKET("E0105", "a bracket is never closed, or closes nothing"),
  UNREADABLE_TEXT("E0106", "a character, string or number that the language does not know"),
  UNKNOWN_PORT("E0107", "the model has no port of this name"),
  UNKNOWN_NAME("E0108", "nothing of this name is declared"),
  DECLARED_TWICE("E0109", "the name is already declared"),
  EXPERIMENT_CYCLE("E0110", "experiments start from each other"),
  UNKNOWN_IMPORT("E0111", "the imported file or declaration is not there"),
  IMPORT_CYCLE("E0112", "files import each other"),
  MISPLACED_STATEMENT("E0113", "the statement cannot stand here"),
  RESERVED_WORD("E0114", "a reserved word is used as a name"),
  UNIT_OR_NAME("E0115", "after `/` it is unclear whether a unit or a name is meant"),
  CHAINED_COMPARISON("E0116", "comparisons cannot be chained"),
  DEFINITION_CYCLE("E0117", "a definition needs itself"),
  UNKNOWN_ARGUMENT("E0118", "there is no parameter of this name"),
  MISSING_ARGUMENT("E0119", "a value that has no default is not given"),
  UNKNOWN_MEMBER("E0120", "there is nothing of this name inside"),
  UNKNOWN_OPTION("E0121", "the word is not one of the choices"),
  NESTED_TOO_DEEPLY("E0122", "the program is nested more deeply than can be read"),

  UNLIKE_OPERANDS("E0201", "amounts of different dimensions cannot be added or subtracted"),
  UNLIKE_ASSIGNMENT("E0202", "the value has another dimension than what it is given to"),
  UNLIKE_EQUATION("E0203", "the right side of an equation is not the variable per time"),
  UNLIKE_COMPARISON("E0204", "amounts of different dimensions cannot be compared"),
  PLAIN_NUMBER_WANTED("E0205", "the function wants a plain number"),
  CONDITION_WANTED("E0206", "a condition must be true or false"),
  UNLIKE_PORT("E0207", "the port takes another dimension than the weight has"),
  WEIGHT_MISSING("E0208", "the port takes a value, so a weight must be given"),
  WEIGHT_UNWANTED("E0209", "a weight is given where it would have no effect"),
  BAD_EXPONENT("E0210", "the exponent must be a constant plain number"),
  WHOLE_NUMBER_WANTED("E0211", "a whole number is wanted"),
  INTEGER_OVERFLOW("E0212", "a whole number does not fit into 64 bits"),
  WRONG_ARGUMENT_COUNT("E0213", "too many or too few arguments"),
  UNKNOWN_TYPE("E0214", "the type is not known"),
  TYPE_NEEDED("E0215", "the type must be written, since nothing tells it"),
  OUT_OF_RANGE("E0216", "a value lies outside the range of what it is given to"),
  WRONG_KIND("E0217", "a value of another kind is wanted"),
  UNLIKE_ELEMENTS("E0218", "the elements of a list are of different kinds"),
  UNLIKE_BRANCHES("E0219", "the branches of `if` differ in dimension"),
  DIVISION_BY_ZERO("E0220", "a constant expression divides by zero"),
  FIXED_WITHOUT_UNIT("E0221", "a `fixed` state with a dimension needs `stored in`"),
  FIXED_OVERFLOW("E0222", "a constant does not fit into the `fixed` type"),
  TOO_LARGE_FOR_TYPE("E0223", "a constant does not fit into the number type of the program"),

  OFF_THE_GRID("E0301", "a time is not a multiple of the step"),
  INSTANT_CYCLE("E0302", "instant connections close a cycle"),
  NEGATIVE_TIME("E0303", "a time must not be negative here"),
  STEP_MISSING("E0304", "the experiment has no step"),
  SEED_MISSING("E0305", "the experiment draws random numbers and has no seed"),
  BAD_STEP("E0306", "the step must be longer than zero and given once"),
  CERTAIN_SPIKE("E0307", "a rate so high that more than one spike would fall into a step"),
  DELAY_CONFLICT("E0308", "delays that contradict each other"),
  PRECISE_TIMES_IMPOSSIBLE("E0309", "precise spike times cannot be had for this model"),

  CONVOLUTION_SHAPE("E0401", "the convolution gives another shape than the target has"),
  UNEQUAL_SIZES("E0402", "`one_to_one` joins populations of different size"),
  TOO_MANY_PARTNERS("E0403", "more partners are asked for than there are neurons"),
  SHARED_PROJECTION_NAME("E0404", "one name stands for several projections"),
  CLAUSE_TWICE("E0405", "a clause is given twice"),
  NOT_A_NETWORK_PORT("E0406", "the inside of a sub-network cannot be connected"),
  INDEX_OUT_OF_RANGE("E0407", "an index or slice lies outside what it picks from"),
  BAD_SIZE("E0408", "a size must be a positive whole number"),
  RULE_MISSING("E0409", "the connection has no rule"),
  UNLIKE_SHAPES("E0410", "the shapes do not agree"),
  NOT_CONNECTABLE("E0411", "only populations, ports and their slices can be connected"),
  BAD_PROBABILITY("E0412", "a probability must lie in 0 .. 1"),
  SPIKES_AND_VALUES("E0413", "spikes meet event ports, values meet inputs"),
  INPUT_DRIVEN_TWICE("E0414", "the input already gets its value from elsewhere"),
  NETWORK_INSIDE_ITSELF("E0415", "a network contains itself"),
  STREAM_COLLISION("E0416", "two random streams have the same key"),
  ACCUMULATOR_OVERFLOW("E0417", "a sum of fixed-point arrivals may need more than 32 bits"),

  NEVER_SPIKES("E0501", "the model never spikes but is a source here"),
  NOT_DRIVEN("E0502", "an input of the synapse is not driven"),
  UNKNOWN_EVENT("E0503", "the model has no event of this name"),
  TIED_CANNOT_LEARN("E0504", "tied weights cannot learn by themselves"),
  PARAMETER_FOLLOWS_INPUT("E0505", "a value that is taken once cannot follow what changes in time"),
  RESERVED_MEMBER("E0506", "the name is one that every neuron has"),
  NO_INITIAL_VALUE("E0507", "the state has no initial value"),
  DELIVER_MISPLACED("E0508", "`deliver` stands outside `on pre`"),
  NOT_ASSIGNABLE("E0509", "this cannot be assigned"),
  NOT_A_STATE("E0510", "a state is wanted here"),
  EQUATION_FOR_NON_STATE("E0511", "only a state can have an equation"),
  TWO_RULES_FOR_ONE("E0512", "what may be said once is said twice"),
  SPLITS_OVERLAP("E0513", "two splits of a data set share samples"),
  METHOD_UNFIT("E0514", "the integration method does not fit the equation"),
  NO_MEANING_HERE("E0515", "the name has no meaning in this place"),
  CHANGES_IN_TIME("E0516", "a value that is needed when compiling changes in time"),
  NOT_A_MODEL("E0517", "this declaration is not of the kind wanted"),
  NOISE_MISPLACED("E0518", "noise stands where it has no meaning"),
  NOTHING_TO_LEARN("E0519", "the projection has nothing that this statement could act on"),
  OTHER_NETWORK("E0520", "the experiments are on different networks"),
  ENDLESS_RATE("E0521", "the equation divides by zero"),
  OTHER_BEGINNING("E0522", "the experiment it starts from has another step, seed or numerics"),

  CANNOT_TRAIN("E0601", "the training method cannot train this network"),
  MINIMISE_WITHOUT_TRAIN("E0602", "`minimise` and `train by` need each other"),
  NO_GRADIENT("E0603", "the loss has no gradient"),
  TRAINING_UNAVAILABLE("E0604", "this version has no such training"),
  CONVERSION_UNAVAILABLE("E0605", "this version reads no such network file"),
  DEPLOYMENT_UNAVAILABLE("E0606", "this version makes no such deployment"),
  CANNOT_CONVERT("E0607", "the network cannot take the weights of a trained network"),

  TARGET_CANNOT("E0702", "the target cannot do this"),
  UNKNOWN_TARGET("E0703", "there is no such target"),

  NEVER_READ("W0801", "nothing reads this"),
  NO_INPUT("W0802", "the population gets no input"),
  RESET_ABOVE_THRESHOLD("W0803", "the reset value is not below the threshold"),
  UNSTABLE_STEP("W0804", "the step is too long for the equation"),
  SILENT_NETWORK("W0805", "no weight can move the neuron to its threshold"),
  EVALUATING_WHILE_LEARNING("W0806", "scores are taken while weights change"),
  LABELS_FROM_TEST_DATA("W0807", "labels are fitted on the samples that are scored"),
  REFRACTORY_WITHOUT_HOLDING("W0808", "the refractory time does not hold what the reset assigns"),
  LATENT_LAYERS("W0810", "each layer of the trained stack costs one step of latency"),
  NAMES_DIFFER_IN_CASE("W0811", "two names differ in case only"),
  COARSE_POISSON("W0812", "the rate is high for the step"),
  NARROW_DRAW("W0813", "the bounds of a draw leave hardly any of it"),
  ENDLESS_SPIKING("W0814", "above threshold the neuron spikes at every step"),
  NEVER_STOPS("W0815", "the condition to stop can never become true"),
  NO_SYNAPSES("W0816", "the connection makes no synapses"),
  CERTAIN_CONDITION("W0817", "a condition is always true, or never"),
  SWEEP_WITHOUT_EFFECT("W0818", "a sweep runs nothing, or varies what nothing uses"),
  LATE_ASSIGNMENT("W0819", "the network was built with this value before it is assigned"),
  NOTHING_PRESENTED("W0820", "this acts at presentations, and nothing is presented"),
  BEYOND_THE_PIECE("W0821", "the delay is as long as the pieces that derivatives stay within"),
  REPORTED_TWICE("W0822", "two results have one name"),
  BEYOND_PRESENTATION("W0823", "a reading asks for more time than is presented"),
  RAISED_TWICE("W0824", "a handler raises a trace that its event raises already"),
  ROUNDED_AWAY("W0825", "a constant is 0 in the bits of the fixed-point number beside it"),
  CLIPPED_BEGINNING("W0826", "a value to begin with lies outside the range that clips it"),
  ACTS_ON_NOTHING("W0827", "the statement has nothing to act on"),
  LABELS_WITHOUT_SCORE("W0828", "not every label has a score"),
  LOSS_WITH_UNIT("W0829", "the loss has a unit"),

  FILE_MISSING("E0901", "the file is not there"),
  FILE_UNREADABLE("E0902", "the file is damaged, cut short or cannot be read"),
  WRONG_FORMAT("E0903", "the file is of another format"),
  COLUMN_MISSING("E0904", "the column is not in the file"),
  BAD_SAMPLE("E0905", "a sample has a value that its field does not allow"),
  DATA_SET_ABSENT("E0906", "the data set is not on this machine"),
  CHECKSUM_DIFFERS("E0907", "the data are not those expected"),
  TOO_LITTLE_MEMORY("E0908", "the network needs more memory than may be used"),
  NOT_A_NUMBER("E0909", "a state has become infinite or is no number"),
  OTHER_CHECKPOINT("E0910", "the checkpoint belongs to another program"),
  UNKNOWN_EXPERIMENT("E0911", "there is no experiment of this name"),
  UNKNOWN_SETTING("E0912", "`--set` names nothing that can be set"),
  CANNOT_WRITE("E0913", "results cannot be written"),
  COUNTS_DIFFER("E0914", "parts of a data set have different numbers of samples"),
  RUN_TIME_INDEX("E0915", "an index went out of range during the run"),
  RUN_TIME_OVERFLOW("E0916", "a whole number overflowed during the run"),
  NOTHING_MATCHES("E0917", "no file matches the pattern"),
  SIZES_DIFFER("E0918", "values of different sizes meet in the run"),
  BAD_VALUE("E0919", "a value cannot be used where the run wants it"),
  NOT_YET("E0920", "the run uses what is not there yet"),
  NOT_FETCHED("E0921", "the data set could not be fetched"),
  FOLDER_IN_USE("E0922", "another process writes into the folder of the run"),
  OTHER_WEIGHTS("E0923", "the saved weights are of another network"),
  TOO_MANY_PARTS("E0924", "the network has more parts than the Java machine takes"),
  TOO_LONG_KERNEL("E0925", "an equation or handler is longer than the Java machine takes");

  private final String id;
  private final String title;

  Code(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /// Such as `E0204` or `W0801`: the letter is the severity.
  public String id() {
    return id;
  }

  /// The name in `kebab-case`, as JSON output has it.
  public String kebab() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What it is about, in one line.
  public String title() {
    return title;
  }

  public Severity severity() {
    return id.charAt(0) == 'W' ? Severity.WARNING : Severity.ERROR;
  }

  /// The code written as `id`, if there is one.
  public static Optional<Code> byId(String id) {
    return Arrays.stream(values()).filter(code -> code.id.equals(id)).findFirst();
  }
}
