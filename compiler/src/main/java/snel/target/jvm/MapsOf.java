package snel.target.jvm;

import snel.ir.ConvShape;
import snel.runtime.connect.Maps;

/// The run-time library's maps for those of the IR.
public final class MapsOf {
  private MapsOf() {}

  public static Maps shape(ConvShape s) {
    return new Maps(
        s.sourceChannels(),
        s.sourceHeight(),
        s.sourceWidth(),
        s.targetChannels(),
        s.targetHeight(),
        s.targetWidth(),
        s.kernelHeight(),
        s.kernelWidth(),
        s.strideY(),
        s.strideX(),
        s.paddingY(),
        s.paddingX(),
        s.dilationY(),
        s.dilationX(),
        s.groups(),
        s.transposed());
  }
}
