/// Lives here: what was written, as a tree of records with the sugar kept. May import:
/// `snel.source`.
///
/// One page to find one's way:
///
/// - Every node is a record of a sealed interface, and has a `span()`. Lists are never null and
///   unmodifiable; what may be left out in the language is `@Nullable`. The tree holds no meaning:
///   names are not resolved, quantities are text, `pre` and `infinity` are plain names.
/// - [File] is one `.snn` file: imports, [Declaration]s, and beside them all comments and the parts
///   that the parser had to skip after a syntax error.
/// - [Declaration]: what stands at top level: `let`, function, neuron, synapse, network, data,
///   experiment, sweep, deployment, test.
/// - Bodies of models hold [NeuronItem]s, [SynapseItem]s and [NetworkItem]s. A construct that is
///   legal in several bodies is one record that implements several of these interfaces: those
///   shared by models are in [ModelItem], those of neurons in [NeuronItem], and so on. [DataItem]
///   and [DeploymentItem] are the bodies of the two remaining declarations.
/// - [Action]s stand in handlers (`reset`, `on`, `every`, `receive`), [Statement]s in experiments,
///   protocols and sweeps, [TestItem]s in tests. [Let] and [Assign] are at home in several of them.
/// - [Connect] has a [Rule] and [Clause]s, in the order written. [Instance] is
///   `Model[shape](arguments)`.
/// - [Expression] and [Type] are what their names say. A [Reference] is an expression that names a
///   thing (`E[0 ..< 5].v`): a variable, a member or an index.
/// - After a syntax error the tree may hold [Expression.Missing], [Type.Missing] and names with an
///   empty text: they are already reported, so later checks pass over them in silence.
@NullMarked
package snel.syntax;

import org.jspecify.annotations.NullMarked;
