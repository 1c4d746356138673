package snel.check;

/// What kind of declaration a name comes from.
enum Role {
  CONSTANT("a constant"),
  PARAMETER("a parameter"),
  STATE("a state"),
  INPUT("an input"),
  LET("a name for an expression"),
  NOISE("noise"),
  TRACE("a trace"),
  WEIGHT("a weight"),
  DELAY("a delay"),
  VARIABLE("a variable"),
  LOOP("a loop variable"),
  ARGUMENT("an argument"),
  POPULATION("a population"),
  PROJECTION("a projection"),
  READOUT("a read-out"),
  PART("a part of the network"),
  OUTPUT("an output"),
  DATA("a data set"),
  DECLARED("a declaration"),
  /// `dt`, `pre`, `self` … : nobody declares them.
  GIVEN("given by the language");

  private final String words;

  Role(String words) {
    this.words = words;
  }

  /// For a sentence: "`tau` is a parameter".
  String words() {
    return words;
  }

  /// Whether the value may differ from one instant to the next, whatever it is made of.
  boolean changes() {
    return switch (this) {
      case STATE, INPUT, NOISE, TRACE, WEIGHT, DELAY, VARIABLE, ARGUMENT -> true;
      case CONSTANT, PARAMETER, LET, LOOP, POPULATION, PROJECTION, READOUT, PART -> false;
      case OUTPUT, DATA, DECLARED, GIVEN -> false;
    };
  }

  /// What an equation may be written for, and what `holding`, `reset` and `integrate` act on.
  boolean isState() {
    return this == STATE || this == WEIGHT || this == DELAY;
  }
}
