package snel.testing;

import snel.elaborate.Context;
import snel.elaborate.Val;

/// For programs that name no data files.
public enum NoTables implements Context.Files {
  NONE;

  @Override
  public Val csv(String folder, String name, boolean header) {
    throw new IllegalArgumentException("there is no file " + name);
  }

  @Override
  public Val npy(String folder, String name) {
    throw new IllegalArgumentException("there is no file " + name);
  }
}
