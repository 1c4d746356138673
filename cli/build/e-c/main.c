#include "snel_program.h"

extern const snel_experiment experiment_e;

int main(int argc, char **argv) {
  const snel_experiment all[] = {experiment_e};
  return snel_program(argc, argv, 1, all);
}
