package snel.parse;

import snel.grammar.SnnParser;

/// What a reader would call the thing that the grammar wants next.
enum Wanted {
  /// Exactly one word or sign, which has no other name.
  WORD(""),
  VALUE("a value"),
  TYPE("a type"),
  NAME("a name"),
  EVENT("an event"),
  UNIT("a unit"),
  RULE("a rule"),
  CLAUSE("a clause"),
  STATEMENT("a statement"),
  DECLARATION("a declaration"),
  IMPORT("an import");

  private final String phrase;

  Wanted(String phrase) {
    this.phrase = phrase;
  }

  String phrase() {
    return phrase;
  }

  /// What the beginning of a rule of the grammar is called.
  static Wanted beginningOf(int rule) {
    return switch (rule) {
      case SnnParser.RULE_expression,
          SnnParser.RULE_conditional,
          SnnParser.RULE_range,
          SnnParser.RULE_sum,
          SnnParser.RULE_product,
          SnnParser.RULE_unary,
          SnnParser.RULE_negation,
          SnnParser.RULE_conjunction,
          SnnParser.RULE_comparison,
          SnnParser.RULE_bounds,
          SnnParser.RULE_argument,
          SnnParser.RULE_index,
          SnnParser.RULE_reported,
          SnnParser.RULE_literal ->
          VALUE;
      case SnnParser.RULE_type, SnnParser.RULE_factor -> TYPE;
      case SnnParser.RULE_eventName -> EVENT;
      case SnnParser.RULE_unit, SnnParser.RULE_unitFactor -> UNIT;
      case SnnParser.RULE_name,
          SnnParser.RULE_names,
          SnnParser.RULE_qualifiedName,
          SnnParser.RULE_indexedName,
          SnnParser.RULE_reference,
          SnnParser.RULE_references,
          SnnParser.RULE_instance,
          SnnParser.RULE_parameter,
          SnnParser.RULE_imported,
          SnnParser.RULE_binding,
          SnnParser.RULE_driven,
          SnnParser.RULE_axis,
          SnnParser.RULE_pattern,
          SnnParser.RULE_selection ->
          NAME;
      case SnnParser.RULE_choice -> RULE;
      case SnnParser.RULE_clause -> CLAUSE;
      case SnnParser.RULE_neuronItem,
          SnnParser.RULE_synapseItem,
          SnnParser.RULE_networkItem,
          SnnParser.RULE_action,
          SnnParser.RULE_statement,
          SnnParser.RULE_testItem,
          SnnParser.RULE_dataItem,
          SnnParser.RULE_deploymentItem ->
          STATEMENT;
      case SnnParser.RULE_declaration -> DECLARATION;
      case SnnParser.RULE_importDeclaration -> IMPORT;
      default -> WORD;
    };
  }

  /// Whether a whole statement, clause or declaration would be new here.
  boolean beginsAnew() {
    return this == STATEMENT || this == DECLARATION || this == IMPORT;
  }
}
