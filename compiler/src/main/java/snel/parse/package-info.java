/// Lives here: text to syntax tree, and the explanation of syntax errors. May import:
/// `snel.grammar`, `snel.syntax`, `snel.diagnostics`, `snel.source`.
///
/// [Parser] is the way in. [TokenList] holds the words; [Repairs] mends or passes over what does
/// not fit, with one diagnostic for each fault, until the rest parses; the `…Trees` turn ANTLR's
/// contexts into the records of `snel.syntax`, one class for each family of the grammar.
@NullMarked
package snel.parse;

import org.jspecify.annotations.NullMarked;
