package snel.elaborate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The inside of one network or part, by the names its author gave.
public final class NetworkScope {
  private final String prefix;
  private final Env env;
  private final Map<String, Val> members = new LinkedHashMap<>();
  private final List<String> parameters = new ArrayList<>();

  NetworkScope(String prefix, Env env) {
    this.prefix = prefix;
    this.env = env;
  }

  /// Path before the names of this part: empty for the whole network, else `column[0].`.
  public String prefix() {
    return prefix;
  }

  /// Names as an expression inside sees them.
  public Env env() {
    return env;
  }

  void define(String name, Val value) {
    members.put(name, value);
    env.define(name, value);
  }

  /// A member by the name its author gave.
  public Optional<Val> member(String name) {
    Val known = members.get(name);
    return known != null ? Optional.of(known) : env.has(name) ? env.find(name) : Optional.empty();
  }

  void parameter(String name) {
    parameters.add(name);
  }

  /// The names of the network's parameters, in the order of the text.
  public List<String> parameters() {
    return List.copyOf(parameters);
  }

  Map<String, Val> members() {
    return members;
  }
}
