package snel.runtime.connect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapsTest {
  /// Every synapse from the definition, target by target.
  @ParameterizedTest
  @CsvSource({
    "2, 6, 7, 3, 3, 3, 1, 1, 0, 0, 1",
    "1, 28, 28, 2, 5, 5, 1, 1, 2, 2, 1",
    "3, 9, 8, 3, 2, 2, 2, 2, 0, 0, 1",
    "2, 9, 11, 2, 3, 2, 3, 2, 1, 1, 1",
    "2, 12, 10, 1, 3, 3, 1, 2, 2, 1, 2",
    "1, 1, 20, 4, 1, 5, 1, 3, 0, 2, 1",
    "1, 5, 5, 1, 5, 5, 4, 4, 4, 4, 3"
  })
  void mapsEqualTheirDefinition(
      int channels,
      int height,
      int width,
      int outputs,
      int ky,
      int kx,
      int sy,
      int sx,
      int py,
      int px,
      int dilation) {
    int th = Maps.targetSize(height, ky, sy, py, dilation);
    int tw = Maps.targetSize(width, kx, sx, px, dilation);
    Maps maps =
        new Maps(channels, height, width, outputs, th, tw, ky, kx, sy, sx, py, px, dilation);
    check(maps, maps.convolution(), true, false);
    check(maps, maps.window(), false, false);
    if (channels == outputs) {
      check(maps, maps.pool(), false, true);
    } else {
      assertThrows(IllegalArgumentException.class, maps::pool);
    }
  }

  private static void check(Maps m, Csr rows, boolean shared, boolean pool) {
    int sources = m.sourceChannels() * m.sourceHeight() * m.sourceWidth();
    List<List<int[]>> expected = new ArrayList<>();
    for (int i = 0; i < sources; i++) {
      expected.add(new ArrayList<>());
    }
    int target = 0;
    for (int o = 0; o < m.targetChannels(); o++) {
      for (int ty = 0; ty < m.targetHeight(); ty++) {
        for (int tx = 0; tx < m.targetWidth(); tx++, target++) {
          for (int c = 0; c < m.sourceChannels(); c++) {
            for (int ky = 0; ky < m.kernelHeight(); ky++) {
              for (int kx = 0; kx < m.kernelWidth(); kx++) {
                int y = ty * m.strideY() - m.paddingY() + ky * m.dilation();
                int x = tx * m.strideX() - m.paddingX() + kx * m.dilation();
                boolean inside = y >= 0 && y < m.sourceHeight() && x >= 0 && x < m.sourceWidth();
                if (inside && (!pool || c == o)) {
                  int plane = pool ? 0 : shared ? o * m.sourceChannels() + c : c;
                  int kernel = (plane * m.kernelHeight() + ky) * m.kernelWidth() + kx;
                  expected
                      .get((c * m.sourceHeight() + y) * m.sourceWidth() + x)
                      .add(new int[] {target, kernel});
                }
              }
            }
          }
        }
      }
    }
    for (int i = 0; i < sources; i++) {
      int start = rows.rowStart()[i];
      assertEquals(expected.get(i).size(), rows.rowStart()[i + 1] - start);
      for (int k = 0; k < expected.get(i).size(); k++) {
        assertArrayEquals(
            expected.get(i).get(k),
            new int[] {rows.target().get(start + k), rows.shared()[start + k]});
      }
    }
  }

  @Test
  void sizesAreThoseOfFrameworks() {
    assertEquals(24, Maps.targetSize(28, 5, 1, 0, 1));
    assertEquals(28, Maps.targetSize(28, 5, 1, 2, 1));
    assertEquals(60, Maps.targetSize(240, 5, 4, 1, 1));
    assertEquals(0, Maps.targetSize(2, 3, 1, 0, 1));
  }
}
