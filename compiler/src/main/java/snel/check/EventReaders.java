package snel.check;

import java.util.List;

/// The words that read recordings of event cameras: one recording as a reader of data, the file of
/// each record within `files` and `cached`.
public final class EventReaders {
  public static final List<String> WORDS = List.of("aedat4", "atis", "event_stream", "evt2");

  private EventReaders() {}
}
