package snel.target.c;

import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.Directory;
import snel.ir.Role;

/// Writes `main`: builds the network and runs the steps that the command line asks for.
final class CDriver {
  private final CModule module;
  private final Lines lines = new Lines();

  CDriver(CModule module) {
    this.module = module;
  }

  String text() {
    writeFaultCheck();
    writeStateCheck();
    writeSpikes();
    writeMain();
    return lines.toString();
  }

  private void writeFaultCheck() {
    String halt = module.names().of(Clock.HALT);
    String fault = module.names().of(Clock.FAULT);
    lines.add("static const char *const fault_sites[] = {");
    for (String site : module.program().faultSites()) {
      lines.add("  " + CText.quote(site) + ",");
    }
    lines.add("  \"\"};").add("");
    lines.add("/* Ends the program if a kernel found an error. */");
    lines.open("static void check_fault(void)");
    lines.open("if (" + halt + "[0] & " + Clock.HALT_FAULT + ")");
    lines.add("snel_fault(" + fault + "[0], fault_sites[" + fault + "[1]], " + fault + "[2]);");
    lines.close();
    lines.add(halt + "[0] = 0;");
    lines.close().add("");
  }

  private void writeStateCheck() {
    lines.add("/* Ends the program if a state or weight is infinite or no number. */");
    lines.open("static void check_states(void)");
    for (Buffer buffer : module.program().buffers()) {
      boolean watched = buffer.role() == Role.STATE || buffer.role() == Role.PLASTIC;
      if (watched && buffer.cell().scalar().isFloat()) {
        String name = module.names().of(buffer.name());
        lines.open("for (int64_t k = 0; k < " + module.count(buffer) + "; k++)");
        lines.open("if (!isfinite(" + name + "[k]))");
        lines.add("snel_fault(SNEL_NOT_A_NUMBER, " + CText.quote(buffer.name()) + ", k);");
        lines.close().close();
      }
    }
    lines.close().add("");
  }

  /// Spikes of every population after a step, as lines `population,step,neuron`.
  private void writeSpikes() {
    lines.open("static void write_spikes(FILE *file)");
    lines.add("(void)file;");
    for (Directory.Population population : module.program().directory().populations()) {
      if (!population.isInput()) {
        String count = module.names().of(population.spikeCount().name());
        String spikes = module.names().of(population.spikes().name());
        lines.open("for (int32_t k = 0; k < " + count + "[0]; k++)");
        lines.add(
            "fprintf(file, \"%s,%lld,%d\\n\", "
                + CText.quote(population.name())
                + ", (long long)"
                + module.names().of(Clock.NAME)
                + "["
                + Clock.STEP
                + "], (int)"
                + spikes
                + "[k]);");
        lines.close();
      }
    }
    lines.close().add("");
  }

  private void writeMain() {
    lines.add("/* Usage: PROGRAM STEPS [--hash] [--spikes FILE] */");
    lines.open("int main(int argc, char **argv)");
    lines.add("long long steps = 0;");
    lines.add("bool hashes = false;");
    lines.add("FILE *spikes = NULL;");
    lines.open("for (int i = 1; i < argc; i++)");
    lines.open("if (strcmp(argv[i], \"--hash\") == 0)").add("hashes = true;").close();
    lines.open("else if (strcmp(argv[i], \"--spikes\") == 0 && i + 1 < argc)");
    lines.add("spikes = fopen(argv[++i], \"w\");");
    lines.open("if (spikes == NULL)").add("perror(argv[i]);").add("return 4;").close();
    lines.close();
    lines.open("else").add("char *end;").add("steps = strtoll(argv[i], &end, 10);");
    lines.open("if (*end != '\\0' || steps < 0)");
    lines.add("fprintf(stderr, \"usage: %s STEPS [--hash] [--spikes FILE]\\n\", argv[0]);");
    lines.add("return 2;");
    lines.close().close().close();
    lines.add(module.function("build") + "();");
    lines.add("check_fault();");
    lines.add("bool each = hashes || spikes != NULL;");
    lines.open("for (long long done = 0; done < steps;)");
    lines.add("done += " + module.function("run") + "(each ? 1 : steps - done);");
    lines.add("check_fault();");
    lines.open("if (hashes)");
    lines.add(
        "printf(\"%016llx\\n\", (unsigned long long)" + module.function("state_hash") + "());");
    lines.close();
    lines.open("if (spikes != NULL)").add("write_spikes(spikes);").close();
    lines.close();
    lines.open("if (spikes != NULL && fclose(spikes) != 0)");
    lines.add("perror(\"spikes\");").add("return 4;").close();
    lines.add("check_states();");
    lines.open("if (!hashes)");
    lines.add(
        "printf(\"%016llx\\n\", (unsigned long long)" + module.function("state_hash") + "());");
    lines.close();
    lines.add("return 0;").close();
  }
}
