package snel.elaborate;

import java.util.HashMap;
import java.util.Map;
import snel.model.Slice;

/// How the neurons of equal index lie in the two slices that are joined.
enum Selves {
  /// There are none.
  NONE,
  /// All at the same distance, and nothing else is at it.
  ALIGNED,
  /// Some here, some there.
  SCATTERED;

  static Selves of(Slice source, Slice target) {
    if (source.size() == 0 || target.size() == 0) {
      return NONE;
    }
    int offset = source.at(0) - target.at(0);
    if (source.isRange() && target.isRange()) {
      return offset < target.size() && -offset < source.size() ? ALIGNED : NONE;
    }
    Map<Integer, Integer> places = new HashMap<>();
    for (int k = 0; k < target.size(); k++) {
      places.put(target.at(k), k);
    }
    boolean any = false;
    boolean aligned = true;
    for (int k = 0; k < source.size(); k++) {
      Integer place = places.get(source.at(k));
      boolean isInside = k + offset >= 0 && k + offset < target.size();
      any |= place != null;
      aligned &= place == null ? !isInside : place == k + offset;
    }
    return !any ? NONE : aligned ? ALIGNED : SCATTERED;
  }
}
