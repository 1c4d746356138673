#!/bin/sh
# Checks what editors get: the TextMate grammar and the VS Code extension, and the tree-sitter grammar on
# every program of the project. What is not installed is skipped with a word about it.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
programs=$(find "$root/stdlib/src" "$root/examples" "$root/compiler/src/test/resources/samples" \
  -name '*.snn' | sort)

if command -v npm >/dev/null 2>&1; then
  cd "$root/ide/vscode"
  npm install --no-fund --no-audit --loglevel=error >/dev/null
  npm test --silent
  npm run --silent package >/dev/null
  test -s snel.vsix
  echo "vscode: grammar tests passed, snel.vsix packaged"
else
  echo "vscode: skipped, npm is not installed (apt-get install npm)"
fi

if command -v tree-sitter >/dev/null 2>&1; then
  cd "$root/grammar/tree-sitter"
  tree-sitter generate --no-bindings
  tree-sitter test 2>/dev/null
  # Warnings about directories that are not configured are no business of ours.
  if ! faults=$(echo "$programs" | xargs tree-sitter parse --quiet 2>/dev/null); then
    echo "tree-sitter: these programs do not parse:"
    echo "$faults"
    exit 1
  fi
  tree-sitter query queries/highlights.scm $(echo "$programs" | head -1) >/dev/null 2>&1
  echo "tree-sitter: $(echo "$programs" | wc -l) programs parsed"
else
  echo "tree-sitter: skipped, it is not installed (apt-get install tree-sitter-cli)"
fi
