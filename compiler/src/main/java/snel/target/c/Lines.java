package snel.target.c;

/// C text, line by line, with its indentation.
final class Lines {
  private final StringBuilder out = new StringBuilder();
  private int depth;

  Lines add(String line) {
    if (line.isEmpty()) {
      out.append('\n');
    } else {
      out.append("  ".repeat(depth)).append(line).append('\n');
    }
    return this;
  }

  /// A line that ends in `{`, and the indentation of what follows.
  Lines open(String head) {
    add(head.isEmpty() ? "{" : head + " {");
    depth++;
    return this;
  }

  Lines close() {
    depth--;
    return add("}");
  }

  /// Lines that stand by themselves.
  void addAll(Lines other) {
    out.append(other.out);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
