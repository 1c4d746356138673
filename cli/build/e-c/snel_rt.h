/* The run-time library of compiled Snel networks: everything a generated program may call.
 *
 * C11, gcc or clang, libm. Compile with -ffp-contract=off and without -ffast-math: each operation
 * below is one IEEE 754 operation, and results are equal, bit for bit, to those of the JVM. */
#ifndef SNEL_RT_H
#define SNEL_RT_H

#include "snel_bits.h"
#include "snel_connect.h"
#include "snel_draw.h"
#include "snel_f32.h"
#include "snel_f64.h"
#include "snel_fixed.h"
#include "snel_fma.h"
#include "snel_random.h"
#include "snel_reduce.h"
#include "snel_rows.h"

#endif
