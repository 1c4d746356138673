package snel.runtime.kernel;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An error found while a network runs, which ends the run: the program or its data is wrong.
public final class Fault extends Failure {
  /// What went wrong. The codes are what kernels store in `fault[0]`.
  public enum Kind {
    NOT_A_NUMBER(1, ProblemKind.NOT_A_NUMBER, "not a number"),
    RATE_ABOVE_ONE(2, ProblemKind.FAST_RATE, "more than one event a step on average"),
    OVERFLOW(3, ProblemKind.RUN_TIME_OVERFLOW, "integer overflow"),
    DIVISION_BY_ZERO(4, ProblemKind.BAD_VALUE, "division by zero"),
    CAPACITY(5, ProblemKind.BAD_VALUE, "a list is full"),
    /// The element is how many steps the delay is too short.
    NEGATIVE_DELAY(6, ProblemKind.NEGATIVE_TIME, "a delay of -"),
    OFF_THE_GRID(
        7,
        ProblemKind.BAD_VALUE,
        "a refractory time that is negative or no multiple of the step (`to_step(…)` rounds it)"),
    /// Found later than it may have arisen.
    NO_LONGER_A_NUMBER(8, ProblemKind.NOT_A_NUMBER, "not a number"),
    /// The element is that of the source times [#TARGETS], plus that of the target.
    NO_PROBABILITY(9, ProblemKind.BAD_PROBABILITY, "a probability not in 0 .. 1");

    private final int code;
    private final ProblemKind problem;
    private final String words;

    Kind(int code, ProblemKind problem, String words) {
      this.code = code;
      this.problem = problem;
      this.words = words;
    }

    public int code() {
      return code;
    }

    public String words() {
      return words;
    }

    public static Kind ofCode(long code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no fault has the code " + code);
    }
  }

  /// More targets than there are, in the element of a fault of a pair.
  public static final long TARGETS = 1L << 32;

  private final Kind kind;
  private final String place;
  private final long element;

  /// @param place a state of the source (`E.v`), or whose it is if the state is not known
  /// @param element index in the population or projection, -1 if not known
  public Fault(Kind kind, String place, long element) {
    super(kind.problem, message(kind, place, element));
    this.kind = kind;
    this.place = place;
    this.element = element;
  }

  private static String message(Kind kind, String place, long element) {
    boolean isKnown = element >= 0 && !isInWords(kind);
    String where = isKnown ? String.format(Locale.ROOT, "%s[%d]", place, element) : place;
    return words(kind, element) + " in " + where;
  }

  /// Whether the time at which it was found may be later than that at which it arose.
  public boolean isLate() {
    return kind == Kind.NO_LONGER_A_NUMBER;
  }

  private static String words(Kind kind, long element) {
    return switch (kind) {
      case NEGATIVE_DELAY -> kind.words() + element + " steps";
      case NO_PROBABILITY ->
          kind.words() + " from " + element / TARGETS + " to " + element % TARGETS;
      case NOT_A_NUMBER,
          RATE_ABOVE_ONE,
          OVERFLOW,
          DIVISION_BY_ZERO,
          CAPACITY,
          OFF_THE_GRID,
          NO_LONGER_A_NUMBER ->
          kind.words();
    };
  }

  /// Whether the words say what the element says.
  private static boolean isInWords(Kind kind) {
    return kind == Kind.NEGATIVE_DELAY || kind == Kind.NO_PROBABILITY;
  }

  /// What went wrong, in words.
  public String words() {
    return words(kind, element);
  }

  /// The fault behind an arithmetic exception that a kernel's integer operations threw. Called by
  /// generated code.
  public static Fault of(ArithmeticException cause, String kernel) {
    String message = String.valueOf(cause.getMessage());
    Kind kind = message.contains("overflow") ? Kind.OVERFLOW : Kind.DIVISION_BY_ZERO;
    Fault fault = new Fault(kind, place(kernel), -1);
    fault.initCause(cause);
    return fault;
  }

  /// What authors know of a kernel: whose it is, and in which `every` block. `E:every 1 ms` becomes
  /// `E, every 1 ms`, and `E:integrate+F:integrate`, a kernel made of two, `E or F`.
  public static String place(String kernel) {
    return Stream.of(kernel.split("\\+"))
        .map(part -> part.replaceAll("@.*|:(?!every ).*", "").replace(":", ", "))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  public Kind kind() {
    return kind;
  }

  public String place() {
    return place;
  }

  /// Index of the neuron or synapse; -1 if it is not known.
  public long element() {
    return isInWords(kind) ? -1 : element;
  }
}
