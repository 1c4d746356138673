/// Lives here: from experiments, sweeps, tests and data declarations as written to the protocol IR.
/// Names are resolved against the elaborated network; what is known when compiled is folded there,
/// everything else becomes terms over numbered slots.
///
/// May import: elaborate, model, ir, math, resolve, syntax, diagnostics, units, source.
@NullMarked
package snel.lower.protocol;

import org.jspecify.annotations.NullMarked;
