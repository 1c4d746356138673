package snel.runtime.schedule;

/// A data set, opened.
public interface Records {
  String name();

  int size();

  Value field(int record, String field);

  /// The records of a split in the order of the file; all of them where the name is empty.
  int[] split(String name);
}
