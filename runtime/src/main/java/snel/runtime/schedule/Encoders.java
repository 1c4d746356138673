package snel.runtime.schedule;

import snel.runtime.kernel.ProblemKind;
import snel.runtime.numeric.F64;

/// Encoders that make arrays of arrays: contrast, and spikes where levels are crossed.
public final class Encoders {
  private Encoders() {}

  /// Channel k spikes in the step where the sequence passes (k + 1) / (levels + 1), up or down; one
  /// more channel spikes in each of the `cue` steps after it (Bellec et al. 2018,
  /// arXiv:1803.09574). The result is [n + cue, levels + 1], or [n, levels] without a cue.
  public static Value thresholdCrossing(Value values, long levels, long cue) {
    double[] sequence = values.numbers();
    var limits = new Limits("threshold_crossing");
    int thresholds = limits.count("levels", levels);
    int cueSteps = limits.notNegative("cue", cue);
    int channels = thresholds + (cueSteps > 0 ? 1 : 0);
    double[] out = new double[(sequence.length + cueSteps) * channels];
    for (int n = 1; n < sequence.length; n++) {
      for (int k = 0; k < thresholds; k++) {
        double level = (k + 1.0) / (thresholds + 1);
        if (sequence[n - 1] < level != sequence[n] < level) {
          out[n * channels + k] = 1;
        }
      }
    }
    for (int n = sequence.length; n < sequence.length + cueSteps; n++) {
      out[n * channels + thresholds] = 1;
    }
    return new Value.Array(new int[] {sequence.length + cueSteps, channels}, out);
  }

  /// The means of square blocks of a picture [h, w]: [h / side, w / side].
  public static Value averaged(Value picture, long side) {
    Value.Array image = Operators.array(picture);
    int block = Math.toIntExact(side);
    if (image.shape().length != 2
        || block < 1
        || image.shape()[0] % block != 0
        || image.shape()[1] % block != 0) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          "`averaged` wants a picture of two dimensions whose sides are multiples of the block's");
    }
    int width = image.shape()[1];
    int rows = image.shape()[0] / block;
    int columns = width / block;
    double[] out = new double[rows * columns];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        double sum = 0;
        for (int k = 0; k < block * block; k++) {
          sum += image.elements()[(y * block + k / block) * width + x * block + k % block];
        }
        out[y * columns + x] = sum / (block * block);
      }
    }
    return new Value.Array(new int[] {rows, columns}, out);
  }

  /// A picture [h, w] moved by pixels, and turned against the clock and scaled about its middle;
  /// between pixels by straight lines, 0 outside its frame.
  ///
  /// @param angle in radians
  public static Value moved(Value picture, double down, double right, double angle, double scale) {
    Value.Array image = Operators.array(picture);
    if (image.shape().length != 2) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER, "`moved` wants a picture of two dimensions");
    }
    new Limits("moved").positive("scale", scale);
    int height = image.shape()[0];
    int width = image.shape()[1];
    double middleY = (height - 1) / 2.0;
    double middleX = (width - 1) / 2.0;
    double cosine = F64.cos(angle) / scale;
    double sine = F64.sin(angle) / scale;
    double[] out = new double[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double byY = y - down - middleY;
        double byX = x - right - middleX;
        double fromY = cosine * byY + sine * byX + middleY;
        double fromX = cosine * byX - sine * byY + middleX;
        double top = Math.floor(fromY);
        double left = Math.floor(fromX);
        double lower = fromY - top;
        double later = fromX - left;
        double upper = (1 - later) * pixel(image, top, left) + later * pixel(image, top, left + 1);
        double below =
            (1 - later) * pixel(image, top + 1, left) + later * pixel(image, top + 1, left + 1);
        out[y * width + x] = (1 - lower) * upper + lower * below;
      }
    }
    return new Value.Array(image.shape(), out);
  }

  private static double pixel(Value.Array image, double y, double x) {
    int width = image.shape()[1];
    return y >= 0 && y < image.shape()[0] && x >= 0 && x < width
        ? image.elements()[(int) y * width + (int) x]
        : 0;
  }

  /// Centre minus surround of a picture [h, w], for each size an ON and an OFF map (Marr & Hildreth
  /// 1980, doi:10.1098/rspb.1980.0020). Kernels have the mean 0 and the largest absolute value 1;
  /// the picture is 0 outside its frame.
  ///
  /// @param sigmas widths of centre and surround; a single 0 means size / 9 and 2 size / 9
  /// @param threshold below which contrast is 0
  /// @param radius of the square whose mean contrast divides, 0 for none
  public static Value differenceOfGaussians(
      Value picture, double[] sizes, double[] sigmas, double threshold, long radius) {
    Value.Array image = Operators.array(picture);
    if (image.shape().length != 2) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER, "`difference_of_gaussians` wants a picture of two dimensions");
    }
    for (double size : sizes) {
      if (size < 1 || size % 2 != 1) {
        throw new ProtocolProblem(
            ProblemKind.SIZES_DIFFER,
            "`difference_of_gaussians` wants odd sizes, in pixels, not " + NumberText.of(size));
      }
    }
    boolean given = areGiven(sigmas);
    int reach = new Limits("difference_of_gaussians").notNegative("normalise_radius", radius);
    int height = image.shape()[0];
    int width = image.shape()[1];
    double[] out = new double[2 * sizes.length * height * width];
    for (int s = 0; s < sizes.length; s++) {
      int size = (int) sizes[s];
      double centre = given ? sigmas[0] : size / 9.0;
      double surround = given ? sigmas[1] : 2 * size / 9.0;
      double[] kernel = kernel(size, centre, surround);
      double[] contrast = filtered(image.elements(), height, width, kernel, size);
      for (int sign = 0; sign < 2; sign++) {
        double[] map = rectified(contrast, sign == 0 ? 1 : -1, threshold);
        if (reach > 0) {
          map = normalised(map, height, width, reach);
        }
        System.arraycopy(map, 0, out, (2 * s + sign) * height * width, map.length);
      }
    }
    return new Value.Array(new int[] {2 * sizes.length, height, width}, out);
  }

  /// Whether widths are given, which must be two then.
  private static boolean areGiven(double[] sigmas) {
    boolean left = sigmas.length == 1 && sigmas[0] == 0;
    if (!left && (sigmas.length != 2 || !(sigmas[0] > 0 && sigmas[1] > 0))) {
      throw new ProtocolProblem(
          ProblemKind.BAD_VALUE,
          "`difference_of_gaussians` wants two widths above 0 as `sigma`: [centre, surround]");
    }
    return !left;
  }

  private static double[] kernel(int size, double centre, double surround) {
    double[] kernel = new double[size * size];
    double mean = 0;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double dy = y - (size - 1) / 2.0;
        double dx = x - (size - 1) / 2.0;
        double square = dy * dy + dx * dx;
        double value = gauss(square, centre) - gauss(square, surround);
        kernel[y * size + x] = value;
        mean += value / kernel.length;
      }
    }
    double largest = 0;
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] -= mean;
      largest = Math.max(largest, Math.abs(kernel[k]));
    }
    for (int k = 0; k < kernel.length && largest > 0; k++) {
      kernel[k] /= largest;
    }
    return kernel;
  }

  private static double gauss(double square, double sigma) {
    double variance = sigma * sigma;
    return StrictMath.exp(-square / (2 * variance)) / variance;
  }

  private static double[] filtered(
      double[] image, int height, int width, double[] kernel, int size) {
    return neighbours(image, height, width, size / 2, kernel);
  }

  /// For each pixel the sum of all within `reach` of it, row by row, times the weights of their
  /// places. Pixels give in that order to those around them; zeros, of which pictures have many,
  /// have nothing to give.
  private static double[] neighbours(
      double[] image, int height, int width, int reach, double[] weights) {
    int side = 2 * reach + 1;
    double[] sums = new double[image.length];
    for (int q = 0; q < image.length; q++) {
      double value = image[q];
      if (value == 0) {
        continue;
      }
      int row = q / width;
      int column = q % width;
      int first = Math.max(0, column - reach);
      int end = Math.min(width, column + reach + 1);
      for (int y = Math.max(0, row - reach); y < Math.min(height, row + reach + 1); y++) {
        int weight = (row - y + reach) * side + column + reach;
        for (int x = first; x < end; x++) {
          sums[y * width + x] += weights[weight - x] * value;
        }
      }
    }
    return sums;
  }

  /// For each pixel the sum of all within `reach` of it, row by row.
  private static double[] squares(double[] image, int height, int width, int reach) {
    double[] sums = new double[image.length];
    for (int q = 0; q < image.length; q++) {
      double value = image[q];
      if (value == 0) {
        continue;
      }
      int row = q / width;
      int column = q % width;
      int first = Math.max(0, column - reach);
      int end = Math.min(width, column + reach + 1);
      int last = Math.min(height - 1, row + reach);
      for (int y = Math.max(0, row - reach); y <= last; y++) {
        add(value, sums, y * width + first, y * width + end);
      }
    }
    return sums;
  }

  /// Four at a time: lines are too short for the vectors of the just-in-time compiler.
  private static void add(double value, double[] sums, int from, int to) {
    int x = from;
    for (; x + 4 <= to; x += 4) {
      sums[x] += value;
      sums[x + 1] += value;
      sums[x + 2] += value;
      sums[x + 3] += value;
    }
    for (; x < to; x++) {
      sums[x] += value;
    }
  }

  private static double[] rectified(double[] contrast, int sign, double threshold) {
    double[] map = new double[contrast.length];
    for (int k = 0; k < map.length; k++) {
      double value = sign * contrast[k];
      map[k] = value > 0 && value >= threshold ? value : 0;
    }
    return map;
  }

  private static double[] normalised(double[] map, int height, int width, int radius) {
    double[] sums = squares(map, height, width, radius);
    double[] out = new double[map.length];
    for (int y = 0; y < height; y++) {
      int rows = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
      for (int x = 0; x < width; x++) {
        int count = rows * (Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1);
        double sum = sums[y * width + x];
        out[y * width + x] = sum == 0 ? 0 : map[y * width + x] * count / sum;
      }
    }
    return out;
  }
}
