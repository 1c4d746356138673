/// Lives here: the report of a run, one HTML file with everything in it, drawn in the browser by
/// uPlot. May import: `runtime.file`, `runtime.record`, `runtime.measure`, `runtime.schedule`.
@NullMarked
package snel.runtime.report;

import org.jspecify.annotations.NullMarked;
