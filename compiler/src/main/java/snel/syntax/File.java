package snel.syntax;

import java.util.List;
import snel.source.Span;

/// One `.snn` file.
///
/// @param documentation the `///` block that opens the file, when it documents no declaration (it
///   stands before an import or a blank line); empty if there is none
/// @param comments every comment of the file in the order of the text, documentation included
/// @param skipped what could not be read and was passed over; each is already reported, so a name
///   that occurs in one of these spans must not be reported as unknown
public record File(
    String documentation,
    List<Import> imports,
    List<Declaration> declarations,
    List<Comment> comments,
    List<Span> skipped,
    Span span)
    implements Node {}
