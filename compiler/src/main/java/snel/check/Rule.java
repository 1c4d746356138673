package snel.check;

import snel.resolve.FileScope;
import snel.syntax.Declaration;

/// One rule of the language on declarations; it passes over those that it says nothing about.
@FunctionalInterface
interface Rule {
  void check(Context context, FileScope file, Declaration declaration);
}
