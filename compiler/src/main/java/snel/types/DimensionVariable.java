package snel.types;

/// A dimension that is not known yet (`0` fits every one), or that is left open by the author:
/// `weight w : any`.
///
/// @param name what messages call it, the `w` of `like w`; may be empty
/// @param number tells variables of one name apart
/// @param rigid it stands for whatever the user of the declaration chooses, and so equals only
///   itself
public record DimensionVariable(String name, int number, boolean rigid)
    implements Comparable<DimensionVariable> {
  /// By number, then by name.
  @Override
  public int compareTo(DimensionVariable other) {
    int byNumber = Integer.compare(number, other.number);
    return byNumber != 0 ? byNumber : name.compareTo(other.name);
  }
}
