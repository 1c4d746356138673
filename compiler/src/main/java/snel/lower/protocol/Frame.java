package snel.lower.protocol;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.elaborate.Env;
import snel.resolve.Entity;
import snel.syntax.Expression;

/// The names that a protocol has given so far, inner before outer. What is known when compiled is
/// in the environment too, so that whole expressions can be folded there.
final class Frame {
  private final @Nullable Frame outer;
  private final Env env;
  private final Map<String, Meaning> names = new LinkedHashMap<>();
  private final Set<String> counting = new HashSet<>();
  private final Map<String, Expression> written = new LinkedHashMap<>();

  private Frame(@Nullable Frame outer, Env env) {
    this.outer = outer;
    this.env = env;
  }

  /// @param env of the network and the file
  static Frame of(Env env) {
    return new Frame(null, env.inner());
  }

  Frame inner() {
    return new Frame(this, env.inner());
  }

  Env env() {
    return env;
  }

  void define(String name, Meaning meaning) {
    names.put(name, meaning);
    if (meaning instanceof Meaning.Fixed(var value, var _)) {
      env.define(name, value);
    }
  }

  /// A name, with the expression that it was given.
  void define(String name, Meaning meaning, Expression expression) {
    define(name, meaning);
    written.put(name, expression);
  }

  /// The expression that a local name was given.
  Optional<Expression> written(String name) {
    Expression own = written.get(name);
    return own != null || outer == null ? Optional.ofNullable(own) : outer.written(name);
  }

  /// A name that stands for something else in each pass of a loop, or each call of a protocol.
  void count(String name, Meaning meaning) {
    define(name, meaning);
    counting.add(name);
  }

  /// Whether the name stands for something else in each pass.
  boolean counts(String name) {
    return names.containsKey(name) ? counting.contains(name) : outer != null && outer.counts(name);
  }

  Optional<Meaning> find(String name) {
    Meaning own = names.get(name);
    if (own != null) {
      return Optional.of(own);
    }
    return outer == null ? Optional.empty() : outer.find(name);
  }

  /// What an expression names in a file that was imported as a whole: `models.base`.
  Optional<Entity> inModule(Expression expression) {
    return isOfLocal(expression) ? Optional.empty() : env.inModule(expression);
  }

  /// The function that a call names.
  Optional<Entity.Declared> function(Expression callee) {
    return callee instanceof Expression.Member && isOfLocal(callee)
        ? Optional.empty()
        : env.function(callee);
  }

  private boolean isOfLocal(Expression expression) {
    return switch (expression) {
      case Expression.Member(var owner, _, _) -> isOfLocal(owner);
      case Expression.Variable(var name, _) -> find(name.text()).isPresent();
      default -> false;
    };
  }

  /// All local names with what they mean, inner ones last.
  Map<String, Meaning> locals() {
    Map<String, Meaning> all = outer == null ? new LinkedHashMap<>() : outer.locals();
    all.putAll(names);
    return all;
  }

  Collection<String> visible() {
    Set<String> all = new LinkedHashSet<>(names.keySet());
    if (outer != null) {
      all.addAll(outer.visible());
    }
    all.addAll(env.visible());
    return all;
  }
}
