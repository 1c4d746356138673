package snel.runtime.data;

import java.nio.file.Path;

/// Where the data sets that ship with Snel lie while this module is tested.
enum ShippedData {
  DIGITS("digits8x8.csv"),
  IRIS("iris.csv"),
  WINE("wine.csv"),
  BREAST_CANCER("breast_cancer.csv");

  private final String file;

  ShippedData(String file) {
    this.file = file;
  }

  Path path() {
    return Path.of("../stdlib/src/main/resources/std/data").resolve(file);
  }

  Table table(CsvOptions options) {
    return CsvReader.read(DataFile.at(path()), options);
  }
}
