package snel.model;

import java.util.List;
import java.util.Optional;
import snel.math.Expr;

/// @param duration ms; absent when `condition` replaces it; may be infinite
/// @param holding states that are not integrated and take no arrivals meanwhile
/// @param accumulates dropped input is kept, decayed, to the end
public record Refractory(
    Optional<Expr> duration, Optional<Expr> condition, List<String> holding, boolean accumulates) {
  public Refractory {
    holding = List.copyOf(holding);
  }
}
