#!/bin/sh
# Checks what editors get: the TextMate grammar and the VS Code extension, and the tree-sitter grammar on
# every program of the project. What cannot be checked here is skipped with a word about it.
#
#   ide/check.sh [vscode|tree-sitter]     both, if none is named
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)

vscode() {
  if ! command -v npm >/dev/null 2>&1; then
    echo "vscode: skipped, npm is not installed (apt-get install npm)"
    return
  fi
  cd "$root/ide/vscode"
  if ! [ -x node_modules/.bin/vscode-tmgrammar-test ] || ! [ -x node_modules/.bin/vsce ]; then
    if ! npm install --no-fund --no-audit --loglevel=error --fetch-retries=1 --fetch-timeout=30000 >/dev/null 2>&1; then
      echo "vscode: skipped, npm could not fetch the tools (is there a network?)"
      return
    fi
  fi
  npm test --silent
  npm run --silent package >/dev/null
  test -s snel.vsix
  echo "vscode: grammar tests passed, snel.vsix packaged"
}

tree_sitter() {
  if ! command -v tree-sitter >/dev/null 2>&1; then
    echo "tree-sitter: skipped, it is not installed (apt-get install tree-sitter-cli)"
    return
  fi
  programs=$(find "$root/stdlib/src" "$root/examples" "$root/compiler/src/test/resources/samples" \
    -name '*.snn' | sort)
  cd "$root/grammar/tree-sitter"
  tree-sitter generate --no-bindings
  tree-sitter test 2>/dev/null
  # Warnings about directories that are not configured are no business of ours.
  if ! faults=$(echo "$programs" | xargs tree-sitter parse --quiet 2>/dev/null); then
    echo "tree-sitter: these programs do not parse:"
    echo "$faults"
    exit 1
  fi
  tree-sitter query queries/highlights.scm "$(echo "$programs" | head -1)" >/dev/null 2>&1
  echo "tree-sitter: $(echo "$programs" | wc -l) programs parsed"
}

case ${1:-} in
  vscode) vscode ;;
  tree-sitter) tree_sitter ;;
  '')
    (vscode)
    (tree_sitter)
    ;;
  *)
    echo "usage: ide/check.sh [vscode|tree-sitter]" >&2
    exit 2
    ;;
esac
