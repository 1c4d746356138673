package snel.check;

/// What body an expression stands in; it decides which words have a meaning.
enum Place {
  TOP("at top level"),
  FUNCTION("in a function"),
  NEURON("in a neuron"),
  SYNAPSE("in a synapse"),
  NETWORK("in a network"),
  PAIR("in a connection"),
  DATA("in a data set"),
  EXPERIMENT("in an experiment"),
  UNCLEAR("here");

  private final String words;

  Place(String words) {
    this.words = words;
  }

  /// For a sentence: "`pre` has no meaning in a neuron".
  String words() {
    return words;
  }
}
