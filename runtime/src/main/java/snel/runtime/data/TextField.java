package snel.runtime.data;

import java.util.List;
import snel.runtime.kernel.ProblemKind;

/// A field of texts, such as the speaker of a recording.
public record TextField(String name, List<String> texts) implements Field {
  public TextField {
    texts = List.copyOf(texts);
  }

  @Override
  public Shape shape() {
    return Shape.SCALAR;
  }

  @Override
  public int count() {
    return texts.size();
  }

  @Override
  public String text(int record) {
    return texts.get(record);
  }

  /// A text that is a number may be read as one.
  @Override
  public double real(int record, int element) {
    String text = texts.get(record);
    if (!CellText.reads(text)) {
      throw DataProblem.found(
          ProblemKind.BAD_SAMPLE,
          "record %d of field `%s`".formatted(record, name),
          "a number",
          "\"" + text + "\"");
    }
    return CellText.number(text);
  }
}
