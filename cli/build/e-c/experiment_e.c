/* Experiment e on network Net, translated by Snel. */
#include "snel_program.h"
#include "snel_f64.h"


static int64_t clock_2[5];
static int32_t halt[1];
static int64_t fault[3];
static int32_t A_spikes[4];
static int32_t A_spikes_count[1];
static int64_t A_spikes_total[1];
static int32_t A_count[4];
static int64_t A_first_spike[4];
static int32_t A_spikes_log[1];
static int32_t A_spikes_log_index[16384];
static int64_t A_spikes_log_step[16384];
static int32_t A_spikes_log_count[1];
static float A_v[4];
static float A_I[4];

static void allocate(void) {
}

static void kernel_A_integrate_A_threshold(void) {
  A_spikes_count[0] = 0;
  {
    int32_t x_0 = A_spikes_count[0];
    const int32_t x_2 = 4;
    for (int32_t x_1 = 0, x_3; x_1 < x_2; x_1 = x_3) {
      x_3 = x_2 - x_1 > 512 ? x_1 + 512 : x_2;
      for (int32_t i = x_1, x_4 = x_3; i < x_4; i++) {
        const float u = (A_I[i] / 0x1.4p3f);
        const float old = A_v[i];
        const float new = snel_fma_f32(0x1.e73b8p-1f, u, snel_fma_f32(0x1.cf46dap-1f, old, 0x0.0p0f));
        A_v[i] = new;
      }
      for (int32_t i = x_1, x_5 = x_3; i < x_5; i++) {
        if ((!(A_v[i] <= 0x1.0p0f))) {
          A_spikes[x_0++] = i;
        }
      }
    }
    A_spikes_count[0] = x_0;
  }
}

static void kernel_A_spike(void) {
  for (int32_t k = 0, x_0 = A_spikes_count[0]; k < x_0; k++) {
    const int32_t i = A_spikes[k];
    if ((!snel_is_finite(A_v[i]))) {
      fault[0] = INT64_C(1);
      fault[1] = INT64_C(0);
      fault[2] = ((int64_t)i);
      halt[0] = (halt[0] | 2);
    }
    A_v[i] = 0x0.0p0f;
    if ((A_count[i] == 0)) {
      A_first_spike[i] = snel_add_i64(clock_2[3], INT64_C(1));
    }
    A_count[i] = snel_add_i32(A_count[i], 1);
  }
  A_spikes_total[0] = snel_add_i64(A_spikes_total[0], ((int64_t)A_spikes_count[0]));
  if ((A_spikes_log[0] != 0)) {
    for (int32_t l = 0, x_1 = A_spikes_count[0]; l < x_1; l++) {
      A_spikes_log_index[snel_add_i32(A_spikes_log_count[0], l)] = A_spikes[l];
      A_spikes_log_step[snel_add_i32(A_spikes_log_count[0], l)] = snel_add_i64(clock_2[0], INT64_C(1));
    }
    A_spikes_log_count[0] = snel_add_i32(A_spikes_log_count[0], A_spikes_count[0]);
    if ((A_spikes_log_count[0] > 16376)) {
      halt[0] = (halt[0] | 1);
    }
  }
}

static const char *const fault_sites[] = {
    "A.v",
    "Net"};

/* Ends the program if a kernel found an error. */
static void check_fault(void) {
  if (halt[0] & 2) {
    int64_t site = fault[1];
    if (site < 0 || site > 1) {
      site = 1;
    }
    snel_fault(fault[0], fault_sites[site], fault[2]);
  }
}

static void build(void) {
  allocate();
  check_fault();
}

static void step(void) {
  snel_place = "A:integrate+A:threshold";
  kernel_A_integrate_A_threshold();
  snel_place = "A:spike";
  kernel_A_spike();
}

static void reset(void) {
  memset(A_spikes, 0, 4 * sizeof *A_spikes);
  memset(A_spikes_count, 0, 1 * sizeof *A_spikes_count);
  memset(A_v, 0, 4 * sizeof *A_v);
}

static void presentation_start(void) {
}

static void presentation_end(void) {
}

static void bind(void) {
}

/* Runs up to `steps` steps, fewer when one asks to halt; returns how many. */
static int64_t run(int64_t steps) {
  int64_t done = 0;
  while (done < steps) {
    step();
    clock_2[0]++;
    clock_2[1]++;
    clock_2[3]++;
    done++;
    if (halt[0] != 0) {
      break;
    }
  }
  return done;
}

/* Ends the program if a state or weight is infinite or no number. */
static void check_states(void) {
  for (int64_t k = 0; k < (int64_t)4; k++) {
    if (!isfinite(A_v[k])) {
      snel_fault(SNEL_NOT_A_NUMBER, "A.v", k);
    }
  }
}

static uint64_t state_hash(void) {
  uint64_t hash = 0;
  hash = snel_hash_i32(hash, A_spikes, 4);
  hash = snel_hash_i32(hash, A_spikes_count, 1);
  hash = snel_hash_f32(hash, A_v, 4);
  return hash;
}

static const int32_t snel_my_table_0[] = {
    4,
};
static const snel_spot snel_my_table_1[] = {
    {"/tmp/junit-17493378158292044366/p.snn", 5, "run 1 ms"},
};

static snel_population snel_my_population[1];
static snel_projection snel_my_projection[1];
static snel_variable snel_my_variable[2];
static snel_flag snel_my_flag[1];
static snel_port snel_my_port[1];
static snel_held snel_my_held[4];
static snel_network snel_my_network;

static snel_network *snel_my_build(void) {
  build();
  snel_my_population[0] = (snel_population){.name = "A", .rank = 1, .shape = snel_my_table_0, .size = 4, .is_input = false, .is_event = false, .spikes = A_spikes, .spike_count = A_spikes_count, .counts = A_count, .first = A_first_spike, .first_early = NULL, .total = A_spikes_total, .logging = A_spikes_log, .log_index = A_spikes_log_index, .log_step = A_spikes_log_step, .log_early = NULL, .log_count = A_spikes_log_count};
  snel_my_variable[0] = (snel_variable){.path = "A.v", .cells = {A_v, SNEL_F32, 4, 0, 0}, .rank = 1, .shape = snel_my_table_0, .is_input = false};
  snel_my_variable[1] = (snel_variable){.path = "A.I", .cells = {A_I, SNEL_F32, 4, 0, 0}, .rank = 1, .shape = snel_my_table_0, .is_input = true};
  snel_my_held[0] = (snel_held){"clock", {clock_2, SNEL_I64, 5, 0, 0}, false, true};
  snel_my_held[1] = (snel_held){"A.spikes", {A_spikes, SNEL_I32, 4, 0, 0}, true, true};
  snel_my_held[2] = (snel_held){"A.spikes.count", {A_spikes_count, SNEL_I32, 1, 0, 0}, true, true};
  snel_my_held[3] = (snel_held){"A.v", {A_v, SNEL_F32, 4, 0, 0}, true, true};
  snel_my_network = (snel_network){.populations = 1, .projections = 0, .variables = 2, .flags = 0, .ports = 0, .buffers = 4, .population = snel_my_population, .projection = snel_my_projection, .variable = snel_my_variable, .flag = snel_my_flag, .port = snel_my_port, .buffer = snel_my_held, .step_numerator = 1, .step_denominator = 1, .step_ms = 0x1.0p0, .seed = 1u, .clock = clock_2, .halt = halt, .run = run, .reset = reset, .presentation_start = presentation_start, .presentation_end = presentation_end, .bind = bind, .check_fault = check_fault, .check_states = check_states, .state_hash = state_hash};
  return &snel_my_network;
}

static void snel_my_prepare(snel_machine *m) {
  (void)m;
}

static void snel_my_protocol(snel_machine *m) {
  (void)m;
  snel_at(m, snel_my_table_1);
  snel_run(m, INT64_C(1), NULL);
}

extern const snel_experiment experiment_e;
const snel_experiment experiment_e = {
    .name = "e",
    .build = snel_my_build,
    .prepare = snel_my_prepare,
    .protocol = snel_my_protocol,
    .slots = 0,
    .readouts = 0,
    .readout = NULL};
