/* Connection rules of maps: convolution, pooling, windows. */
#include <stdlib.h>

#include "snel_wire.h"

typedef enum { CONVOLUTION, POOL, WINDOW } kind;

/* Along one axis: which targets each source gives to, rising, and by which place of the kernel. */
typedef struct {
  int32_t *first, *target, *tap;
} taps;

static int32_t floor_quotient(int32_t a, int32_t b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

static taps taps_of(int32_t sources, int32_t targets, int32_t kernel, int32_t stride,
                    int32_t padding, int32_t dilation, bool up) {
  int64_t most = (int64_t)sources * kernel;
  taps all = {snel_wire_room((int64_t)sources + 1, sizeof *all.first),
              snel_wire_room(most, sizeof *all.target), snel_wire_room(most, sizeof *all.tap)};
  int32_t n = 0;
  all.first[0] = 0;
  for (int32_t source = 0; source < sources; source++) {
    for (int32_t k = 0; k < kernel; k++) {
      int32_t at = up ? k : kernel - 1 - k;
      int32_t far = at * dilation - padding;
      int32_t to = up ? source * stride + far : floor_quotient(source - far, stride);
      bool meets = up || to * stride + far == source;
      if (meets && to >= 0 && to < targets) {
        all.target[n] = to;
        all.tap[n++] = at;
      }
    }
    all.first[source + 1] = n;
  }
  return all;
}

static void taps_free(taps all) {
  free(all.first);
  free(all.target);
  free(all.tap);
}

/* The synapses of the source at (y, x) onto one channel. */
static int32_t windows(snel_maps m, taps down, taps right, int32_t y, int32_t x, int32_t to,
                       int32_t plane, int32_t place, snel_csr *rows) {
  for (int32_t a = down.first[y]; a < down.first[y + 1]; a++) {
    for (int32_t b = right.first[x]; b < right.first[x + 1]; b++) {
      rows->target[place] =
          (to * m.target_height + down.target[a]) * m.target_width + right.target[b];
      rows->shared[place++] =
          (plane * m.kernel_height + down.tap[a]) * m.kernel_width + right.tap[b];
    }
  }
  return place;
}

static snel_csr connect_maps(snel_maps m, kind rule) {
  if (rule == POOL && m.source_channels != m.target_channels) {
    snel_wire_impossible("pool");
  }
  bool up = m.transposed != 0;
  taps down = taps_of(m.source_height, m.target_height, m.kernel_height, m.stride_y, m.padding_y,
                      m.dilation_y, up);
  taps right = taps_of(m.source_width, m.target_width, m.kernel_width, m.stride_x, m.padding_x,
                       m.dilation_x, up);
  snel_csr rows = {m.source_channels * m.source_height * m.source_width, 0, NULL, NULL, NULL};
  rows.row_start = snel_wire_room((int64_t)rows.sources + 1, sizeof *rows.row_start);
  int32_t channels = rule == POOL ? 1 : m.target_channels / m.groups;
  int32_t each = m.source_channels / m.groups;
  int64_t total = 0;
  int32_t row = 0;
  rows.row_start[0] = 0;
  for (int32_t channel = 0; channel < m.source_channels; channel++) {
    for (int32_t y = 0; y < m.source_height; y++) {
      int64_t tall = down.first[y + 1] - down.first[y];
      for (int32_t x = 0; x < m.source_width; x++) {
        total += channels * tall * (right.first[x + 1] - right.first[x]);
        rows.row_start[++row] = (int32_t)total;
      }
    }
  }
  rows.target = snel_wire_room(total, sizeof *rows.target);
  rows.shared = snel_wire_room(total, sizeof *rows.shared);
  for (int32_t channel = 0; channel < m.source_channels; channel++) {
    int32_t from = rule == POOL ? channel : channel / each * channels;
    for (int32_t y = 0; y < m.source_height; y++) {
      for (int32_t x = 0; x < m.source_width; x++) {
        for (int32_t to = from; to < from + channels; to++) {
          int32_t plane = rule == POOL     ? 0
                          : rule == WINDOW ? channel
                          : up             ? channel * channels + to - from
                                           : to * each + channel % each;
          rows.count = windows(m, down, right, y, x, to, plane, rows.count, &rows);
        }
      }
    }
  }
  taps_free(down);
  taps_free(right);
  return rows;
}

snel_csr snel_connect_convolution(snel_maps maps) { return connect_maps(maps, CONVOLUTION); }
snel_csr snel_connect_pool(snel_maps maps) { return connect_maps(maps, POOL); }
snel_csr snel_connect_window(snel_maps maps) { return connect_maps(maps, WINDOW); }
