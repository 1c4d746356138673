lexer grammar SnnLexer;
NAME : [A-Za-z_] [A-Za-z_0-9]* ;
WS : [ \t\r\n]+ -> channel(HIDDEN) ;
