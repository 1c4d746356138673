package snel.runtime.report;

/// Numbers as colours. Values of one sign go through viridis (van der Walt & Smith 2015), which
/// brightens evenly and can be read by the colour-blind; values of both signs through blue, white
/// and red, with 0 white.
record ColourMap(double low, double high, boolean diverging) {
  private static final int[] VIRIDIS = {
    0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151,
    0xbddf26, 0xfde725
  };
  private static final int[] BLUE_WHITE_RED = {
    0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b
  };

  /// The map that spans all finite `values`.
  static ColourMap spanning(Iterable<double[]> values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] row : values) {
      for (double value : row) {
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (low > high) {
      return new ColourMap(0, 1, false);
    }
    if (low < 0 && high > 0) {
      double size = Math.max(-low, high);
      return new ColourMap(-size, size, true);
    }
    return new ColourMap(low, high, false);
  }

  /// The place of a value on the map, 0 to 255.
  int level(double value) {
    double part = high > low ? (value - low) / (high - low) : 0.5;
    return (int) Math.round(255 * Math.clamp(part, 0, 1));
  }

  /// The colour of a level as 0xRRGGBB.
  int colour(int level) {
    int[] anchors = diverging ? BLUE_WHITE_RED : VIRIDIS;
    double at = level / 255.0 * (anchors.length - 1);
    int below = Math.min((int) at, anchors.length - 2);
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int first = anchors[below] >> shift & 0xff;
      int second = anchors[below + 1] >> shift & 0xff;
      mixed |= (int) Math.round(first + (at - below) * (second - first)) << shift;
    }
    return mixed;
  }

  /// The colour of a value as CSS writes it.
  String css(double value) {
    return "#%06x".formatted(colour(level(value)));
  }

  /// Whether dark text is the readable one on the colour of `value`.
  boolean wantsDarkText(double value) {
    int colour = colour(level(value));
    double light =
        0.299 * (colour >> 16 & 0xff) + 0.587 * (colour >> 8 & 0xff) + 0.114 * (colour & 0xff);
    return light > 140;
  }

  /// A bar of all colours with its two ends, as HTML.
  String legend(String unit) {
    var stops = new StringBuilder();
    for (int k = 0; k <= 8; k++) {
      stops.append(k == 0 ? "" : ", ").append("#%06x".formatted(colour(255 * k / 8)));
    }
    String bar = "<i style=\"background:linear-gradient(to right, " + stops + ")\"></i>";
    return "<div class=\"scale\"><span>%s</span>%s<span>%s</span></div>"
        .formatted(Html.number(low), bar, Html.escape((Html.number(high) + " " + unit).strip()));
  }
}
