package snel.resolve;

import snel.syntax.Declaration;

/// What a name of a file stands for.
public sealed interface Entity {
  /// A declaration, with the file in which its own names are looked up.
  record Declared(Declaration declaration, FileScope scope) implements Entity {}

  /// A file as a whole: its declarations are its members.
  record Module(FileScope scope) implements Entity {}

  /// A folder: its files are its members.
  record Folder(String path) implements Entity {}
}
