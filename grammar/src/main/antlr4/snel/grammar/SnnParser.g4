parser grammar SnnParser;
options { tokenVocab = SnnLexer; }
file : NAME* EOF ;
