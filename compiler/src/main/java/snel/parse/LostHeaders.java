package snel.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.grammar.SnnLexer;
import snel.source.Span;

/// Finds bodies whose first line, `neuron Cell {`, is lost: indented lines outside of all
/// declarations, up to a `}` that closes nothing. Each is told once and passed over.
final class LostHeaders {
  private static final List<Place> BODIES =
      List.of(Place.NEURON, Place.SYNAPSE, Place.NETWORK, Place.EXPERIMENT, Place.DATA);

  private final TokenList tokens;
  private final Diagnostics diagnostics;
  private final Trial trial;

  LostHeaders(Viability viability, TokenList tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.trial = new Trial(viability, tokens, 0, false);
  }

  /// Returns what is passed over.
  List<Span> mend() {
    List<Span> skipped = new ArrayList<>();
    int opener = 0;
    int depth = 0;
    for (int i = 0; tokens.type(i) != Token.EOF; i++) {
      switch (tokens.type(i)) {
        case SnnLexer.LBRACE -> opener = depth++ == 0 ? i : opener;
        case SnnLexer.RBRACE -> {
          int start = depth > 0 ? i : bodyBefore(i);
          depth = Math.max(0, depth - 1);
          Optional<Place> lost = start < i ? place(start, i, opener) : Optional.empty();
          if (lost.isPresent()) {
            report(start, i, lost.get());
            skipped.add(tokens.span(start, i));
            tokens.remove(start, i + 1);
            i = start - 1;
          }
        }
        default -> {}
      }
    }
    return skipped;
  }

  /// The first of the lines before a `}` that are indented more than it.
  private int bodyBefore(int brace) {
    int start = brace;
    for (int i = brace - 1; i >= 0 && tokens.beginsLine(brace); i--) {
      if (tokens.beginsLine(i)) {
        if (tokens.column(i) <= tokens.column(brace)) {
          break;
        }
        start = i;
      }
    }
    return start;
  }

  /// Where the lines would stand; empty if that is the declaration before them, which a `}` ends
  /// too early.
  private Optional<Place> place(int start, int brace, int opener) {
    Place before = opened(tokens.type(tokens.lineStart(opener)));
    return before != null && fits(before, start, brace)
        ? Optional.empty()
        : BODIES.stream().filter(place -> fits(place, start, brace)).findFirst();
  }

  private static @Nullable Place opened(int word) {
    return switch (word) {
      case SnnLexer.NEURON -> Place.NEURON;
      case SnnLexer.SYNAPSE -> Place.SYNAPSE;
      case SnnLexer.NETWORK -> Place.NETWORK;
      case SnnLexer.EXPERIMENT -> Place.EXPERIMENT;
      case SnnLexer.DATA -> Place.DATA;
      default -> null;
    };
  }

  private boolean fits(Place place, int start, int brace) {
    int at = start;
    while (at < brace) {
      int end = tokens.type(at) == SnnLexer.SEMI ? at + 1 : trial.endOf(place.rule(), at);
      if (end == at) {
        return false;
      }
      at = end;
    }
    return at == brace;
  }

  private void report(int start, int brace, Place place) {
    String header =
        switch (place) {
          case SYNAPSE -> "synapse Name {";
          case NETWORK -> "network Name {";
          case EXPERIMENT -> "experiment name on Net {";
          case DATA -> "data name from csv(\"file.csv\") {";
          default -> "neuron Name {";
        };
    diagnostics.report(
        Diagnostic.of(
                Code.MISPLACED_STATEMENT,
                "these lines belong "
                    + place.phrase()
                    + ", but none begins it: a line such as `"
                    + header
                    + "` is missing",
                tokens.span(start),
                "before this")
            .label(tokens.span(brace), "the end of it"));
  }
}
