/* Connection rules of maps: convolution, pooling, windows. */
#include "snel_wire.h"

typedef enum { CONVOLUTION, POOL, WINDOW } kind;

/* The first target whose window reaches a source, which is counted from the edge of the padding. */
static int32_t first_target(int32_t source, int32_t stride, int32_t kernel, int32_t dilation) {
  int32_t least = source - (kernel - 1) * dilation;
  return least <= 0 ? 0 : (least + stride - 1) / stride;
}

static int64_t windows_of(int32_t source, int32_t stride, int32_t kernel, int32_t dilation,
                          int32_t size) {
  int64_t count = 0;
  for (int32_t t = first_target(source, stride, kernel, dilation);
       t < size && source - t * stride >= 0; t++) {
    count += (source - t * stride) % dilation == 0;
  }
  return count;
}

/* The synapses of the source at (y, x), counted from the edge of the padding, onto one channel. */
static int32_t windows(snel_maps m, int32_t y, int32_t x, int32_t to, int32_t plane, int32_t place,
                       snel_csr *rows) {
  for (int32_t ty = first_target(y, m.stride_y, m.kernel_height, m.dilation);
       ty < m.target_height && y - ty * m.stride_y >= 0; ty++) {
    int32_t ky = y - ty * m.stride_y;
    if (ky % m.dilation != 0) {
      continue;
    }
    for (int32_t tx = first_target(x, m.stride_x, m.kernel_width, m.dilation);
         tx < m.target_width && x - tx * m.stride_x >= 0; tx++) {
      int32_t kx = x - tx * m.stride_x;
      if (kx % m.dilation == 0) {
        rows->target[place] = (to * m.target_height + ty) * m.target_width + tx;
        rows->shared[place++] =
            (plane * m.kernel_height + ky / m.dilation) * m.kernel_width + kx / m.dilation;
      }
    }
  }
  return place;
}

static snel_csr connect_maps(snel_maps m, kind rule) {
  if (rule == POOL && m.source_channels != m.target_channels) {
    snel_wire_impossible("pool");
  }
  snel_csr rows = {m.source_channels * m.source_height * m.source_width, 0, NULL, NULL, NULL};
  rows.row_start = snel_wire_room((int64_t)rows.sources + 1, sizeof *rows.row_start);
  int32_t channels = rule == POOL ? 1 : m.target_channels;
  int64_t total = 0;
  int32_t row = 0;
  for (int32_t channel = 0; channel < m.source_channels; channel++) {
    for (int32_t y = 0; y < m.source_height; y++) {
      int64_t tall = windows_of(y + m.padding_y, m.stride_y, m.kernel_height, m.dilation,
                                m.target_height);
      for (int32_t x = 0; x < m.source_width; x++) {
        total += channels * tall *
                 windows_of(x + m.padding_x, m.stride_x, m.kernel_width, m.dilation,
                            m.target_width);
        rows.row_start[++row] = (int32_t)total;
      }
    }
  }
  rows.target = snel_wire_room(total, sizeof *rows.target);
  rows.shared = snel_wire_room(total, sizeof *rows.shared);
  for (int32_t channel = 0; channel < m.source_channels; channel++) {
    int32_t from = rule == POOL ? channel : 0;
    for (int32_t y = 0; y < m.source_height; y++) {
      for (int32_t x = 0; x < m.source_width; x++) {
        for (int32_t to = from; to < from + channels; to++) {
          int32_t plane = rule == POOL     ? 0
                          : rule == WINDOW ? channel
                                           : to * m.source_channels + channel;
          rows.count =
              windows(m, y + m.padding_y, x + m.padding_x, to, plane, rows.count, &rows);
        }
      }
    }
  }
  return rows;
}

snel_csr snel_connect_convolution(snel_maps maps) { return connect_maps(maps, CONVOLUTION); }
snel_csr snel_connect_pool(snel_maps maps) { return connect_maps(maps, POOL); }
snel_csr snel_connect_window(snel_maps maps) { return connect_maps(maps, WINDOW); }
