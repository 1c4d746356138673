package snel.diagnostics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.source.Span;

/// One fault of the author's program (or one doubt about it), with everything needed to print it.
public record Diagnostic(
    Code code,
    String message,
    Label primary,
    List<Label> secondary,
    List<String> notes,
    List<String> helps,
    Optional<Fix> fix) {
  public Diagnostic {
    secondary = List.copyOf(secondary);
    notes = List.copyOf(notes);
    helps = List.copyOf(helps);
  }

  public static Diagnostic of(Code code, String message, Span at, String label) {
    return new Diagnostic(
        code, message, new Label(at, label), List.of(), List.of(), List.of(), Optional.empty());
  }

  public static Diagnostic of(Code code, String message, Span at) {
    return of(code, message, at, "");
  }

  public Severity severity() {
    return code.severity();
  }

  /// This diagnostic with a second place that explains it.
  public Diagnostic label(Span at, String text) {
    var more = appended(secondary, new Label(at, text));
    return new Diagnostic(code, message, primary, more, notes, helps, fix);
  }

  /// This diagnostic with a further fact, printed as `= note:`.
  public Diagnostic note(String text) {
    return new Diagnostic(code, message, primary, secondary, appended(notes, text), helps, fix);
  }

  /// This diagnostic with advice in words, printed as `= help:`.
  public Diagnostic help(String text) {
    return new Diagnostic(code, message, primary, secondary, notes, appended(helps, text), fix);
  }

  /// This diagnostic with a change an editor can make; `description` is printed as `= help:`.
  public Diagnostic fix(String description, Span span, String replacement) {
    var change = Optional.of(new Fix(description, span, replacement));
    return new Diagnostic(code, message, primary, secondary, notes, helps, change);
  }

  /// This diagnostic without a change, where the text is not one that an editor has.
  public Diagnostic withoutFix() {
    return new Diagnostic(code, message, primary, secondary, notes, helps, Optional.empty());
  }

  /// This diagnostic where `instance` is filled with a model that is written in another file: the
  /// fault is in what the instance gives it.
  public Diagnostic seenFrom(Span instance) {
    if (primary.span().file().equals(instance.file())) {
      return this;
    }
    List<Label> more = new ArrayList<>();
    more.add(primary);
    more.addAll(secondary);
    return new Diagnostic(
        code, message, new Label(instance, ""), more, notes, helps, Optional.empty());
  }

  private static <T> List<T> appended(List<T> list, T element) {
    var longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }
}
