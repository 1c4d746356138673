// Scans units, which need to look ahead: `0 synapse` is a number and a word, `0 s` a quantity.
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "tree_sitter/parser.h"

enum TokenType { UNIT };

static bool is_letter(int32_t c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }

static bool is_one_of(const char *word, const char *const *words) {
  for (; *words != NULL; words++) {
    if (strcmp(word, *words) == 0) {
      return true;
    }
  }
  return false;
}

static bool is_unit(const char *word) {
  static const char *const symbols[] = {"V", "A", "S", "F", "C", "Hz", "Ohm", "s",
                                        "m", "M", "g", "J", "W", "mol", NULL};
  static const char *const others[] = {"min", "h", "K", "B", "KiB", "MiB", "GiB", NULL};
  if (is_one_of(word, symbols) || is_one_of(word, others)) {
    return true;
  }
  return word[0] != '\0' && strchr("fpnumckMG", word[0]) != NULL && is_one_of(word + 1, symbols);
}

// A whole word that is the name of a unit. The scanner stands behind it in any case.
static bool scan_name(TSLexer *lexer) {
  char word[8];
  unsigned length = 0;
  bool fits = true;
  while (is_letter(lexer->lookahead) || is_digit(lexer->lookahead)) {
    if (length < sizeof word - 1) {
      word[length++] = (char)lexer->lookahead;
    } else {
      fits = false;
    }
    lexer->advance(lexer, false);
  }
  word[length] = '\0';
  return fits && is_unit(word);
}

static bool scan_digits(TSLexer *lexer) {
  bool any = false;
  for (; is_digit(lexer->lookahead); any = true) {
    lexer->advance(lexer, false);
  }
  return any && !is_letter(lexer->lookahead);
}

static void take_minus(TSLexer *lexer) {
  if (lexer->lookahead == '-') {
    lexer->advance(lexer, false);
  }
}

// `^2`, `^-1`, `^(1/2)`, behind which the unit ends so far.
static void scan_exponent(TSLexer *lexer) {
  if (lexer->lookahead != '^') {
    return;
  }
  lexer->advance(lexer, false);
  bool group = lexer->lookahead == '(';
  if (group) {
    lexer->advance(lexer, false);
  }
  take_minus(lexer);
  if (!scan_digits(lexer)) {
    return;
  }
  if (group) {
    if (lexer->lookahead != '/') {
      return;
    }
    lexer->advance(lexer, false);
    if (!scan_digits(lexer) || lexer->lookahead != ')') {
      return;
    }
    lexer->advance(lexer, false);
  }
  lexer->mark_end(lexer);
}

static bool scan_unit(TSLexer *lexer) {
  while (lexer->lookahead == ' ' || lexer->lookahead == '\t') {
    lexer->advance(lexer, true);
  }
  if (lexer->lookahead == '%') {
    lexer->advance(lexer, false);
    lexer->mark_end(lexer);
    return true;
  }
  if (!scan_name(lexer)) {
    return false;
  }
  lexer->mark_end(lexer);
  scan_exponent(lexer);
  while (lexer->lookahead == '/' || lexer->lookahead == '*') {
    lexer->advance(lexer, false);
    if (!is_letter(lexer->lookahead) || !scan_name(lexer)) {
      break;
    }
    lexer->mark_end(lexer);
    scan_exponent(lexer);
  }
  return true;
}

void *tree_sitter_snn_external_scanner_create(void) { return NULL; }

void tree_sitter_snn_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_snn_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}

void tree_sitter_snn_external_scanner_deserialize(void *payload, const char *buffer,
                                                  unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

bool tree_sitter_snn_external_scanner_scan(void *payload, TSLexer *lexer,
                                           const bool *valid_symbols) {
  (void)payload;
  if (!valid_symbols[UNIT]) {
    return false;
  }
  lexer->result_symbol = UNIT;
  return scan_unit(lexer);
}
