package snel.runtime.schedule;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The elements of an array, told apart from others by 128 bits of their SHA-256.
record Digest(long first, long second) {
  static Digest of(Object array) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] all = Cells.segment(array).toArray(ValueLayout.JAVA_BYTE);
      ByteBuffer bytes = ByteBuffer.wrap(sha256.digest(all));
      return new Digest(bytes.getLong(), bytes.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java machine has SHA-256", e);
    }
  }
}
