package snel.runtime.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import snel.runtime.kernel.ProblemKind;

/// A recording from a WAV file (RIFF): PCM of 8, 16, 24 or 32 bits, or 32-bit floats.
///
/// @param rate samples a second
/// @param samples the mean of the channels, -1 to 1
public record Wav(int rate, int channels, double[] samples) {
  private static final String KIND = "a WAV recording";
  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xfffe;

  /// The length of what was still being recorded, or sent, when the header was written.
  private static final long TO_THE_END = 0xffffffffL;

  /// Reads a recording of any rate.
  public static Wav read(DataFile file) {
    return parse(file.name(), FileContent.bytes(file, KIND));
  }

  /// Reads a recording that must have been made at `rate`: nothing is resampled silently.
  public static Wav read(DataFile file, int rate) {
    Wav sound = read(file);
    if (sound.rate != rate) {
      throw DataProblem.found(
          file.name(), "a recording at " + rate + " Hz", "one at " + sound.rate + " Hz");
    }
    return sound;
  }

  private static Wav parse(String file, byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (content.length < 12
        || !word(content, 0).equals("RIFF")
        || !word(content, 8).equals("WAVE")) {
      throw DataProblem.found(file, KIND + " (RIFF … WAVE)", FileKind.told(content));
    }
    ByteBuffer format = ByteBuffer.allocate(0);
    for (long at = 12; at + 8 <= content.length; ) {
      String name = word(content, (int) at);
      long written = in.getInt((int) at + 4) & 0xffffffffL;
      long rest = content.length - at - 8;
      long length = name.equals("data") && written == TO_THE_END ? rest : written;
      long end = at + 8 + length;
      if (end > content.length) {
        throw DataProblem.truncated(
            file,
            "%d bytes of %s".formatted(length, name.equals("data") ? "sound" : "chunk " + name),
            rest + " bytes");
      }
      ByteBuffer body = in.slice((int) at + 8, (int) length).order(ByteOrder.LITTLE_ENDIAN);
      if (name.equals("fmt ") && length >= 16) {
        format = body;
      } else if (name.equals("data")) {
        return decode(file, format, body);
      }
      at = end + (length & 1);
    }
    throw DataProblem.truncated(file, "a data chunk", "none");
  }

  private static Wav decode(String file, ByteBuffer format, ByteBuffer data) {
    if (format.limit() < 16) {
      throw DataProblem.found(
          ProblemKind.FILE_UNREADABLE, file, "a fmt chunk before the data", "none");
    }
    int coding = format.getShort(0) & 0xffff;
    int kind = coding == EXTENSIBLE && format.limit() >= 26 ? format.getShort(24) & 0xffff : coding;
    int channels = format.getShort(2) & 0xffff;
    int rate = format.getInt(4);
    int bits = format.getShort(14) & 0xffff;
    boolean known = kind == PCM ? bits == 8 || bits == 16 || bits == 24 || bits == 32 : bits == 32;
    if (kind != PCM && kind != FLOAT || !known || channels == 0) {
      throw DataProblem.found(
          file,
          "PCM of 8, 16, 24 or 32 bits or 32-bit floats",
          "coding %d with %d bits and %d channels".formatted(kind, bits, channels));
    }
    int width = bits / 8;
    if (data.limit() % (width * channels) != 0) {
      throw DataProblem.truncated(
          file, "samples of " + width * channels + " bytes", data.limit() + " bytes of sound");
    }
    double[] samples = new double[data.limit() / (width * channels)];
    for (int i = 0; i < samples.length; i++) {
      double sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += sample(data, (i * channels + channel) * width, bits, kind);
      }
      samples[i] = sum / channels;
    }
    return new Wav(rate, channels, samples);
  }

  private static double sample(ByteBuffer data, int at, int bits, int kind) {
    if (kind == FLOAT) {
      return data.getFloat(at);
    }
    return switch (bits) {
      case 8 -> ((data.get(at) & 0xff) - 128) / 128.0; // the only width that is unsigned
      case 16 -> data.getShort(at) / 32_768.0;
      case 24 -> (data.get(at + 2) << 16 | data.getShort(at) & 0xffff) / 8_388_608.0;
      default -> data.getInt(at) / 2_147_483_648.0;
    };
  }

  private static String word(byte[] content, int at) {
    return new String(content, at, 4, StandardCharsets.ISO_8859_1);
  }
}
