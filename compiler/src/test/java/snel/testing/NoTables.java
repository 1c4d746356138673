package snel.testing;

import snel.diagnostics.Code;
import snel.elaborate.BadFile;
import snel.elaborate.Context;
import snel.elaborate.Val;

/// For programs that name no data files.
public enum NoTables implements Context.Files {
  NONE;

  @Override
  public Val csv(String folder, String name, boolean header, char separator) throws BadFile {
    throw new BadFile(Code.FILE_MISSING, "there is no file " + name);
  }

  @Override
  public Val npy(String folder, String name) throws BadFile {
    throw new BadFile(Code.FILE_MISSING, "there is no file " + name);
  }
}
