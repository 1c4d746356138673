package snel.check;

import java.util.HashMap;
import java.util.Map;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Clause;
import snel.syntax.Connect;

/// `instant` excludes every delay, a bare `delay` is the axonal one. E0308.
final class DelayConflicts {
  private DelayConflicts() {}

  static void check(Context context, Connect connect) {
    Map<String, Span> clauses = new HashMap<>();
    for (Clause clause : connect.clauses()) {
      switch (clause) {
        case Clause.Instant instant -> clauses.put("instant", instant.span());
        case Clause.Delay(var kind, _, var span) ->
            clauses.put(
                switch (kind) {
                  case PLAIN -> "delay";
                  case AXONAL -> "axonal delay";
                  case DENDRITIC -> "dendritic delay";
                  case BACKPROP -> "backprop delay";
                },
                span);
        default -> {}
      }
    }
    for (String delay : new String[] {"delay", "axonal delay", "dendritic delay"}) {
      conflict(context, clauses, "instant", delay, "`instant` acts within the step");
    }
    conflict(context, clauses, "delay", "axonal delay", "a bare `delay` is axonal");
  }

  private static void conflict(
      Context context, Map<String, Span> clauses, String first, String second, String why) {
    Span a = clauses.get(first);
    Span b = clauses.get(second);
    if (a != null && b != null) {
      context.report(
          Diagnostic.of(
                  Code.DELAY_CONFLICT,
                  "`" + first + "` and `" + second + "` exclude each other",
                  b,
                  "keep one of them")
              .label(a, why));
    }
  }
}
