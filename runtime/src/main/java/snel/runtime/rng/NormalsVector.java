package snel.runtime.rng;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// [Normals] in vectors: the same bits (semantics.md §12; Giles, "Approximating the erfinv
/// function", GPU Computing Gems 2, 2011). One word in 300 lies in a tail of the distribution, so
/// the polynomial for tails is left out where no lane wants it; and what the logarithm is taken of
/// lies between 2^-23 and 1, so it has no special cases.
public final class NormalsVector {
  private static final VectorSpecies<Integer> WORDS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Bits of the square root of a half: mantissas are taken between it and that of two.
  private static final int LEAST_MANTISSA = 0x3f3504f3;

  private static final int MANTISSA_BITS = 23;
  private static final int MANTISSA = (1 << MANTISSA_BITS) - 1;

  /// Where tails begin: -log(1 - u^2).
  private static final float TAIL = 5;

  /// The method that [#warmUp] knows.
  public static final int MAKE = 0;

  private static final int OF_MIDDLE = 1 << 30;
  private static final int OF_TAIL = 0;
  private static final int[] WARM_WORDS = new int[4 * LANES];

  private NormalsVector() {}

  /// See [Normals#make].
  public static void make(int[] words, int from, int to) {
    int whole = from + Math.max(0, to - from) / LANES * LANES;
    if (whole == to || whole == from) {
      makeWhole(words, from, whole);
      Normals.make(words, whole, to);
      return;
    }
    // those that fill no vector of their own are made together with some before them
    int[] last = Arrays.copyOfRange(words, to - LANES, to);
    makeWhole(words, from, whole);
    makeWhole(last, 0, LANES);
    System.arraycopy(last, 0, words, to - LANES, LANES);
  }

  private static void makeWhole(int[] words, int from, int to) {
    int at = from;
    while (at > to) {
      at--;
    }
    if (at == to) {
      return;
    }
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (; at < to; at += LANES) {
      IntVector word = IntVector.fromArray(WORDS, words, at).lanewise(LSHR, 9);
      FloatVector u =
          ((FloatVector) word.convertShape(I2F, SPECIES, 0)).fma(0x1p-22f, -0x1.fffffcp-1f);
      IntVector bits = one.sub(u).mul(one.add(u)).reinterpretAsInts().sub(LEAST_MANTISSA);
      FloatVector exponent =
          (FloatVector) bits.lanewise(ASHR, MANTISSA_BITS).convertShape(I2F, SPECIES, 0);
      FloatVector f = bits.and(MANTISSA).add(LEAST_MANTISSA).reinterpretAsFloats().sub(1);
      FloatVector q = FloatVector.broadcast(SPECIES, -0x1.38cf2p-4f);
      q = q.fma(f, FloatVector.broadcast(SPECIES, 0x1.05602ep-3f));
      q = q.fma(f, FloatVector.broadcast(SPECIES, -0x1.0d81f2p-3f));
      q = q.fma(f, FloatVector.broadcast(SPECIES, 0x1.22d8f8p-3f));
      q = q.fma(f, FloatVector.broadcast(SPECIES, -0x1.54728cp-3f));
      q = q.fma(f, FloatVector.broadcast(SPECIES, 0x1.99a01ep-3f));
      q = q.fma(f, FloatVector.broadcast(SPECIES, -0x1.000226p-2f));
      q = q.fma(f, FloatVector.broadcast(SPECIES, 0x1.555554p-2f));
      FloatVector low =
          exponent.fma(
              FloatVector.broadcast(SPECIES, 0x1.7f7d1cp-20f),
              f.mul(f).mul(f.fma(q, FloatVector.broadcast(SPECIES, -0.5f))));
      FloatVector v = exponent.fma(FloatVector.broadcast(SPECIES, 0x1.62e4p-1f), f.add(low)).neg();
      FloatVector x = v.sub(2.5f);
      FloatVector p = FloatVector.broadcast(SPECIES, 2.81022636e-08f);
      p = p.fma(x, FloatVector.broadcast(SPECIES, 3.43273939e-07f));
      p = p.fma(x, FloatVector.broadcast(SPECIES, -3.5233877e-06f));
      p = p.fma(x, FloatVector.broadcast(SPECIES, -4.39150654e-06f));
      p = p.fma(x, FloatVector.broadcast(SPECIES, 0.00021858087f));
      p = p.fma(x, FloatVector.broadcast(SPECIES, -0.00125372503f));
      p = p.fma(x, FloatVector.broadcast(SPECIES, -0.00417768164f));
      p = p.fma(x, FloatVector.broadcast(SPECIES, 0.246640727f));
      p = p.fma(x, FloatVector.broadcast(SPECIES, 1.50140941f));
      VectorMask<Float> tail = v.compare(GE, TAIL);
      if (tail.anyTrue()) {
        x = v.sqrt().sub(3);
        FloatVector far = FloatVector.broadcast(SPECIES, -0.000200214257f);
        far = far.fma(x, FloatVector.broadcast(SPECIES, 0.000100950558f));
        far = far.fma(x, FloatVector.broadcast(SPECIES, 0.00134934322f));
        far = far.fma(x, FloatVector.broadcast(SPECIES, -0.00367342844f));
        far = far.fma(x, FloatVector.broadcast(SPECIES, 0.00573950773f));
        far = far.fma(x, FloatVector.broadcast(SPECIES, -0.0076224613f));
        far = far.fma(x, FloatVector.broadcast(SPECIES, 0.00943887047f));
        far = far.fma(x, FloatVector.broadcast(SPECIES, 1.00167406f));
        far = far.fma(x, FloatVector.broadcast(SPECIES, 2.83297682f));
        p = p.blend(far, tail);
      }
      p.mul(u).mul(0x1.6a09e6p0f).reinterpretAsInts().intoArray(words, at);
    }
  }

  /// What [snel.runtime.kernel.VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    if (to > 0) {
      // now and then a word lies in a tail
      Arrays.fill(WARM_WORDS, 0, to * LANES, OF_MIDDLE);
      WARM_WORDS[0] = OF_TAIL;
    }
    makeWhole(WARM_WORDS, from, to * LANES);
  }
}
