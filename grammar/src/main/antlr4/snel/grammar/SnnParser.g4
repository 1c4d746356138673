// The grammar of `.snn` (docs/language): unambiguous, which the tests hold by exact ambiguity detection.
// Contextual words are tokens of their own that rule `name` takes as well. No optional word stands between
// a clause word and an expression, or the word could be read as the beginning of the expression.
parser grammar SnnParser;

options { tokenVocab = SnnLexer; }

file : SEMI* ( importDeclaration SEMI* )* ( declaration SEMI* )* EOF ;

// ---- names ----

name
  : NAME | MISSING_NAME
  | ACCUMULATES | ADD | AFTER | AGAINST | AT | AXONAL | BACKPROP | BEST | BIN
  | BY | CHECKPOINT | COINCIDENT | CONNECT | CROSSING | DATA | DELAY | DELIVER | DENDRITIC
  | DEPLOYMENT | DO | DRIVE | ERROR | EVENT | EVERY | EXCEPT | EXPECT | EXPERIMENT
  | EXTENDS | FIT | FREEZE | FROM | FUNCTION | GROW | HOLDING | INHIBIT | INPUT
  | INSTANT | INTEGRATE | KEEP | LOAD | MINIMISE | NETWORK | NEURON | NOISE | NORMALISE
  | NUMERICS | OF | ON | OUTPUT | OVER | PARAM | PASSES | PER | PLASTIC
  | POPULATION | PRECISE | PRESENT | PROTOCOL | PRUNE | QUANTISE | RATE | READOUT | RECEIVE
  | RECORD | REFRACTORY | REPEAT | REPORT | RESET | REST | RUN | SAVE | SCORE
  | SEED | SEND | SET | SHARED | SPIKE | SPLIT | STATE | STEP | STOP
  | STORED | SUM | SWEEP | SYNAPSE | TARGET | TAU | TEST | TIED | TIMES
  | TO | TRACE | TRAIN | TRANSMIT | UNFREEZE | UNTIL | VERIFY | WEIGHT | WHEN
  | WHERE | WINDOW | WINNERS | WITH | WITHIN
  ;

names         : name ( COMMA name )* ;
qualifiedName : name ( DOT name )* ;
indexedName   : name ( LBRACKET expressions RBRACKET )? ;
eventName     : name ( DOT name )* ;
reference     : name ( DOT name | LBRACKET indices RBRACKET )* ;
references    : reference ( COMMA reference )* ;

// ---- declarations ----

importDeclaration : IMPORT qualifiedName ( AS name | DOT LBRACE imported ( COMMA imported )* RBRACE )? ;
imported          : name ( AS name )? ;

declaration
  : letDeclaration | function | neuron | synapse | network | data | experiment | sweep | deployment | test
  ;

letDeclaration : LET name ( COLON type )? ASSIGN expression ;
function       : FUNCTION name LPAREN parameters? RPAREN COLON type ASSIGN expression ;
neuron         : NEURON name ( EXTENDS qualifiedName )? LBRACE ( neuronItem | SEMI )* RBRACE ;
synapse        : SYNAPSE name ( EXTENDS qualifiedName )? LBRACE ( synapseItem | SEMI )* RBRACE ;
network        : NETWORK name networkBody ;
data           : DATA name FROM expression LBRACE ( dataItem | SEMI )* RBRACE ;
experiment     : EXPERIMENT name ON instance ( FROM qualifiedName )? statementBody ;
sweep          : SWEEP name OVER axis ( COMMA axis )* statementBody ;
axis           : reference IN expression ;
deployment     : DEPLOYMENT name ON instance ( FROM qualifiedName )? LBRACE ( deploymentItem | SEMI )* RBRACE ;
test           : TEST TEXT ( ON instance ( FROM qualifiedName )? )? LBRACE ( testItem | SEMI )* RBRACE ;

parameters : parameter ( COMMA parameter )* ;
parameter  : name COLON type ( ASSIGN expression )? ;
instance   : qualifiedName ( LBRACKET expressions RBRACKET )? ( LPAREN arguments? RPAREN )? ;
choice     : ( qualifiedName | ALL ) ( LPAREN arguments? RPAREN )? ;

// ---- what models have in common ----

parameterItem : PARAM binding ( COMMA binding )* ;
stateItem     : PLASTIC? SHARED? STATE binding ( COMMA binding )* ;
binding       : name ( COLON type )? ( IN bounds )? ( ASSIGN expression )? ( STORED IN unit )? ;
bounds        : sum ( CLOSED_RANGE | OPEN_RANGE ) sum ;
inputItem     : INPUT name COLON type ( OF name )? ( ASSIGN expression )? ;
noiseItem     : SHARED? NOISE names ;
equation      : name PRIME ASSIGN expression ;
receiveItem   : RECEIVE name ( LPAREN parameters RPAREN )? ( OF name )? ( SUM name )? actionBody ;
onEvent       : ON eventName actionBody ;
everyPeriod   : EVERY expression actionBody ;
integrateItem : INTEGRATE names BY choice ;

// ---- neurons ----

neuronItem
  : parameterItem | stateItem | inputItem | letDeclaration | noiseItem | equation | receiveItem | onEvent
  | everyPeriod | integrateItem | spikeItem | resetItem | refractoryItem | userEvent
  ;

spikeItem
  : SPIKE WHEN expression
  | SPIKE ON CROSSING expression
  | SPIKE WITH RATE expression
  | SPIKE AT expression
  ;
resetItem      : RESET actionBody ;
refractoryItem : REFRACTORY WHILE? expression ( HOLDING names )? ACCUMULATES? ;
userEvent      : EVENT name WHEN expression actionBody? ;

// ---- synapses ----

synapseItem
  : parameterItem | stateItem | inputItem | letDeclaration | noiseItem | equation | receiveItem | onEvent
  | everyPeriod | integrateItem | weightVariable | delayVariable | traceItem | transmitItem | pruneItem
  | coincidentItem | sumItem
  ;

weightVariable : WEIGHT name COLON type ( IN bounds )? ;
delayVariable  : DELAY name COLON type ( IN bounds )? ;
traceItem      : TRACE name OF eventName ( TAU expression ( ( SET | ADD ) expression )? | WINDOW expression ) ;
transmitItem   : TRANSMIT expression ;
pruneItem      : PRUNE WHEN expression ;
coincidentItem : COINCIDENT name ;
sumItem        : SUM name ;

// ---- handlers ----

actionBody : LBRACE ( action | SEMI )* RBRACE ;
action     : letDeclaration | assignment | deliverAction | ifAction ;

assignment    : reference ( ASSIGN | PLUS_ASSIGN | MINUS_ASSIGN | STAR_ASSIGN | SLASH_ASSIGN ) expression ;
deliverAction : DELIVER expression ;
ifAction      : IF expression actionBody ( ELSE ( ifAction | actionBody ) )? ;

// ---- networks ----

networkBody : LBRACE ( networkItem | SEMI )* RBRACE ;

networkItem
  : parameterItem | stateItem | inputItem | letDeclaration | noiseItem | equation | integrateItem | outputItem
  | population | part | connect | drive | readout | protocol | networkFor | networkIf
  ;

outputItem : OUTPUT name ASSIGN expression ;
population : POPULATION indexedName COLON instance ( INHIBIT expression | WINNERS expression )* ;
part       : NETWORK indexedName COLON instance ;
drive      : DRIVE references BY choice ( WEIGHT expression )? ;
readout    : READOUT indexedName COLON instance ;
protocol   : PROTOCOL name LPAREN parameters? RPAREN statementBody ;
networkFor : FOR pattern IN expression networkBody ;
networkIf  : IF expression networkBody ( ELSE ( networkIf | networkBody ) )? ;
pattern    : name | LPAREN name ( COMMA name )+ RPAREN ;

connect : CONNECT references ARROW references ( AS indexedName )? choice clause* ;

clause
  : whereClause | weightClause | tiedClause | delayClause | instantClause | synapseClause | normaliseClause
  | growClause
  ;

whereClause     : WHERE expression ;
weightClause    : WEIGHT expression ;
tiedClause      : TIED TO expression ;
delayClause     : ( AXONAL | DENDRITIC | BACKPROP )? DELAY expression ;
instantClause   : INSTANT ;
synapseClause   : SYNAPSE choice ;
normaliseClause : NORMALISE choice PER name TO expression ON eventName ;
growClause      : GROW choice EVERY expression ;

// ---- experiments ----

statementBody : LBRACE ( statement | SEMI )* RBRACE ;

statement
  : letDeclaration | varStatement | parameterItem | assignment | stepStatement | seedStatement
  | numericsStatement | preciseStatement | runStatement | presentStatement | restStatement | sendStatement
  | doStatement | forStatement | repeatStatement | everyStatement | afterStatement | ifStatement
  | stopStatement | freezeStatement | unfreezeStatement | resetStatement | checkpointStatement
  | saveStatement | loadStatement | recordStatement | reportStatement | expectStatement | fitStatement
  | scoreStatement | trainStatement | minimiseStatement | keepStatement
  ;

varStatement      : VAR name ASSIGN expression ;
stepStatement     : STEP expression ;
seedStatement     : SEED expression ;
numericsStatement : NUMERICS names ;
preciseStatement  : SPIKE TIMES PRECISE ;
runStatement      : RUN expression ( UNTIL expression )? ;
presentStatement  : PRESENT driven ( COMMA driven )* FOR expression ;
driven            : reference ASSIGN expression ( BIN name )? ;
restStatement     : REST expression ;
sendStatement     : SEND reference LPAREN arguments? RPAREN ( AFTER expression )? ;
doStatement       : DO reference LPAREN arguments? RPAREN ;

forStatement    : FOR pattern IN expression statementBody ;
// After `repeat`, `until` is always the word: a count cannot begin with a variable of that name.
repeatStatement
  : REPEAT ( UNTIL expression | { _input.LA(1) != UNTIL }? expression TIMES ) statementBody
  ;
everyStatement  : EVERY expression PASSES? statementBody ;
afterStatement  : AFTER expression statementBody ;
ifStatement     : IF expression statementBody ( ELSE ( ifStatement | statementBody ) )? ;
stopStatement   : STOP WHEN expression ;

freezeStatement     : FREEZE selection ;
unfreezeStatement   : UNFREEZE selection ;
resetStatement      : RESET selection ;
selection           : ALL ( EXCEPT references )? | references ;
checkpointStatement : CHECKPOINT ;
saveStatement       : SAVE expression ;
loadStatement       : LOAD expression ;

recordStatement : RECORD references ( EVERY expression )? ( AT DELIVER )? ;
reportStatement : REPORT reported ( COMMA reported )* ;
reported        : ( name ASSIGN )? expression ;
expectStatement : EXPECT expression ( WITHIN expression )? ;
fitStatement    : FIT reference TO expression ;
scoreStatement  : SCORE reference AGAINST expression ;

trainStatement    : TRAIN BY choice ( WITH expressions )? ;
minimiseStatement : MINIMISE expression ;
keepStatement     : KEEP BEST expression ;

// ---- tests, data, deployments ----

testItem    : statement | population | part | connect | drive | readout | expectError ;
expectError : EXPECT ERROR name LBRACE ( declaration | SEMI )* RBRACE ;

dataItem  : letDeclaration | fieldItem | splitItem ;
fieldItem : name COLON type ( IN bounds )? ASSIGN expression ( BIN name )? ;
splitItem : SPLIT name WHERE expression ;

deploymentItem : quantiseItem | targetItem | verifyItem ;
quantiseItem   : QUANTISE reference TO type ;
targetItem     : TARGET choice ;
verifyItem     : VERIFY name ON expression ;

// ---- types and units ----

type     : LIKE name | factor ( ( STAR | SLASH ) factor )* ( LBRACKET expressions RBRACKET )? ;
factor   : name ( LPAREN arguments RPAREN )? ( CARET exponent )? | NUMBER ;
exponent : MINUS? NUMBER | LPAREN MINUS? NUMBER SLASH NUMBER RPAREN ;

// Only after `stored in`; everywhere else a unit is part of a quantity.
unit       : unitFactor ( ( STAR | SLASH ) unitFactor )* ;
unitFactor : name ( CARET exponent )? ;

// ---- expressions, loosest first ----

expressions : expression ( COMMA expression )* ;
expression  : conditional ( BAR conditional )* ;
conditional : IF conditional THEN conditional ELSE conditional | disjunction ;
disjunction : conjunction ( OR conjunction )* ;
conjunction : negation ( AND negation )* ;
negation    : NOT negation | comparison ;
comparison
  : range ( ( EQUAL | NOT_EQUAL | LESS | LESS_OR_EQUAL | GREATER | GREATER_OR_EQUAL | IN ) range )?
  ;
range   : sum ( ( CLOSED_RANGE | OPEN_RANGE ) sum )? ;
sum     : product ( ( PLUS | MINUS ) product )* ;
product : unary ( ( STAR | SLASH ) unary )* ;
unary   : MINUS unary | power ;
power   : postfix ( CARET unary )? ;
postfix : literal | atom ( memberSuffix | indexSuffix | callSuffix )* ;
literal : NUMBER | QUANTITY | TEXT | TRUE | FALSE ;

memberSuffix : DOT name ;
indexSuffix  : LBRACKET indices RBRACKET ;
callSuffix   : LPAREN arguments? RPAREN ;
indices      : index ( COMMA index )* ;
index        : expression | CLOSED_RANGE ;
arguments    : argument ( COMMA argument )* ;
argument     : ( name COLON )? expression ;

atom
  : name | MISSING_VALUE
  | LPAREN expressions RPAREN
  | LBRACKET expressions? RBRACKET
  ;
