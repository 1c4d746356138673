/// Lives here: the formatter behind `snel fmt`. May import: `snel.grammar`, `snel.parse`,
/// `snel.syntax`, `snel.diagnostics`, `snel.source`.
///
/// It keeps the author's lines and decides what stands between words: [ClauseOrder] brings the
/// clauses of `connect` into their order, [Words] reads the text into words that know their place
/// in the grammar, [Spacing] says how many blanks stand between two, [Lines] where lines begin and
/// how far they are indented, and [Alignment] keeps what the author has set in columns.
@NullMarked
package snel.format;

import org.jspecify.annotations.NullMarked;
