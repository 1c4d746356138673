package snel.runtime.schedule;

import org.jspecify.annotations.Nullable;

/// Where recorded spikes and samples go.
public interface Recording {
  /// Keeps nothing.
  Recording NONE =
      new Recording() {
        @Override
        public void openSpikes(String population, int[] indices) {}

        @Override
        public void spikes(
            String population,
            long[] stamps,
            double @Nullable [] early,
            int[] neurons,
            int count) {}

        @Override
        public void openSamples(Sampler sampler) {}

        @Override
        public void sample(Sampler sampler, long label, double[] row) {}
      };

  /// Spikes of `population` will follow, of the neurons in `indices`.
  void openSpikes(String population, int[] indices);

  /// The first `count` of `neurons` spiked at `stamps`, which never fall; those of one instant come
  /// in one call.
  ///
  /// @param early how much of a step each came before its stamp; null if all came with it
  void spikes(
      String population, long[] stamps, double @Nullable [] early, int[] neurons, int count);

  void openSamples(Sampler sampler);

  /// @param label the step the sample belongs to
  void sample(Sampler sampler, long label, double[] row);
}
