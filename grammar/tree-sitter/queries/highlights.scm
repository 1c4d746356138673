(comment) @comment
(documentation) @comment.documentation

(text) @string
(placeholder) @string.special
(escape) @string.escape
(number) @number
(unit) @type.unit
(unit_name) @type.unit
(boolean) @constant.builtin

[
  "if" "then" "else" "for" "in" "import" "as" "let" "var" "all" "like" "while"
] @keyword

["and" "or" "not"] @keyword.operator

[
  "=" "+=" "-=" "*=" "/=" "==" "!=" "<" "<=" ">" ">=" "+" "-" "*" "/" "^" ".." "..<" "->" "|" "'"
] @operator

["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["," ";" ":" "."] @punctuation.delimiter

(neuron "neuron" @keyword name: (name) @type)
(neuron "extends" @keyword)
(synapse "synapse" @keyword name: (name) @type)
(synapse "extends" @keyword)
(network "network" @keyword name: (name) @type)
(data ["data" "from"] @keyword)
(experiment ["experiment" "on" "from"] @keyword name: (name) @function)
(sweep ["sweep" "over"] @keyword name: (name) @function)
(deployment ["deployment" "on" "from"] @keyword)
(test ["test" "on" "from"] @keyword)
(function "function" @keyword name: (name) @function)
(protocol "protocol" @keyword name: (name) @function)

(param "param" @keyword)
(states ["plastic" "shared" "state"] @keyword)
(input ["input" "of"] @keyword)
(noise ["shared" "noise"] @keyword)
(receive ["receive" "of" "sum"] @keyword)
(on_event "on" @keyword)
(every_period "every" @keyword)
(integrate ["integrate" "by"] @keyword)
(binding "stored" @keyword)
(spike ["spike" "when" "on" "crossing" "with" "rate" "at"] @keyword)
(reset "reset" @keyword)
(refractory ["refractory" "holding" "accumulates"] @keyword)
(user_event ["event" "when"] @keyword)
(weight "weight" @keyword)
(delay "delay" @keyword)
(trace ["trace" "of" "tau" "set" "add" "window"] @keyword)
(transmit "transmit" @keyword)
(prune ["prune" "when"] @keyword)
(coincident "coincident" @keyword)
(sum "sum" @keyword)
(deliver "deliver" @keyword)
(output "output" @keyword)
(population ["population" "inhibit" "winners"] @keyword)
(part "network" @keyword)
(drive ["drive" "by" "weight"] @keyword)
(readout "readout" @keyword)
(connect "connect" @keyword)
(clause
  [
    "where" "weight" "tied" "to" "axonal" "dendritic" "backprop" "delay" "instant" "synapse" "normalise" "per"
    "on" "grow" "every"
  ] @keyword)
(setting ["step" "seed" "numerics" "spike" "times" "precise"] @keyword)
(run ["run" "until"] @keyword)
(present ["present" "for"] @keyword)
(driven "bin" @keyword)
(rest "rest" @keyword)
(send ["send" "after"] @keyword)
(do "do" @keyword)
(repeat ["repeat" "until" "times"] @keyword)
(every ["every" "passes"] @keyword)
(after "after" @keyword)
(stop ["stop" "when"] @keyword)
(selection_statement ["freeze" "unfreeze" "reset"] @keyword)
(selection "except" @keyword)
(checkpoint) @keyword
(store ["save" "load"] @keyword)
(record ["record" "every" "at" "deliver"] @keyword)
(report "report" @keyword)
(expect ["expect" "within"] @keyword)
(expect_error ["expect" "error"] @keyword)
(judge ["fit" "to" "score" "against"] @keyword)
(train ["train" "by" "with"] @keyword)
(minimise "minimise" @keyword)
(keep ["keep" "best"] @keyword)
(field "bin" @keyword)
(split ["split" "where"] @keyword)
(quantise ["quantise" "to"] @keyword)
(target "target" @keyword)
(verify ["verify" "on"] @keyword)

(factor (name) @type)
(instance model: (qualified_name) @type)
(call function: (name) @function.call)
(choice (qualified_name) @function.call)
(argument name: (name) @variable.parameter)
(parameter name: (name) @variable.parameter)
(binding name: (name) @variable)
(equation name: (name) @variable)
(member name: (name) @property)
