package snel.runtime.schedule;

/// Where recorded spikes and samples go.
public interface Recording {
  /// Keeps nothing.
  Recording NONE =
      new Recording() {
        @Override
        public void openSpikes(String population, int[] indices) {}

        @Override
        public void spike(String population, int neuron, long stamp) {}

        @Override
        public void openSamples(Sampler sampler) {}

        @Override
        public void sample(Sampler sampler, long label, double[] row) {}

        @Override
        public void flush() {}
      };

  /// Spikes of `population` will follow, of the neurons in `indices`.
  void openSpikes(String population, int[] indices);

  void spike(String population, int neuron, long stamp);

  void openSamples(Sampler sampler);

  /// @param label the step the sample belongs to
  void sample(Sampler sampler, long label, double[] row);

  /// The spikes so far are all there are of their instants.
  void flush();
}
