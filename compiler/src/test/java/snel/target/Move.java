package snel.target;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import snel.ir.Clock;
import snel.ir.Program;
import snel.runtime.kernel.Fault;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;

/// What a protocol does to a network.
public enum Move {
  BIND('b'),
  PRESENTATION_START('('),
  PRESENTATION_END(')'),
  RESET('r'),
  STEP('s');

  private final char letter;

  Move(char letter) {
    this.letter = letter;
  }

  public static String letters(List<Move> moves) {
    return moves.stream().map(move -> String.valueOf(move.letter)).collect(Collectors.joining());
  }

  public static List<Move> of(String letters) {
    List<Move> moves = new ArrayList<>();
    for (char letter : letters.toCharArray()) {
      for (Move move : values()) {
        if (move.letter == letter) {
          moves.add(move);
        }
      }
    }
    return moves;
  }

  /// The state hashes on the JVM: once built, then after each move; where a kernel finds a fault,
  /// its code and place come last.
  static List<String> hashes(Program program, List<Move> moves, JvmTarget.Code code) {
    return hashes(program, moves, new JvmTarget(code));
  }

  static List<String> hashes(Program program, List<Move> moves, JvmTarget target) {
    Network network = target.build(program);
    List<String> hashes = new ArrayList<>();
    hashes.add(HexFormat.of().toHexDigits(network.stateHash()));
    try {
      for (Move move : moves) {
        move.on(network, program);
        hashes.add(HexFormat.of().toHexDigits(network.stateHash()));
      }
    } catch (Fault fault) {
      long[] found = (long[]) network.array(Clock.FAULT);
      hashes.add("fault " + found[0] + " " + found[1] + " " + found[2]);
    }
    return hashes;
  }

  void on(Network network, Program program) {
    switch (this) {
      case BIND -> program.binds().forEach(kernel -> network.call(kernel.name()));
      case PRESENTATION_START -> network.presentationStart();
      case PRESENTATION_END -> network.presentationEnd();
      case RESET -> network.reset();
      case STEP -> network.run(1);
    }
  }
}
