package snel.runtime.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// What a file seems to be by its first bytes.
enum FileKind {
  ZIP("504b0304", "a zip archive, as NPZ files and PyTorch's `.pt` are"),
  NPY("934e554d5059", "an NPY array"),
  HDF5("894844460d0a1a0a", "an HDF5 file"),
  GZIP("1f8b", "a file packed by gzip"),
  PNG("89504e47", "a PNG picture"),
  PDF("25504446", "a PDF document"),
  PICKLE("8002", "a pickle of Python"),
  PICKLE_3("8003", "a pickle of Python"),
  PICKLE_4("8004", "a pickle of Python"),
  PICKLE_5("8005", "a pickle of Python"),
  LFS(ascii("version https://git-lfs"), "a pointer of Git LFS in place of the file itself"),
  XML(ascii("<?xml"), "an XML document"),
  HTML(ascii("<!"), "a web page"),
  WEB_PAGE(ascii("<html"), "a web page");

  /// How many bytes are enough to tell.
  static final int LOOKED_AT = 64;

  private static final String SEEMS = "what seems to be ";

  /// Where the header of a safetensors file begins, behind its length.
  private static final int HEADER = 8;

  private final byte[] first;
  private final String words;

  FileKind(String first, String words) {
    this.first = HexFormat.of().parseHex(first);
    this.words = words;
  }

  private static String ascii(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  boolean begins(byte[] content) {
    return isIn(content, 0);
  }

  /// Whether one begins at byte `from`.
  boolean isIn(byte[] content, int from) {
    return content.length - from >= first.length
        && Arrays.equals(content, from, from + first.length, first, 0, first.length);
  }

  /// For a message: the kind, or else the first bytes.
  static String told(byte[] content) {
    return of(content).orElse(first(content));
  }

  /// For a message: the kind, where it is known.
  static Optional<String> of(byte[] content) {
    for (FileKind kind : values()) {
      if (kind.begins(content)) {
        return Optional.of(SEEMS + kind.words);
      }
    }
    if (isSafetensors(content)) {
      return Optional.of(SEEMS + "a safetensors file");
    }
    return isText(content)
        ? Optional.of(SEEMS + "a text: " + beginning(content))
        : Optional.empty();
  }

  /// The first words of a text.
  private static String beginning(byte[] content) {
    int end = Math.min(content.length, LOOKED_AT / 2);
    String text = new String(content, 0, end, StandardCharsets.US_ASCII).strip();
    return "`" + text.lines().findFirst().orElse("") + "`";
  }

  /// What a file begins with.
  static String first(byte[] content) {
    if (content.length == 0) {
      return "an empty file";
    }
    StringBuilder text = new StringBuilder("the first bytes");
    for (int i = 0; i < Math.min(content.length, 6); i++) {
      text.append(" %02X".formatted(content[i]));
    }
    return text.toString();
  }

  /// Whether a header in JSON begins behind its length.
  static boolean isSafetensors(byte[] content) {
    return content.length > HEADER
        && content[HEADER] == '{'
        && Arrays.equals(content, HEADER / 2, HEADER, new byte[HEADER / 2], 0, HEADER / 2);
  }

  /// A few letters may be the mark of some other kind.
  private static boolean isText(byte[] content) {
    for (int k = 0; k < Math.min(content.length, LOOKED_AT); k++) {
      boolean isLine = content[k] == '\n' || content[k] == '\r' || content[k] == '\t';
      if (!isLine && (content[k] < ' ' || content[k] == 127)) {
        return false;
      }
    }
    return content.length >= HEADER;
  }
}
