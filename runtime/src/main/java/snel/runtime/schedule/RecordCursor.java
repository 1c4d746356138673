package snel.runtime.schedule;

/// The record of a source that terms of its declaration speak of.
public final class RecordCursor {
  private final RecordSource source;
  private int at;

  public RecordCursor(RecordSource source) {
    this.source = source;
  }

  public RecordSource source() {
    return source;
  }

  public int at() {
    return at;
  }

  public void at(int record) {
    at = record;
  }
}
