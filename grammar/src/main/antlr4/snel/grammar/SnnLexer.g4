// The words of `.snn`. Line breaks are hidden: that two statements share a line is found after parsing.
lexer grammar SnnLexer;

// Never made by this lexer: the parser puts them where something is missing, so that it can go on.
tokens { MISSING_NAME, MISSING_VALUE }

channels { COMMENTS }

@members {
  /// A unit ends at a word boundary: `0 synapse` is a number and a word, not zero seconds.
  private boolean atWordBoundary() {
    int next = _input.LA(1);
    return !(next == '_' || next > 0 && Character.isLetterOrDigit(next));
  }
}

// Reserved words.
ALL         : 'all' ;
AND         : 'and' ;
AS          : 'as' ;
ELSE        : 'else' ;
FALSE       : 'false' ;
FOR         : 'for' ;
IF          : 'if' ;
IMPORT      : 'import' ;
IN          : 'in' ;
LET         : 'let' ;
LIKE        : 'like' ;
NOT         : 'not' ;
OR          : 'or' ;
THEN        : 'then' ;
TRUE        : 'true' ;
VAR         : 'var' ;
WHILE       : 'while' ;

// Contextual words, free as names everywhere (rule `name` of the parser lists them).
ACCUMULATES : 'accumulates' ;
ADD         : 'add' ;
AFTER       : 'after' ;
AGAINST     : 'against' ;
AT          : 'at' ;
AXONAL      : 'axonal' ;
BACKPROP    : 'backprop' ;
BEST        : 'best' ;
BIN         : 'bin' ;
BY          : 'by' ;
CHECKPOINT  : 'checkpoint' ;
COINCIDENT  : 'coincident' ;
CONNECT     : 'connect' ;
CROSSING    : 'crossing' ;
DATA        : 'data' ;
DELAY       : 'delay' ;
DELIVER     : 'deliver' ;
DENDRITIC   : 'dendritic' ;
DEPLOYMENT  : 'deployment' ;
DO          : 'do' ;
DRIVE       : 'drive' ;
ERROR       : 'error' ;
EVENT       : 'event' ;
EVERY       : 'every' ;
EXCEPT      : 'except' ;
EXPECT      : 'expect' ;
EXPERIMENT  : 'experiment' ;
EXTENDS     : 'extends' ;
FIT         : 'fit' ;
FREEZE      : 'freeze' ;
FROM        : 'from' ;
FUNCTION    : 'function' ;
GROW        : 'grow' ;
HOLDING     : 'holding' ;
INHIBIT     : 'inhibit' ;
INPUT       : 'input' ;
INSTANT     : 'instant' ;
INTEGRATE   : 'integrate' ;
KEEP        : 'keep' ;
LOAD        : 'load' ;
MINIMISE    : 'minimise' ;
NETWORK     : 'network' ;
NEURON      : 'neuron' ;
NOISE       : 'noise' ;
NORMALISE   : 'normalise' ;
NUMERICS    : 'numerics' ;
OF          : 'of' ;
ON          : 'on' ;
OUTPUT      : 'output' ;
OVER        : 'over' ;
PARAM       : 'param' ;
PASSES      : 'passes' ;
PER         : 'per' ;
PLASTIC     : 'plastic' ;
POPULATION  : 'population' ;
PRECISE     : 'precise' ;
PRESENT     : 'present' ;
PROTOCOL    : 'protocol' ;
PRUNE       : 'prune' ;
QUANTISE    : 'quantise' ;
RATE        : 'rate' ;
READOUT     : 'readout' ;
RECEIVE     : 'receive' ;
RECORD      : 'record' ;
REFRACTORY  : 'refractory' ;
REPEAT      : 'repeat' ;
REPORT      : 'report' ;
RESET       : 'reset' ;
REST        : 'rest' ;
RUN         : 'run' ;
SAVE        : 'save' ;
SCORE       : 'score' ;
SEED        : 'seed' ;
SEND        : 'send' ;
SET         : 'set' ;
SHARED      : 'shared' ;
SPIKE       : 'spike' ;
SPLIT       : 'split' ;
STATE       : 'state' ;
STEP        : 'step' ;
STOP        : 'stop' ;
STORED      : 'stored' ;
SUM         : 'sum' ;
SWEEP       : 'sweep' ;
SYNAPSE     : 'synapse' ;
TARGET      : 'target' ;
TAU         : 'tau' ;
TEST        : 'test' ;
TIED        : 'tied' ;
TIMES       : 'times' ;
TO          : 'to' ;
TRACE       : 'trace' ;
TRAIN       : 'train' ;
TRANSMIT    : 'transmit' ;
UNFREEZE    : 'unfreeze' ;
UNTIL       : 'until' ;
VERIFY      : 'verify' ;
WEIGHT      : 'weight' ;
WHEN        : 'when' ;
WHERE       : 'where' ;
WINDOW      : 'window' ;
WINNERS     : 'winners' ;
WITH        : 'with' ;
WITHIN      : 'within' ;

NAME : [A-Za-z_] [A-Za-z_0-9]* ;

// A quantity is one token: number, blanks, unit without blanks.
QUANTITY : Number [ \t]+ Unit { atWordBoundary() }? ;
NUMBER   : Number ;
TEXT     : '"' ( ~["\\\r\n] | '\\' ~[\r\n] )* '"' ;

fragment Number     : Digits ( '.' Digits )? ( [eE] [+-]? [0-9]+ )? ;
fragment Digits     : [0-9] ( '_'? [0-9] )* ;
fragment Unit       : '%' | UnitFactor ( [*/] UnitFactor )* ;
fragment UnitFactor : UnitName ( '^' ( '-'? [0-9]+ | '(' '-'? [0-9]+ '/' [0-9]+ ')' ) )? ;
fragment UnitName   : [fpnumckMG]? UnitSymbol | 'min' | 'h' | 'K' | 'B' | 'KiB' | 'MiB' | 'GiB' ;
fragment UnitSymbol : 'V' | 'A' | 'S' | 'F' | 'C' | 'Hz' | 'Ohm' | 's' | 'm' | 'M' | 'g' | 'J' | 'W' | 'mol' ;

LBRACE   : '{' ;
RBRACE   : '}' ;
LBRACKET : '[' ;
RBRACKET : ']' ;
LPAREN   : '(' ;
RPAREN   : ')' ;
COMMA    : ',' ;
COLON    : ':' ;
SEMI     : ';' ;
DOT      : '.' ;
PRIME    : '\'' ;
ARROW    : '->' ;
BAR      : '|' ;

CLOSED_RANGE : '..' ;
OPEN_RANGE   : '..<' ;

ASSIGN          : '=' ;
PLUS_ASSIGN     : '+=' ;
MINUS_ASSIGN    : '-=' ;
STAR_ASSIGN     : '*=' ;
SLASH_ASSIGN    : '/=' ;

PLUS  : '+' ;
MINUS : '-' ;
STAR  : '*' ;
SLASH : '/' ;
CARET : '^' ;

EQUAL            : '==' ;
NOT_EQUAL        : '!=' ;
LESS             : '<' ;
LESS_OR_EQUAL    : '<=' ;
GREATER          : '>' ;
GREATER_OR_EQUAL : '>=' ;

// `///` documents what follows; four slashes or more are an ordinary comment.
DOCUMENTATION : '///' ( ~[/\r\n] ~[\r\n]* )? -> channel(COMMENTS) ;
COMMENT       : '//' ~[\r\n]* -> channel(COMMENTS) ;
BLANK         : [ \t\r\n\f\uFEFF]+ -> channel(HIDDEN) ;

// What is no word of the language; reported by the front end.
OPEN_TEXT : '"' ( ~["\\\r\n] | '\\' ~[\r\n] )* '\\'? ;
STRAY     : . ;
