package snel.ir;

/// Geometry of `conv`, `pool` and `window` on [channels, height, width] maps (a 1-D map has height
/// 1): target (y, x) sees source rows `y * stride - padding + ky * dilation`.
public record ConvShape(
    int sourceChannels,
    int sourceHeight,
    int sourceWidth,
    int targetChannels,
    int targetHeight,
    int targetWidth,
    int kernelHeight,
    int kernelWidth,
    int strideY,
    int strideX,
    int paddingY,
    int paddingX,
    int dilation) {}
