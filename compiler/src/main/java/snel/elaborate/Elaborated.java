package snel.elaborate;

import java.util.Map;
import snel.model.Network;
import snel.syntax.NetworkItem;

/// A network ready to be lowered, and the names by which an experiment speaks of its parts.
///
/// @param protocols the network's `protocol`s by name
public record Elaborated(
    Network network, NetworkScope scope, Map<String, NetworkItem.Protocol> protocols) {}
