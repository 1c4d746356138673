/// Lives here: what is measured on spike trains and signals, each with its paper; pure functions on
/// numbers. Times are in ms, so rates are in kHz. May import: nothing of Snel.
@NullMarked
package snel.runtime.measure;

import org.jspecify.annotations.NullMarked;
