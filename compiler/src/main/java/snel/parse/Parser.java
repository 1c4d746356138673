package snel.parse;

import snel.diagnostics.Diagnostics;
import snel.grammar.SnnParser.FileContext;
import snel.source.SourceFile;
import snel.source.Span;
import snel.syntax.File;

/// Reads a file into its syntax tree.
public final class Parser {
  private Parser() {}

  /// Whether a word of the language cannot be a name.
  public static boolean isReserved(String word) {
    return Wording.isReserved(word);
  }

  /// The tree of `source`. Each syntax error is reported to `diagnostics`, mended or passed over,
  /// so that the rest of the file is always there.
  public static File parse(SourceFile source, Diagnostics diagnostics) {
    TokenList tokens = TokenList.of(source);
    Repairs repairs = new Repairs(source, tokens, diagnostics);
    FileContext context = repairs.parse();
    Documentation documentation = new Documentation(source, tokens.comments());
    Origin origin = new Origin(source, documentation, diagnostics);
    DeclarationTrees trees = new DeclarationTrees(origin);
    int firstDeclaration =
        context.declaration().isEmpty()
            ? source.text().length()
            : context.declaration(0).getStart().getStartIndex();
    return new File(
        documentation.ofFile(firstDeclaration),
        context.importDeclaration().stream().map(trees::importOf).toList(),
        trees.declarations(context.declaration()),
        tokens.comments(),
        repairs.skipped(),
        new Span(source, 0, source.text().length()));
  }
}
