// The grammar of `.snn` for editors. It follows grammar/src/main/antlr4 but is laxer: where an optional
// clause word could also be the name that begins the next statement, it is taken as the clause.

const CONTEXTUAL = [
  'accumulates', 'add', 'after', 'against', 'at', 'axonal', 'backprop', 'best', 'bin', 'by', 'checkpoint',
  'coincident', 'connect', 'crossing', 'data', 'delay', 'deliver', 'dendritic', 'deployment', 'do', 'drive',
  'error', 'event', 'every', 'except', 'expect', 'experiment', 'extends', 'fit', 'freeze', 'from', 'function',
  'grow', 'holding', 'inhibit', 'input', 'instant', 'integrate', 'keep', 'load', 'minimise', 'network',
  'neuron', 'noise', 'normalise', 'numerics', 'of', 'on', 'output', 'over', 'param', 'passes', 'per',
  'plastic', 'population', 'precise', 'present', 'protocol', 'prune', 'quantise', 'rate', 'readout',
  'receive', 'record', 'refractory', 'repeat', 'report', 'reset', 'rest', 'run', 'save', 'score', 'seed',
  'send', 'set', 'shared', 'spike', 'split', 'state', 'step', 'stop', 'stored', 'sum', 'sweep', 'synapse',
  'target', 'tau', 'test', 'tied', 'times', 'to', 'trace', 'train', 'transmit', 'unfreeze', 'until',
  'verify', 'weight', 'when', 'where', 'window', 'winners', 'with', 'within',
];

const PREC = {
  pipe: 1, conditional: 2, or: 3, and: 4, not: 5, compare: 6, range: 7, add: 8, multiply: 9, negate: 10,
  power: 11, suffix: 12,
};

const list = rule => seq(rule, repeat(seq(',', rule)));
const body = rule => seq('{', repeat(choice(rule, ';')), '}');

module.exports = grammar({
  name: 'snn',

  externals: $ => [$.unit],
  extras: $ => [/[\s\uFEFF]/, $.comment, $.documentation],
  word: $ => $.identifier,
  supertypes: $ => [$.expression, $.declaration],
  inline: $ => [$._neuron_item, $._synapse_item, $._network_item, $._action, $._data_item, $._deployment_item, $._test_item],

  // A word of the language before `[` may be one that begins a statement or a variable that is indexed.
  conflicts: $ => [
    'after', 'deliver', 'every', 'expect', 'expect_error', 'minimise', 'repeat', 'report', 'rest', 'run',
    'setting', 'store',
  ].map(rule => [$.name, $[rule]]),

  rules: {
    file: $ => repeat(choice($.import, $.declaration, ';')),

    documentation: _ => token(prec(1, /\/\/\/([^\/\r\n][^\r\n]*)?/)),
    comment: _ => token(seq('//', /[^\r\n]*/)),

    // ---- names ----

    identifier: _ => /[A-Za-z_][A-Za-z_0-9]*/,
    name: $ => choice($.identifier, ...CONTEXTUAL),
    names: $ => list($.name),
    qualified_name: $ => prec.right(seq($.name, repeat(seq('.', $.name)))),
    indexed_name: $ => prec.right(seq($.name, optional(seq('[', list($.expression), ']')))),
    reference: $ => prec.right(PREC.suffix, seq(
      $.name, repeat(choice(seq('.', $.name), seq('[', list($._index), ']'))))),
    references: $ => prec.right(list($.reference)),
    event_name: $ => prec.right(seq($.name, repeat(seq('.', $.name)))),

    // ---- declarations ----

    import: $ => prec.right(seq(
      'import', $.name, repeat(seq('.', $.name)),
      optional(choice(seq('as', $.name), seq('.', '{', list($.imported), '}'))))),
    imported: $ => seq($.name, optional(seq('as', $.name))),

    declaration: $ => choice(
      $.let, $.function, $.neuron, $.synapse, $.network, $.data, $.experiment, $.sweep, $.deployment, $.test),

    let: $ => seq('let', field('name', $.name), optional(seq(':', $.type)), '=', $.expression),
    function: $ => seq(
      'function', field('name', $.name), '(', optional($.parameters), ')', ':', $.type, '=', $.expression),
    neuron: $ => seq(
      'neuron', field('name', $.name), optional(seq('extends', $.qualified_name)), body($._neuron_item)),
    synapse: $ => seq(
      'synapse', field('name', $.name), optional(seq('extends', $.qualified_name)), body($._synapse_item)),
    network: $ => seq('network', field('name', $.name), $.network_body),
    data: $ => seq('data', field('name', $.name), 'from', $.expression, body($._data_item)),
    experiment: $ => seq(
      'experiment', field('name', $.name), 'on', $.instance, optional(seq('from', $.qualified_name)),
      $.statement_body),
    sweep: $ => seq('sweep', field('name', $.name), 'over', list($.axis), $.statement_body),
    axis: $ => seq($.reference, 'in', $.expression),
    deployment: $ => seq(
      'deployment', field('name', $.name), 'on', $.instance, optional(seq('from', $.qualified_name)),
      body($._deployment_item)),
    test: $ => seq(
      'test', field('name', $.text), optional(seq('on', $.instance, optional(seq('from', $.qualified_name)))),
      body($._test_item)),

    parameters: $ => list($.parameter),
    parameter: $ => seq(field('name', $.name), ':', $.type, optional(seq('=', $.expression))),
    instance: $ => prec.right(seq(
      field('model', $.qualified_name), optional(seq('[', list($.expression), ']')),
      optional(seq('(', optional($.arguments), ')')))),
    choice: $ => prec.right(seq(
      choice($.qualified_name, 'all'), optional(seq('(', optional($.arguments), ')')))),

    // ---- what models have in common ----

    param: $ => prec.right(seq('param', list($.binding))),
    states: $ => prec.right(seq(optional('plastic'), optional('shared'), 'state', list($.binding))),
    binding: $ => prec.right(seq(
      field('name', $.name), optional(seq(':', $.type)), optional(seq('in', $.bounds)),
      optional(seq('=', $.expression)), optional(seq('stored', 'in', $.unit_name)))),
    bounds: $ => prec(PREC.range, seq($.expression, choice('..', '..<'), $.expression)),
    input: $ => prec.right(seq(
      'input', field('name', $.name), ':', $.type, optional(seq('of', $.name)),
      optional(seq('=', $.expression)))),
    noise: $ => seq(optional('shared'), 'noise', $.names),
    equation: $ => seq(field('name', $.name), "'", '=', $.expression),
    receive: $ => seq(
      'receive', field('name', $.name), optional(seq('(', $.parameters, ')')), optional(seq('of', $.name)),
      optional(seq('sum', $.name)), $.action_body),
    on_event: $ => seq('on', $.event_name, $.action_body),
    every_period: $ => seq('every', $.expression, $.action_body),
    integrate: $ => seq('integrate', $.names, 'by', $.choice),

    _model_item: $ => choice(
      $.param, $.states, $.input, $.let, $.noise, $.equation, $.receive, $.on_event, $.every_period,
      $.integrate),

    // ---- neurons, synapses ----

    _neuron_item: $ => choice($._model_item, $.spike, $.reset, $.refractory, $.user_event),
    spike: $ => seq(
      'spike',
      choice('when', seq('on', 'crossing'), seq('with', 'rate'), 'at'), $.expression),
    reset: $ => seq('reset', $.action_body),
    refractory: $ => prec.right(seq(
      'refractory', optional('while'), $.expression, optional(seq('holding', $.names)),
      optional('accumulates'))),
    user_event: $ => prec.right(seq(
      'event', field('name', $.name), 'when', $.expression, optional($.action_body))),

    _synapse_item: $ => choice(
      $._model_item, $.weight, $.delay, $.trace, $.transmit, $.prune, $.coincident, $.sum),
    weight: $ => prec.right(seq('weight', field('name', $.name), ':', $.type, optional(seq('in', $.bounds)))),
    delay: $ => prec.right(seq('delay', field('name', $.name), ':', $.type, optional(seq('in', $.bounds)))),
    trace: $ => prec.right(seq(
      'trace', field('name', $.name), 'of', $.event_name,
      choice(
        seq('tau', $.expression, optional(seq(choice('set', 'add'), $.expression))),
        seq('window', $.expression)))),
    transmit: $ => seq('transmit', $.expression),
    prune: $ => seq('prune', 'when', $.expression),
    coincident: $ => seq('coincident', $.name),
    sum: $ => seq('sum', $.name),

    // ---- handlers ----

    action_body: $ => body($._action),
    _action: $ => choice($.let, $.assignment, $.deliver, alias($.if_action, $.if)),
    assignment: $ => seq($.reference, choice('=', '+=', '-=', '*=', '/='), $.expression),
    deliver: $ => seq('deliver', $.expression),
    if_action: $ => prec.right(seq(
      'if', $.expression, $.action_body, optional(seq('else', choice(alias($.if_action, $.if), $.action_body))))),

    // ---- networks ----

    network_body: $ => body($._network_item),
    _network_item: $ => choice(
      $.param, $.states, $.input, $.let, $.noise, $.equation, $.integrate, $.output, $.population, $.part,
      $.connect, $.drive, $.readout, $.protocol, alias($.for_network, $.for), alias($.if_network, $.if)),
    output: $ => seq('output', field('name', $.name), '=', $.expression),
    population: $ => prec.right(seq(
      'population', field('name', $.indexed_name), ':', $.instance,
      repeat(choice(seq('inhibit', $.expression), seq('winners', $.expression))))),
    part: $ => seq('network', field('name', $.indexed_name), ':', $.instance),
    drive: $ => seq('drive', $.references, 'by', $.choice, 'weight', $.expression),
    readout: $ => seq('readout', field('name', $.indexed_name), ':', $.instance),
    protocol: $ => seq('protocol', field('name', $.name), '(', optional($.parameters), ')', $.statement_body),
    for_network: $ => seq('for', $.pattern, 'in', $.expression, $.network_body),
    if_network: $ => prec.right(seq(
      'if', $.expression, $.network_body,
      optional(seq('else', choice(alias($.if_network, $.if), $.network_body))))),
    pattern: $ => choice($.name, seq('(', list($.name), ')')),

    connect: $ => prec.right(seq(
      'connect', $.references, '->', $.references, optional(seq('as', $.indexed_name)), field('rule', $.choice),
      repeat($.clause))),
    clause: $ => prec.right(choice(
      seq('where', $.expression),
      seq('weight', $.expression),
      seq('tied', 'to', $.expression),
      seq(optional(choice('axonal', 'dendritic', 'backprop')), 'delay', $.expression),
      'instant',
      seq('synapse', $.choice),
      seq('normalise', $.choice, 'per', $.name, 'to', $.expression, 'on', $.event_name),
      seq('grow', $.choice, 'every', $.expression))),

    // ---- experiments ----

    statement_body: $ => body($._statement),
    _statement: $ => choice(
      $.let, $.var, $.param, $.assignment, $.setting, $.run, $.present, $.rest, $.send, $.do,
      alias($.for_statement, $.for), $.repeat, $.every, $.after, alias($.if_statement, $.if), $.stop,
      $.selection_statement, $.checkpoint, $.store, $.record, $.report, $.expect, $.judge, $.train,
      $.minimise, $.keep),
    var: $ => seq('var', field('name', $.name), '=', $.expression),
    setting: $ => choice(
      seq('step', $.expression), seq('seed', $.expression), seq('numerics', $.names),
      seq('spike', 'times', 'precise')),
    run: $ => prec.right(seq('run', $.expression, optional(seq('until', $.expression)))),
    present: $ => seq('present', list($.driven), 'for', $.expression),
    driven: $ => seq($.reference, '=', $.expression, optional(seq('bin', $.name))),
    rest: $ => seq('rest', $.expression),
    send: $ => prec.right(seq(
      'send', $.reference, '(', optional($.arguments), ')', optional(seq('after', $.expression)))),
    do: $ => seq('do', $.reference, '(', optional($.arguments), ')'),
    for_statement: $ => seq('for', $.pattern, 'in', $.expression, $.statement_body),
    repeat: $ => seq(
      'repeat', choice(seq('until', $.expression), seq($.expression, 'times')), $.statement_body),
    every: $ => seq('every', $.expression, optional('passes'), $.statement_body),
    after: $ => seq('after', $.expression, $.statement_body),
    if_statement: $ => prec.right(seq(
      'if', $.expression, $.statement_body,
      optional(seq('else', choice(alias($.if_statement, $.if), $.statement_body))))),
    stop: $ => seq('stop', 'when', $.expression),
    selection_statement: $ => seq(choice('freeze', 'unfreeze', 'reset'), $.selection),
    selection: $ => prec.right(choice(seq('all', optional(seq('except', $.references))), $.references)),
    checkpoint: _ => 'checkpoint',
    store: $ => seq(choice('save', 'load'), $.expression),
    record: $ => prec.right(seq(
      'record', $.references, optional(seq('every', $.expression)), optional(seq('at', 'deliver')))),
    report: $ => prec.right(seq('report', list($.reported))),
    reported: $ => seq(optional(seq(field('name', $.name), '=')), $.expression),
    expect: $ => prec.right(seq('expect', $.expression, optional(seq('within', $.expression)))),
    judge: $ => choice(
      seq('fit', $.reference, 'to', $.expression), seq('score', $.reference, 'against', $.expression)),
    train: $ => prec.right(seq('train', 'by', $.choice, optional(seq('with', list($.expression))))),
    minimise: $ => seq('minimise', $.expression),
    keep: $ => seq('keep', 'best', $.expression),

    // ---- tests, data, deployments ----

    _test_item: $ => choice(
      $._statement, $.population, $.part, $.connect, $.drive, $.readout, $.expect_error),
    expect_error: $ => seq('expect', 'error', $.name, body($.declaration)),
    _data_item: $ => choice($.let, $.field, $.split),
    field: $ => prec.right(seq(
      field('name', $.name), ':', $.type, optional(seq('in', $.bounds)), '=', $.expression,
      optional(seq('bin', $.name)))),
    split: $ => seq('split', field('name', $.name), 'where', $.expression),
    _deployment_item: $ => choice($.quantise, $.target, $.verify),
    quantise: $ => seq('quantise', $.reference, 'to', $.type),
    target: $ => seq('target', $.choice),
    verify: $ => seq('verify', $.name, 'on', $.expression),

    // ---- types and units ----

    type: $ => prec.right(choice(
      seq('like', $.name),
      seq($.factor, repeat(seq(choice('*', '/'), $.factor)), optional(seq('[', list($.expression), ']'))))),
    factor: $ => prec.right(choice(
      seq($.name, optional(seq('(', $.arguments, ')')), optional(seq('^', $.exponent))), $.number)),
    exponent: $ => choice(seq(optional('-'), $.number), seq('(', optional('-'), $.number, '/', $.number, ')')),
    unit_name: $ => prec.right(seq($._unit_factor, repeat(seq(choice('*', '/'), $._unit_factor)))),
    _unit_factor: $ => prec.right(seq($.name, optional(seq('^', $.exponent)))),

    // ---- expressions ----

    expression: $ => choice(
      $.pipe, $.conditional, $.binary, $.unary, $.range, $.member, $.index, $.call, $.array, $.group, $.quantity,
      $.number, $.text, $.boolean, $.name),

    pipe: $ => prec.left(PREC.pipe, seq($.expression, '|', $.expression)),
    conditional: $ => prec.right(PREC.conditional, seq(
      'if', $.expression, 'then', $.expression, 'else', $.expression)),
    binary: $ => choice(
      ...[
        ['or', PREC.or], ['and', PREC.and], ['+', PREC.add], ['-', PREC.add], ['*', PREC.multiply],
        ['/', PREC.multiply],
      ].map(([operator, level]) => prec.left(level, seq($.expression, operator, $.expression))),
      ...['==', '!=', '<', '<=', '>', '>=', 'in'].map(operator =>
        prec.left(PREC.compare, seq($.expression, operator, $.expression))),
      prec.right(PREC.power, seq($.expression, '^', $.expression))),
    unary: $ => choice(
      prec(PREC.not, seq('not', $.expression)), prec(PREC.negate, seq('-', $.expression))),
    range: $ => prec.left(PREC.range, seq($.expression, choice('..', '..<'), $.expression)),
    member: $ => prec(PREC.suffix, seq($.expression, '.', field('name', $.name))),
    index: $ => prec(PREC.suffix, seq($.expression, '[', list($._index), ']')),
    call: $ => prec(PREC.suffix, seq(field('function', $.expression), '(', optional($.arguments), ')')),
    _index: $ => choice($.expression, '..'),
    arguments: $ => list($.argument),
    argument: $ => seq(optional(seq(field('name', $.name), ':')), $.expression),
    array: $ => seq('[', optional(list($.expression)), ']'),
    group: $ => seq('(', list($.expression), ')'),

    quantity: $ => seq($.number, $.unit),
    number: _ => /[0-9](_?[0-9])*(\.[0-9](_?[0-9])*)?([eE][+-]?[0-9]+)?/,
    boolean: _ => choice('true', 'false'),
    text: $ => seq('"', repeat(choice($.placeholder, $.escape, $._characters, token.immediate('{'))), token.immediate('"')),
    placeholder: _ => token.immediate(prec(2, /\{[A-Za-z_][A-Za-z_0-9]*\}/)),
    escape: _ => token.immediate(/\\[^\r\n]/),
    _characters: _ => token.immediate(prec(1, /[^"\\{\r\n]+/)),
  },
});
