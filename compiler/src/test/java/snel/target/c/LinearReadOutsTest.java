package snel.target.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static snel.target.c.Samples.assertSameDouble;
import static snel.target.c.Samples.buffer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.runtime.readout.FittedReadout;
import snel.runtime.readout.LinearSvm;
import snel.runtime.readout.Response;
import snel.runtime.readout.Ridge;

/// Linear read-outs: Java, where libraries solve them, against C.
class LinearReadOutsTest {
  private static final int QUESTIONS = 100;

  private final List<CompiledLibrary> libraries = CompiledLibrary.all();

  private record Example(int label, double[] features) {}

  /// Some features are 0, others are larger where they belong to the label.
  private static List<Example> examples(int count, int features, int classes, int silent) {
    SplittableRandom random = new SplittableRandom(features + classes);
    return Stream.generate(
            () -> {
              int label = random.nextInt(classes);
              double[] x = new double[features];
              for (int i = 0; i < features; i++) {
                double value = random.nextDouble() + (i % classes == label ? 0.3 : 0);
                x[i] = random.nextInt(100) < silent ? 0 : value;
              }
              return new Example(label, x);
            })
        .limit(count)
        .toList();
  }

  /// Fits all but the last ones; the rest are questions.
  private static List<Example> fitted(FittedReadout readout, List<Example> all) {
    List<Example> fitted = all.subList(0, all.size() - QUESTIONS);
    fitted.forEach(example -> readout.fit(Response.of(example.features), example.label));
    return fitted;
  }

  /// Compares the answers to the questions; what follows in C's output are the weights of a ridge.
  private static ByteBuffer alike(
      CompiledLibrary library,
      FittedReadout readout,
      String kind,
      double[] learnt,
      List<Example> all) {
    int features = all.getFirst().features.length;
    List<Example> questions = all.subList(all.size() - QUESTIONS, all.size());
    ByteBuffer input = buffer(8 * (3 + learnt.length + QUESTIONS * features));
    input.putDouble(features).putDouble(readout.classes());
    put(input, learnt);
    input.putDouble(QUESTIONS);
    questions.forEach(question -> put(input, question.features));
    ByteBuffer found = library.map("readout " + kind, input.flip());
    for (Example question : questions) {
      assertEquals(readout.predict(Response.of(question.features)), found.getDouble());
    }
    return found;
  }

  private static void put(ByteBuffer input, double[] numbers) {
    for (double number : numbers) {
      input.putDouble(number);
    }
  }

  /// With the constant, 1,000 features or more are solved in blocks.
  @ParameterizedTest
  @CsvSource({"3, 2, 1e-3", "64, 10, 1e-3", "998, 2, 1e-2", "999, 3, 1e-2", "1081, 4, 1e-2"})
  void theWeightsOfRidgesHaveTheSameBits(int features, int classes, double penalty) {
    List<Example> all = examples(60 + QUESTIONS, features, classes, 40);
    for (CompiledLibrary library : libraries) {
      Ridge ridge = new Ridge(features, classes, penalty);
      List<Example> fitted = fitted(ridge, all);
      DoubleStream examples =
          fitted.stream()
              .flatMapToDouble(each ->
                  DoubleStream.concat(DoubleStream.of(each.label), DoubleStream.of(each.features)));
      double[] learnt =
          DoubleStream.concat(DoubleStream.of(penalty, fitted.size()), examples).toArray();
      ByteBuffer found = alike(library, ridge, "ridge", learnt, all);
      for (double weight : ridge.weights()) {
        assertSameDouble(weight, found.getDouble(), "weight");
      }
      assertEquals(0, found.remaining());
    }
  }

  /// Of one label, of two, of which the first is weighed against the other, and of more.
  @ParameterizedTest
  @CsvSource({"5, 1, 1, 5", "3, 2, 1, 20", "40, 2, 100, 300", "64, 10, 1, 200", "300, 12, 5, 6"})
  void supportVectorMachinesAnswerAlike(int features, int classes, double price, int fitted) {
    List<Example> all = examples(fitted + QUESTIONS, features, classes, 50);
    LinearSvm machine = new LinearSvm(features, classes, price);
    fitted(machine, all);
    double[] labels = machine.labels();
    double[] weights = machine.weights();
    double[] learnt =
        DoubleStream.concat(
                DoubleStream.concat(DoubleStream.of(labels.length), DoubleStream.of(labels)),
                DoubleStream.concat(DoubleStream.of(weights.length), DoubleStream.of(weights)))
            .toArray();
    for (CompiledLibrary library : libraries) {
      alike(library, machine, "svm", learnt, all);
    }
  }
}
