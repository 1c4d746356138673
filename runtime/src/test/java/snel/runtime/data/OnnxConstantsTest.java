package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Numbers that lie in `Constant` nodes in the ways that the standard has besides tensors.
final class OnnxConstantsTest {
  @TempDir Path folder;

  private static Field text(String text) {
    return bytes(ByteString.copyFromUtf8(text));
  }

  private static Field bytes(ByteString content) {
    return Field.newBuilder().addLengthDelimited(content).build();
  }

  private static Field fraction(float value) {
    return Field.newBuilder().addFixed32(Float.floatToIntBits(value)).build();
  }

  private static Field whole(long value) {
    return Field.newBuilder().addVarint(value).build();
  }

  /// The values of a node `Constant` whose attribute has this field.
  private NumberArray constant(String attribute, int field, Field values) throws IOException {
    UnknownFieldSet named =
        UnknownFieldSet.newBuilder().addField(1, text(attribute)).addField(field, values).build();
    UnknownFieldSet node =
        UnknownFieldSet.newBuilder()
            .addField(2, text("k"))
            .addField(4, text("Constant"))
            .addField(5, bytes(named.toByteString()))
            .build();
    UnknownFieldSet graph =
        UnknownFieldSet.newBuilder().addField(1, bytes(node.toByteString())).build();
    UnknownFieldSet model =
        UnknownFieldSet.newBuilder().addField(7, bytes(graph.toByteString())).build();
    Path file = Files.write(folder.resolve("net.onnx"), model.toByteArray());
    return Objects.requireNonNull(Onnx.read(DataFile.at(file)).constants().get("k"));
  }

  @Test
  void oneNumberIsRead() throws IOException {
    NumberArray half = constant("value_float", 2, fraction(0.5f));
    assertEquals(Shape.SCALAR, half.shape());
    assertArrayEquals(new double[] {0.5}, half.toDoubles());
    NumberArray three = constant("value_int", 3, whole(3));
    assertEquals(Shape.SCALAR, three.shape());
    assertArrayEquals(new double[] {3}, three.toDoubles());
  }

  /// Writers of the third version of the format leave 0 out; the kind of the attribute is there.
  @Test
  void aNumberThatIsLeftOutIsZero() throws IOException {
    for (int kind : new int[] {1, 2}) {
      NumberArray zero = constant(kind == 1 ? "value_float" : "value_int", 20, whole(kind));
      assertEquals(Shape.SCALAR, zero.shape());
      assertArrayEquals(new double[] {0}, zero.toDoubles());
    }
  }

  @Test
  void listsOfNumbersAreRead() throws IOException {
    Field two = Field.newBuilder(fraction(0.5f)).addFixed32(Float.floatToIntBits(-2)).build();
    NumberArray fractions = constant("value_floats", 7, two);
    assertEquals(Shape.of(2), fractions.shape());
    assertArrayEquals(new double[] {0.5, -2}, fractions.toDoubles());
    NumberArray wholes = constant("value_ints", 8, Field.newBuilder(whole(3)).addVarint(4).build());
    assertArrayEquals(new double[] {3, 4}, wholes.toDoubles());
  }
}
