package snel.ir;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The functions of semantics.md §10–§13 that a kernel may call. Float functions exist for `F32`
/// (§12) and `F64` (fdlibm); their result has the type of their argument unless said otherwise.
public enum Function {
  EXP(Family.OF_REAL),
  EXPM1(Family.OF_REAL),
  LOG(Family.OF_REAL),
  LOG1P(Family.OF_REAL),
  POW(Family.OF_TWO_REALS),
  SIN(Family.OF_REAL),
  COS(Family.OF_REAL),
  TAN(Family.OF_REAL),
  ASIN(Family.OF_REAL),
  ACOS(Family.OF_REAL),
  ATAN(Family.OF_REAL),
  ATAN2(Family.OF_TWO_REALS),
  SINH(Family.OF_REAL),
  COSH(Family.OF_REAL),
  TANH(Family.OF_REAL),
  SIGMOID(Family.OF_REAL),
  EXPREL(Family.OF_REAL),
  /// `x^n` of a whole `I64` n, by binary powering from the top bit of |n|.
  POWER(Family.POWER),
  /// Bits of a random word (`I32`) to a standard normal; result type is that of the call.
  NORMAL(Family.OF_WORD),
  /// Bits of a random word (`I32`) to a uniform number in [0, 1); result type is that of the call.
  UNIFORM(Family.OF_WORD),
  /// High 64 bits of the unsigned product of two `I64`.
  MULHI(Family.MULHI),
  /// Unsigned comparison of two `I32`: BOOL.
  BELOW(Family.BELOW),
  /// `I64` arithmetic of the language's `int`: overflow is a fault.
  ADD_EXACT(Family.ADD_EXACT),
  SUB_EXACT(Family.SUB_EXACT),
  MUL_EXACT(Family.MUL_EXACT),
  /// Signed bits of an `F32` as `I32` (every NaN as 7fc00000) and back.
  FLOAT_BITS(Family.FLOAT_BITS),
  BITS_FLOAT(Family.BITS_FLOAT),
  /// Whether a float is neither NaN nor infinite: BOOL.
  IS_FINITE(Family.IS_FINITE),
  /// Standard exponential / gamma(shape) / binomial(n, p) from the element's sequence, in `F64`.
  /// Arguments: stream, c0 base (element sequence q), c2, c3 as in [Expr.Philox], then parameters.
  EXPONENTIAL_SEQUENCE(Family.EXPONENTIAL_SEQUENCE),
  GAMMA_SEQUENCE(Family.GAMMA_SEQUENCE),
  BINOMIAL_SEQUENCE(Family.BINOMIAL_SEQUENCE),
  /// exp of a non-positive fixed-point number with f fractional bits (semantics.md §13): `I64`.
  FIXED_EXP(Family.FIXED_EXP),
  /// The same functions to within an ulp or two, as the target does them soonest: no bits are
  /// promised (`numerics fast`).
  NEAR_EXP(Family.NEAR),
  NEAR_EXPM1(Family.NEAR),
  NEAR_LOG(Family.NEAR),
  NEAR_TANH(Family.NEAR),
  NEAR_SIN(Family.NEAR),
  NEAR_COS(Family.NEAR);

  private static final String NEARLY = "near_";

  /// Functions that are called alike; what stands alone is a family of its own.
  public enum Family {
    /// One float to one of its type.
    OF_REAL,
    /// Two floats of one type to one of theirs.
    OF_TWO_REALS,
    POWER,
    /// A random word to a float.
    OF_WORD,
    MULHI,
    BELOW,
    ADD_EXACT,
    SUB_EXACT,
    MUL_EXACT,
    FLOAT_BITS,
    BITS_FLOAT,
    IS_FINITE,
    EXPONENTIAL_SEQUENCE,
    GAMMA_SEQUENCE,
    BINOMIAL_SEQUENCE,
    FIXED_EXP,
    /// One float to one of its type, with no promise on bits.
    NEAR
  }

  private final Family family;

  Function(Family family) {
    this.family = family;
  }

  public Family family() {
    return family;
  }

  /// Whether it draws random numbers of its own.
  public boolean isDraw() {
    return switch (family) {
      case EXPONENTIAL_SEQUENCE, GAMMA_SEQUENCE, BINOMIAL_SEQUENCE -> true;
      default -> false;
    };
  }

  /// The function that takes this one's place where bits do not matter.
  public Optional<Function> near() {
    String wanted = NEARLY + word();
    return Arrays.stream(values()).filter(function -> function.word().equals(wanted)).findFirst();
  }

  /// The function whose place a near one takes; itself of all others.
  public Function exact() {
    return family == Family.NEAR ? elementary(exactly()).orElseThrow() : this;
  }

  /// Its name in small letters, that of the exact function where it is a near one.
  public String exactly() {
    return family == Family.NEAR ? word().substring(NEARLY.length()) : word();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The elementary function that the language calls by this name.
  public static Optional<Function> elementary(String name) {
    return Arrays.stream(values())
        .filter(
            function -> function.family == Family.OF_REAL || function.family == Family.OF_TWO_REALS)
        .filter(function -> function.word().equals(name))
        .findFirst();
  }
}
