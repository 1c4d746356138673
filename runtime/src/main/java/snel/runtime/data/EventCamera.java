package snel.runtime.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Formats of recordings that event cameras make, by the names that programs know them by.
public enum EventCamera {
  /// AEDAT 4 of iniVation's DV.
  AEDAT4("aedat4") {
    @Override
    public CameraEvents read(DataFile file) {
      return Aedat4.read(file);
    }
  },
  /// The five bytes an event of the ATIS, as in N-MNIST and N-Caltech101.
  ATIS("atis") {
    @Override
    public CameraEvents read(DataFile file) {
      return Atis.read(file);
    }
  },
  /// Event Stream 2.0 (`.es`).
  EVENT_STREAM("event_stream") {
    @Override
    public CameraEvents read(DataFile file) {
      return EventStream.read(file);
    }
  },
  /// EVT 2.0 of Prophesee (`.raw`).
  EVT2("evt2") {
    @Override
    public CameraEvents read(DataFile file) {
      return Evt2.read(file);
    }
  };

  private final String word;

  EventCamera(String word) {
    this.word = word;
  }

  /// What it is called in programs.
  public String word() {
    return word;
  }

  public abstract CameraEvents read(DataFile file);

  public static Optional<EventCamera> named(String word) {
    return Arrays.stream(values()).filter(camera -> camera.word.equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(EventCamera::word).toList();
  }
}
