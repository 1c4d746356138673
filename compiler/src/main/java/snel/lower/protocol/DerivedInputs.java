package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Contrast;
import snel.ir.protocol.Action;
import snel.ir.protocol.Function;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.source.Span;

/// Inputs that are worked out from another one when that is presented: contrasts of pictures.
final class DerivedInputs {
  private final Work work;

  DerivedInputs(Work work) {
    this.work = work;
  }

  /// Whether something is worked out from the input at `path`.
  boolean hang(String path) {
    return !contrasts(path).isEmpty();
  }

  private List<Contrast> contrasts(String path) {
    return work.context().contrasts().stream()
        .filter(contrast -> contrast.image().equals(path))
        .toList();
  }

  /// What else is held while `image` is held; nothing after a fault.
  List<Action.Binding> of(Action.Binding image, Span span) {
    return switch (image) {
      case Action.Binding.Hold(String path, Selection selection, Term value) ->
          held(path, selection, value, span);
      case Action.Binding.Vary(String path, _, _) -> {
        if (hang(path)) {
          work.fault(
              Code.NO_MEANING_HERE,
              "the network takes the contrast of `"
                  + path
                  + "`, which is worked out once a presentation: what is presented must not change"
                  + " within it",
              span);
        }
        yield List.of();
      }
      case Action.Binding.Play _ -> List.of();
    };
  }

  private List<Action.Binding> held(String path, Selection selection, Term value, Span span) {
    List<Action.Binding> derived = new ArrayList<>();
    for (Contrast contrast : contrasts(path)) {
      List<Integer> picture = contrast.shape().subList(1, 3);
      if (!(value.type() instanceof Type.Array(var shape))
          || !shape.contains(-1) && !shape.equals(picture)
          || selection != Selection.ALL) {
        refuse(path, picture, span);
        return List.of();
      }
      List<Term> arguments = new ArrayList<>(List.of(value));
      contrast.options().forEach(option -> Constants.term(option).ifPresent(arguments::add));
      derived.add(
          new Action.Binding.Hold(
              contrast.path(),
              Selection.ALL,
              new Term.Call(
                  Function.DIFFERENCE_OF_GAUSSIANS, arguments, new Type.Array(contrast.shape()))));
    }
    return derived;
  }

  private void refuse(String path, List<Integer> picture, Span span) {
    work.context()
        .diagnostics()
        .reportOnce(
            List.of(Code.UNLIKE_SHAPES, span),
            Diagnostic.of(
                Code.UNLIKE_SHAPES,
                "the network takes the contrast of `"
                    + path
                    + "`: present a whole picture "
                    + picture,
                span));
  }
}
