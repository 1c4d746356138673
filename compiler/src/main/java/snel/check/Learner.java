package snel.check;

import java.util.List;
import java.util.Optional;

/// A variable that a population or projection changes by itself. Of families each member has its
/// own.
///
/// @param owner the name of the population or projection; empty if it has none
/// @param place which member of a family it is, an index each; empty where that is not known
/// @param variable a weight, a delay or a plastic state
record Learner(String owner, List<Optional<String>> place, String variable) {}
