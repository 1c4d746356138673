package snel.runtime.data;

import java.util.Arrays;
import java.util.List;

/// One column of a table: numbers where every cell is one, otherwise texts as written.
public sealed interface Column {
  int count();

  /// Every cell was a number.
  record NumberColumn(double[] values) implements Column {
    @Override
    public int count() {
      return values.length;
    }
  }

  /// Some cell was not a number, or was empty.
  record TextColumn(List<String> values) implements Column {
    @Override
    public int count() {
      return values.size();
    }
  }

  /// Gathers a column, as numbers for as long as that is possible.
  final class Gatherer {
    private double[] numbers = new double[64];
    private int count;
    private boolean onlyNumbers = true;

    void add(String cell) {
      if (onlyNumbers && CellText.isNumber(cell)) {
        if (count == numbers.length) {
          numbers = Arrays.copyOf(numbers, count + (count >> 1));
        }
        numbers[count++] = CellText.number(cell);
      } else {
        onlyNumbers = false;
        numbers = new double[0];
      }
    }

    boolean onlyNumbers() {
      return onlyNumbers;
    }

    NumberColumn numbers() {
      return new NumberColumn(Arrays.copyOf(numbers, count));
    }
  }
}
