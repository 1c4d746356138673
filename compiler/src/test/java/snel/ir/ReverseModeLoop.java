package snel.ir;

/// Surrogate gradients of the network of the page about reverse mode, by plain loops over all
/// steps.
final class ReverseModeLoop {
  final double[] in = new double[30];
  final double[] rec = new double[25];
  final double[] out = new double[15];
  double loss;
  int spikes;

  ReverseModeLoop(ReverseModeNetwork network) {
    double[] wIn = network.doubles("w_in");
    double[] wRec = network.doubles("w_rec");
    double[] wOut = network.doubles("w_out");
    boolean[][] input = network.input;
    int steps = input.length;
    double[][] u = new double[steps][5];
    double[][] z = new double[steps][5];
    double[][] error = new double[steps][3];
    double[] v = new double[5];
    double[] g = new double[5];
    double[] y = new double[3];
    for (int t = 0; t < steps; t++) {
      for (int j = 0; j < 5; j++) {
        for (int i = 0; i < 6; i++) {
          g[j] += input[t][i] ? wIn[i * 5 + j] : 0;
        }
        for (int i = 0; i < 5 && t > 1; i++) {
          g[j] += z[t - 2][i] * wRec[i * 5 + j];
        }
        u[t][j] = 0.95 * v[j] + 0.09 * g[j];
        g[j] *= 0.8;
        z[t][j] = u[t][j] > 1 ? 1 : 0;
        spikes += u[t][j] > 1 ? 1 : 0;
        v[j] = u[t][j] - z[t][j];
      }
      double whole = 0;
      for (int k = 0; k < 3; k++) {
        y[k] *= 0.9;
        for (int j = 0; j < 5; j++) {
          y[k] += z[t][j] * wOut[j * 3 + k];
        }
        whole += Math.exp(y[k]);
      }
      for (int k = 0; k < 3; k++) {
        error[t][k] = Math.exp(y[k]) / whole - (k == 1 ? 1 : 0);
      }
      loss += Math.log(whole) - y[1];
    }
    backward(u, z, error, input, wRec, wOut);
  }

  private void backward(
      double[][] u,
      double[][] z,
      double[][] error,
      boolean[][] input,
      double[] wRec,
      double[] wOut) {
    int steps = u.length;
    double[][] toInput = new double[steps + 2][5];
    double[] toV = new double[5];
    double[] toG = new double[5];
    double[] toY = new double[3];
    for (int t = steps - 1; t >= 0; t--) {
      for (int k = 0; k < 3; k++) {
        toY[k] = error[t][k] + 0.9 * toY[k];
      }
      for (int j = 0; j < 5; j++) {
        double toZ = -toV[j];
        for (int k = 0; k < 3; k++) {
          toZ += wOut[j * 3 + k] * toY[k];
          out[j * 3 + k] += z[t][j] * toY[k];
        }
        for (int m = 0; m < 5; m++) {
          toZ += wRec[j * 5 + m] * toInput[t + 2][m];
        }
        double toU = toV[j] + toZ / Math.pow(1 + 2 * Math.abs(u[t][j] - 1), 2);
        toInput[t][j] = 0.09 * toU + 0.8 * toG[j];
        toV[j] = 0.95 * toU;
        toG[j] = toInput[t][j];
      }
      for (int j = 0; j < 5; j++) {
        for (int i = 0; i < 6; i++) {
          in[i * 5 + j] += input[t][i] ? toInput[t][j] : 0;
        }
        for (int i = 0; i < 5 && t > 1; i++) {
          rec[i * 5 + j] += z[t - 2][i] * toInput[t][j];
        }
      }
    }
  }
}
