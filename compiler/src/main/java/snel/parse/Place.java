package snel.parse;

import org.antlr.v4.runtime.RuleContext;
import org.jspecify.annotations.Nullable;
import snel.grammar.SnnParser;

/// The kinds of bodies, and the rule of what stands in each.
enum Place {
  HANDLER(SnnParser.RULE_action, "in a handler"),
  NEURON(SnnParser.RULE_neuronItem, "in a neuron"),
  SYNAPSE(SnnParser.RULE_synapseItem, "in a synapse"),
  NETWORK(SnnParser.RULE_networkItem, "in a network"),
  EXPERIMENT(SnnParser.RULE_statement, "in an experiment"),
  TEST(SnnParser.RULE_testItem, "in a test"),
  DEPLOYMENT(SnnParser.RULE_deploymentItem, "in a deployment"),
  DATA(SnnParser.RULE_dataItem, "in a data declaration"),
  FILE(SnnParser.RULE_declaration, "at the top level of a file");

  private final int rule;
  private final String phrase;

  Place(int rule, String phrase) {
    this.rule = rule;
    this.phrase = phrase;
  }

  int rule() {
    return rule;
  }

  String phrase() {
    return phrase;
  }

  static @Nullable Place of(int rule) {
    for (Place place : values()) {
      if (place.rule == rule) {
        return place;
      }
    }
    return null;
  }

  /// In which body `context` stands directly.
  static Place around(@Nullable RuleContext context) {
    for (RuleContext found = context; found != null; found = found.parent) {
      switch (found.getRuleIndex()) {
        case SnnParser.RULE_neuron -> {
          return NEURON;
        }
        case SnnParser.RULE_synapse -> {
          return SYNAPSE;
        }
        case SnnParser.RULE_networkBody -> {
          return NETWORK;
        }
        case SnnParser.RULE_statementBody -> {
          return EXPERIMENT;
        }
        case SnnParser.RULE_actionBody -> {
          return HANDLER;
        }
        case SnnParser.RULE_test -> {
          return TEST;
        }
        case SnnParser.RULE_data -> {
          return DATA;
        }
        case SnnParser.RULE_deployment -> {
          return DEPLOYMENT;
        }
        default -> {}
      }
    }
    return FILE;
  }
}
