package snel.runtime.schedule;

/// One instruction of a [Script]. The program counter already stands at the next one.
@FunctionalInterface
public interface Instruction {
  void execute(Machine machine);
}
