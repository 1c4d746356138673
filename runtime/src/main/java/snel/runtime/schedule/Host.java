package snel.runtime.schedule;

import java.util.List;
import java.util.function.Supplier;
import snel.runtime.convert.Conversion;

/// What the machine asks of the process it runs in.
public interface Host {
  /// Called between pieces of work, many times a second.
  ///
  /// @throws Interrupted when the user asked to stop
  void breathe(Machine machine);

  /// Whether a checkpoint should be written at the next legal boundary though the program asks for
  /// none.
  boolean checkpointIsDue();

  /// Keeps a checkpoint.
  void checkpoint(Machine machine);

  /// The data set, read and checked.
  Records open(Machine machine, String dataSet);

  /// Writes weights and plastic states to a file.
  void save(Machine machine, String file);

  void load(Machine machine, String file);

  /// Fills and scales weights from a trained network of another kind.
  ///
  /// @param of the experiment in whose run folder the file lies; empty for a file of the program
  /// @param samples inputs to scale by
  void convert(
      Machine machine, Conversion conversion, String file, String of, List<double[]> samples);

  /// In a sweep: runs an experiment, and first what it is `from`, at the present point.
  void runExperiment(Machine machine, String experiment);

  /// In a sweep: what an experiment reported at the present point.
  Value resultOf(Machine machine, String experiment, String result);

  /// Tells the person who runs the program what they may not have meant; the run goes on.
  default void notice(String sentence) {}

  /// A number was reported, maybe not for the last time.
  default void told(String name, Supplier<String> text) {}

  /// A loop begins a pass.
  ///
  /// @param depth 1 for a loop in no other
  void pass(int depth, long done, long left);
}
