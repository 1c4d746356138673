package snel.ir.verify;

import java.util.List;
import java.util.Map;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Directory;
import snel.ir.Length;

/// Checks that the directory names buffers of the program, of the cells that it promises.
final class DirectoryChecker {
  private final Map<String, Buffer> buffers;
  private final Violations violations;

  DirectoryChecker(Map<String, Buffer> buffers, Violations violations) {
    this.buffers = buffers;
    this.violations = violations;
  }

  void check(Directory directory) {
    for (Directory.Population population : directory.populations()) {
      check(population.spikes(), Cell.I32, population.size());
      check(population.spikeCount(), Cell.I32, 1);
      population.episodeCounts().ifPresent(buffer -> check(buffer, Cell.I32, population.size()));
      population.firstSpike().ifPresent(buffer -> check(buffer, Cell.I64, population.size()));
      population.firstEarly().ifPresent(buffer -> check(buffer, Cell.F64, population.size()));
      check(population.total(), Cell.I64, 1);
      population.log().ifPresent(this::checkLog);
    }
    for (Directory.Projection projection : directory.projections()) {
      projection.rowStart().ifPresent(this::checkKnown);
      projection.targetIndex().ifPresent(this::checkKnown);
      projection.weight().ifPresent(this::checkKnown);
      projection.delivered().ifPresent(buffer -> check(buffer, Cell.I64, 1));
      projection.updates().ifPresent(buffer -> check(buffer, Cell.I64, 1));
    }
    directory.values().forEach(value -> checkKnown(value.buffer()));
    directory.freezable().forEach(flag -> check(flag.flag(), Cell.I32, 1));
    for (Directory.Port port : directory.ports()) {
      checkKnown(port.pending());
      port.arguments().forEach(this::checkKnown);
    }
  }

  private void checkLog(Directory.Log log) {
    check(log.logging(), Cell.I32, 1);
    check(log.count(), Cell.I32, 1);
    List.of(log.index(), log.step()).forEach(this::checkKnown);
    log.early().ifPresent(this::checkKnown);
    violations.require(log.index().cell() == Cell.I32, log.index().name() + " is not I32");
    violations.require(log.step().cell() == Cell.I64, log.step().name() + " is not I64");
  }

  private void check(Buffer buffer, Cell cell, long count) {
    checkKnown(buffer);
    violations.require(
        buffer.cell() == cell && buffer.length().equals(Length.of(count)),
        buffer.name() + " is not " + cell + "[" + count + "]");
  }

  private void checkKnown(Buffer buffer) {
    violations.require(
        buffer.equals(buffers.get(buffer.name())),
        "buffer " + buffer.name() + " is not declared, or otherwise");
  }
}
