package snel.gradient;

/// E-prop by plain loops, forward in time, written from the equations: each synapse keeps how its
/// own target depends on it, and how the outputs do by that target's spikes alone. Six inputs, a
/// recurrent layer of adaptive leaky neurons, three leaky outputs.
final class PlainEligibility {
  private static final double P = Math.exp(-1.0 / 20);
  private static final double R = Math.exp(-1.0 / 5);
  private static final double Q = (R - P) / 5 / (1.0 / 20 - 1.0 / 5);
  private static final double RHO = Math.exp(-1.0 / 50);
  private static final double BETA = 0.3;

  final double[] in;
  final double[] rec;
  int spikes;

  /// How the target of one synapse, and the outputs by it, depend on the synapse.
  private static final class Trace {
    double v;
    double g;
    double b;
    final double[] outV = new double[3];
    final double[] outG = new double[3];
  }

  /// @param back weights by which the outputs speak to the layer
  PlainEligibility(
      boolean[][] input,
      double[] wIn,
      double[] wRec,
      double[] wOut,
      double[] back,
      double[] share,
      double slope,
      boolean throughReset) {
    int n = wOut.length / 3;
    in = new double[6 * n];
    rec = new double[n * n];
    Trace[] ofIn = traces(6 * n);
    Trace[] ofRec = traces(n * n);
    double[] v = new double[n];
    double[] g = new double[n];
    double[] b = new double[n];
    double[] before = new double[n];
    double[] outV = new double[3];
    double[] outG = new double[3];
    for (boolean[] came : input) {
      double[] z = new double[n];
      double[] psi = new double[n];
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < 6; i++) {
          g[j] += came[i] ? wIn[i * n + j] : 0;
        }
        for (int i = 0; i < n; i++) {
          g[j] += before[i] * wRec[i * n + j];
        }
        double u = P * v[j] + Q * g[j];
        g[j] *= R;
        b[j] *= RHO;
        double margin = u - (1 + BETA * b[j]);
        double far = 1 + slope * Math.abs(margin);
        psi[j] = 1 / (far * far);
        z[j] = margin > 0 ? 1 : 0;
        spikes += margin > 0 ? 1 : 0;
        v[j] = u - z[j];
        b[j] += z[j];
      }
      for (int k = 0; k < 3; k++) {
        for (int j = 0; j < n; j++) {
          outG[k] += z[j] * wOut[j * 3 + k];
        }
        outV[k] = P * outV[k] + Q * outG[k];
        outG[k] *= R;
      }
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < 6; i++) {
          double x = came[i] ? 1 : 0;
          in[i * n + j] += step(ofIn[i * n + j], x, psi[j], j, back, share, outV, throughReset);
        }
        for (int i = 0; i < n; i++) {
          rec[i * n + j] +=
              step(ofRec[i * n + j], before[i], psi[j], j, back, share, outV, throughReset);
        }
      }
      before = z;
    }
  }

  private static Trace[] traces(int count) {
    Trace[] all = new Trace[count];
    java.util.Arrays.setAll(all, _ -> new Trace());
    return all;
  }

  /// What the loss of the step gives to the synapse.
  private static double step(
      Trace e,
      double arrived,
      double psi,
      int j,
      double[] back,
      double[] share,
      double[] out,
      boolean throughReset) {
    e.g += arrived;
    double u = P * e.v + Q * e.g;
    e.g *= R;
    e.b *= RHO;
    double z = psi * (u - BETA * e.b);
    e.v = throughReset ? u - z : u;
    e.b += throughReset ? z : 0;
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      e.outG[k] += z * back[j * 3 + k];
      e.outV[k] = P * e.outV[k] + Q * e.outG[k];
      e.outG[k] *= R;
      sum += 2 * share[k] * out[k] * e.outV[k];
    }
    return sum;
  }
}
