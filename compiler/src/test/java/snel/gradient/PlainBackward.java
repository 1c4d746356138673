package snel.gradient;

/// Surrogate gradients of a recurrent layer of leaky neurons and a leaky output by plain loops over
/// all steps, written from the equations: six inputs, three outputs.
final class PlainBackward {
  private static final double P = Math.exp(-1.0 / 20);
  private static final double R = Math.exp(-1.0 / 5);
  private static final double Q = (R - P) / 5 / (1.0 / 20 - 1.0 / 5);

  final double[] in;
  final double[] rec;
  final double[] out;
  int spikes;

  /// @param input which inputs spike in each step
  /// @param slope derivative of a spike by how far the potential is above 1: 1 / (1 + slope |u|)^2
  PlainBackward(
      boolean[][] input,
      double[] wIn,
      double[] wRec,
      double[] wOut,
      double[] share,
      double slope,
      boolean throughReset) {
    int n = wOut.length / 3;
    this.in = new double[6 * n];
    this.rec = new double[n * n];
    this.out = new double[3 * n];
    int steps = input.length;
    double[][] u = new double[steps][n];
    double[][] z = new double[steps][n];
    double[][] y = new double[steps][3];
    double[] v = new double[n];
    double[] g = new double[n];
    double[] outV = new double[3];
    double[] outG = new double[3];
    for (int t = 0; t < steps; t++) {
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < 6; i++) {
          g[j] += input[t][i] ? wIn[i * n + j] : 0;
        }
        for (int i = 0; i < n && t > 0; i++) {
          g[j] += z[t - 1][i] * wRec[i * n + j];
        }
        u[t][j] = P * v[j] + Q * g[j];
        g[j] *= R;
        z[t][j] = u[t][j] > 1 ? 1 : 0;
        spikes += u[t][j] > 1 ? 1 : 0;
        v[j] = u[t][j] - z[t][j];
      }
      for (int k = 0; k < 3; k++) {
        for (int j = 0; j < n; j++) {
          outG[k] += z[t][j] * wOut[j * 3 + k];
        }
        outV[k] = P * outV[k] + Q * outG[k];
        outG[k] *= R;
        y[t][k] = outV[k];
      }
    }
    double[][] toInput = new double[steps + 1][n];
    double[] toV = new double[n];
    double[] toG = new double[n];
    double[] toOutV = new double[3];
    double[] toOutG = new double[3];
    for (int t = steps - 1; t >= 0; t--) {
      for (int k = 0; k < 3; k++) {
        toOutV[k] += 2 * share[k] * y[t][k];
        toOutG[k] = R * toOutG[k] + Q * toOutV[k];
        toOutV[k] *= P;
      }
      for (int j = 0; j < n; j++) {
        double toZ = throughReset ? -toV[j] : 0;
        for (int k = 0; k < 3; k++) {
          toZ += wOut[j * 3 + k] * toOutG[k];
          out[j * 3 + k] += z[t][j] * toOutG[k];
        }
        for (int m = 0; m < n; m++) {
          toZ += wRec[j * n + m] * toInput[t + 1][m];
        }
        double far = 1 + slope * Math.abs(u[t][j] - 1);
        double toU = toV[j] + toZ / (far * far);
        toInput[t][j] = Q * toU + R * toG[j];
        toV[j] = P * toU;
        toG[j] = toInput[t][j];
      }
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < 6; i++) {
          in[i * n + j] += input[t][i] ? toInput[t][j] : 0;
        }
        for (int i = 0; i < n && t > 0; i++) {
          rec[i * n + j] += z[t - 1][i] * toInput[t][j];
        }
      }
    }
  }
}
