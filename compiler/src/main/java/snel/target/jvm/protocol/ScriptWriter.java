package snel.target.jvm.protocol;

import java.util.ArrayList;
import java.util.List;
import snel.ir.protocol.Place;
import snel.runtime.schedule.Instruction;
import snel.runtime.schedule.Script;

/// Collects the straight code of a script; jumps forward are filled in when their target is known.
final class ScriptWriter {
  private static final Instruction PENDING = _ -> {};

  private final List<Instruction> code = new ArrayList<>();
  private final List<Script.Spot> lines = new ArrayList<>();
  private int slots;

  /// @param slots variables of the experiment; hidden ones follow them
  ScriptWriter(int slots) {
    this.slots = slots;
  }

  int newSlot() {
    return slots++;
  }

  /// Where the next instruction will stand.
  int here() {
    return code.size();
  }

  void add(Place place, Instruction instruction) {
    code.add(instruction);
    lines.add(new Script.Spot(place.file(), place.line(), place.text()));
  }

  /// Leaves room for one instruction.
  int reserve(Place place) {
    add(place, PENDING);
    return code.size() - 1;
  }

  void fill(int at, Instruction instruction) {
    code.set(at, instruction);
  }

  Script script(String name) {
    return new Script(name, code, slots, lines);
  }
}
