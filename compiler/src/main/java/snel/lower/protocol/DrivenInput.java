package snel.lower.protocol;

import java.util.stream.IntStream;
import snel.ir.protocol.Action;
import snel.ir.protocol.Selection;

/// The neurons of an input that a binding gives a value to.
record DrivenInput(String path, Selection selection) {
  static DrivenInput of(Action.Binding binding) {
    return switch (binding) {
      case Action.Binding.Hold(var path, var selection, _) -> new DrivenInput(path, selection);
      case Action.Binding.Vary(var path, var selection, _) -> new DrivenInput(path, selection);
      case Action.Binding.Play(var path, var selection, _) -> new DrivenInput(path, selection);
    };
  }

  /// Whether both give a value to the same neuron, as far as that is known when compiled.
  boolean meets(DrivenInput other) {
    return path.equals(other.path)
        && (selection.equals(other.selection)
            || isAll(other.selection) && mayHaveOne(selection)
            || isAll(selection) && mayHaveOne(other.selection)
            || indices(selection).anyMatch(k -> indices(other.selection).anyMatch(j -> j == k)));
  }

  private static boolean isAll(Selection selection) {
    return selection instanceof Selection.All;
  }

  private static boolean mayHaveOne(Selection selection) {
    return selection instanceof Selection.At || indices(selection).findAny().isPresent();
  }

  private static IntStream indices(Selection selection) {
    return switch (selection) {
      case Selection.Range(int from, int until) -> IntStream.range(from, until);
      case Selection.Listed(var listed) -> listed.stream().mapToInt(Integer::intValue);
      case Selection.All _, Selection.At _ -> IntStream.empty();
    };
  }
}
