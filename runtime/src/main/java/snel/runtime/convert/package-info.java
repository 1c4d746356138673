/// Lives here: trained networks of other kinds made weights of a spiking one: which array belongs
/// to which projection, how active each layer is, how weights are scaled so that rates fit.
@NullMarked
package snel.runtime.convert;

import org.jspecify.annotations.NullMarked;
