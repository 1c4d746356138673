package snel.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Leaky cells with an exponential current, simulated from event to event by closed forms and
/// without any step: v' = (drive + g - v) / tauM, g' = -g / tauS, a spike at v > 15, then v = 0,
/// held for `held` ms.
final class EventDrivenCells {
  private static final double THRESHOLD = 15;

  /// What a spike of `source` adds to g of `target`, `delay` ms later.
  record Synapse(int source, int target, double weight, double delay) {}

  private record Arrival(double time, int target, double weight) {}

  private final double tauM;
  private final double tauS;
  private final double held;
  private final double drive;
  private final double[] v;
  private final double[] g;
  private final double[] at;
  private final double[] free;
  private final List<List<Double>> spikes = new ArrayList<>();

  EventDrivenCells(double tauM, double tauS, double held, double drive, double[] v) {
    this.tauM = tauM;
    this.tauS = tauS;
    this.held = held;
    this.drive = drive;
    this.v = v.clone();
    this.g = new double[v.length];
    this.at = new double[v.length];
    this.free = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      spikes.add(new ArrayList<>());
    }
  }

  /// The spike times of each cell up to `end`.
  List<List<Double>> run(List<Synapse> synapses, double end) {
    var queue = new PriorityQueue<>(Comparator.comparingDouble(Arrival::time));
    double[] next = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      next[i] = crossing(i, end);
    }
    while (true) {
      int first = 0;
      for (int i = 1; i < v.length; i++) {
        first = next[i] < next[first] ? i : first;
      }
      Arrival arrival = queue.peek();
      if (arrival != null && arrival.time() <= Math.min(next[first], end)) {
        queue.remove();
        move(arrival.target(), arrival.time());
        g[arrival.target()] += arrival.weight();
        next[arrival.target()] = crossing(arrival.target(), end);
      } else if (next[first] <= end) {
        double time = next[first];
        move(first, time);
        v[first] = 0;
        free[first] = time + held;
        spikes.get(first).add(time);
        next[first] = crossing(first, end);
        for (Synapse synapse : synapses) {
          if (synapse.source() == first) {
            queue.add(new Arrival(time + synapse.delay(), synapse.target(), synapse.weight()));
          }
        }
      } else {
        return spikes;
      }
    }
  }

  private double potential(double from, double current, double time) {
    double slow = Math.exp(-time / tauM);
    double fast = Math.exp(-time / tauS);
    return drive * (1 - slow) + from * slow + current * tauS / (tauS - tauM) * (fast - slow);
  }

  private void move(int i, double time) {
    if (at[i] < free[i]) {
      double until = Math.min(time, free[i]);
      g[i] *= Math.exp(-(until - at[i]) / tauS);
      at[i] = until;
    }
    v[i] = potential(v[i], g[i], time - at[i]);
    g[i] *= Math.exp(-(time - at[i]) / tauS);
    at[i] = time;
  }

  /// When cell `i` spikes next, if nothing more arrives: looked for on a fine grid, then halved.
  private double crossing(int i, double end) {
    double start = Math.max(at[i], free[i]);
    double current = g[i] * Math.exp(-(start - at[i]) / tauS);
    for (double from = 0; start + from <= end; from += 0.01) {
      if (potential(v[i], current, from + 0.01) > THRESHOLD) {
        double before = from;
        double after = from + 0.01;
        for (int k = 0; k < 100; k++) {
          double middle = (before + after) / 2;
          if (potential(v[i], current, middle) > THRESHOLD) {
            after = middle;
          } else {
            before = middle;
          }
        }
        return start + after;
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
