package snel.runtime.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Formats of recordings that event cameras make, by the names that programs know them by.
public enum EventCamera {
  /// AEDAT 4 of iniVation's DV.
  AEDAT4("aedat4", Aedat4::read),
  /// The five bytes an event of the ATIS, as in N-MNIST and N-Caltech101.
  ATIS("atis", Atis::read),
  /// Event Stream 2.0 (`.es`).
  EVENT_STREAM("event_stream", EventStream::read),
  /// EVT 2.0 of Prophesee (`.raw`).
  EVT2("evt2", Evt2::read);

  private final String word;
  private final Function<DataFile, CameraEvents> reader;

  EventCamera(String word, Function<DataFile, CameraEvents> reader) {
    this.word = word;
    this.reader = reader;
  }

  /// What it is called in programs.
  public String word() {
    return word;
  }

  public CameraEvents read(DataFile file) {
    return reader.apply(file);
  }

  public static Optional<EventCamera> named(String word) {
    return Arrays.stream(values()).filter(camera -> camera.word.equals(word)).findFirst();
  }
}
