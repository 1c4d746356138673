package snel.cli;

/// Entry point of the `snel` command.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    StandardError.restore();
    System.out.println("snel 0.1.0");
  }
}
