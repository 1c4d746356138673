package snel.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import snel.source.SourceFile;
import snel.source.Span;
import snel.syntax.Clause;
import snel.syntax.Comment;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.File;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.NetworkItem;
import snel.syntax.TestItem;

/// Brings the clauses of every `connect` into the order in which they are read: where, weight or
/// tied to, delays or instant, synapse, normalise, grow. A comment behind a clause goes with it.
final class ClauseOrder {
  private final String text;
  private final List<Comment> comments;
  private final StringBuilder result = new StringBuilder();
  private int copied;

  private ClauseOrder(String text, List<Comment> comments) {
    this.text = text;
    this.comments = comments;
  }

  static String restore(SourceFile source, File file) {
    ClauseOrder order = new ClauseOrder(source.text(), file.comments());
    file.declarations().forEach(order::declaration);
    return order.result.append(source.text(), order.copied, source.text().length()).toString();
  }

  private void declaration(Declaration declaration) {
    switch (declaration) {
      case Declaration.Network network -> items(network.items());
      case Declaration.Test test -> test.body().forEach(this::testItem);
      case Let _,
          Declaration.Function _,
          Declaration.Neuron _,
          Declaration.Synapse _,
          Declaration.Data _,
          Declaration.Experiment _,
          Declaration.Sweep _,
          Declaration.Deployment _ -> {}
    }
  }

  private void items(List<NetworkItem> items) {
    for (NetworkItem item : items) {
      switch (item) {
        case Connect connect -> connect(connect);
        case NetworkItem.For loop -> items(loop.body());
        case NetworkItem.If choice -> {
          items(choice.then());
          items(choice.otherwise());
        }
        case NetworkItem.Output _,
            NetworkItem.Population _,
            NetworkItem.Part _,
            NetworkItem.Drive _,
            NetworkItem.Readout _,
            NetworkItem.Protocol _,
            ModelItem.Parameters _,
            ModelItem.States _,
            ModelItem.Input _,
            ModelItem.Noise _,
            ModelItem.Equation _,
            ModelItem.Integrate _,
            Let _ -> {}
      }
    }
  }

  private void testItem(TestItem item) {
    if (item instanceof Connect connect) {
      connect(connect);
    } else if (item instanceof TestItem.ExpectError expected) {
      expected.declarations().forEach(this::declaration);
    }
  }

  private void connect(Connect connect) {
    List<Clause> written = connect.clauses();
    List<Clause> ordered =
        written.stream().sorted(Comparator.comparingInt(ClauseOrder::rank)).toList();
    if (ordered.equals(written)) {
      return;
    }
    List<String> between = new ArrayList<>();
    for (int i = 0; i + 1 < written.size(); i++) {
      between.add(blanks(written.get(i).span().end(), written.get(i + 1).span().start()));
    }
    result.append(text, copied, written.getFirst().span().start());
    for (int i = 0; i < ordered.size(); i++) {
      Clause clause = ordered.get(i);
      boolean last = i == ordered.size() - 1;
      result.append(text, clause.span().start(), clause.span().end());
      String behind = clause == written.getLast() ? "" : commentsAfter(clause, written);
      String gap = last ? "" : between.get(i);
      boolean breaks = last ? endsLine(connect.span().end()) : gap.contains("\n");
      result.append(behind).append(behind.isEmpty() || breaks ? gap : "\n" + gap);
    }
    copied = connect.span().end();
  }

  private boolean endsLine(int offset) {
    int i = offset;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\r';
  }

  /// The text between two clauses without its comments.
  private String blanks(int start, int end) {
    StringBuilder blanks = new StringBuilder(text.substring(start, end));
    for (Comment comment : comments.reversed()) {
      Span span = comment.span();
      if (span.start() >= start && span.end() <= end) {
        blanks.delete(span.start() - start, span.end() - start);
      }
    }
    return blanks.toString();
  }

  private String commentsAfter(Clause clause, List<Clause> written) {
    int end = written.get(written.indexOf(clause) + 1).span().start();
    StringBuilder found = new StringBuilder();
    for (Comment comment : comments) {
      Span span = comment.span();
      if (span.start() >= clause.span().end() && span.end() <= end) {
        found.append(found.isEmpty() ? "  " : "\n").append(text, span.start(), span.end());
      }
    }
    return found.toString();
  }

  static int rank(Clause clause) {
    return switch (clause) {
      case Clause.Where _ -> 0;
      case Clause.Weight _ -> 1;
      case Clause.TiedTo _ -> 2;
      case Clause.Delay delay -> 3 + delay.kind().ordinal();
      case Clause.Instant _ -> 8;
      case Clause.SynapseModel _ -> 9;
      case Clause.Normalise _ -> 10;
      case Clause.Grow _ -> 11;
    };
  }
}
