/// What single kernels and layouts cost: JMH benchmarks of networks that do one thing each.
@NullMarked
package snel.bench;

import org.jspecify.annotations.NullMarked;
