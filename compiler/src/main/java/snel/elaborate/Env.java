package snel.elaborate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.Expression;

/// Names in sight, inner before outer. Definitions are evaluated when first asked for.
public final class Env {
  private final Optional<Env> outer;
  private final FileScope file;
  private final Map<String, Definition> names = new LinkedHashMap<>();

  private Env(Optional<Env> outer, FileScope file) {
    this.outer = outer;
    this.file = file;
  }

  /// The names of one file and nothing else.
  public static Env of(FileScope file) {
    return new Env(Optional.empty(), file);
  }

  /// A scope inside this one.
  public Env inner() {
    return new Env(Optional.of(this), file);
  }

  /// A scope inside this one that sees the declarations of another file.
  public Env inner(FileScope other) {
    return new Env(Optional.of(this), other);
  }

  /// The file whose declarations are in sight.
  public FileScope file() {
    return file;
  }

  /// What an expression names in a file that was imported as a whole: `models.base`. A name that
  /// stands for something else here goes before that of the file.
  public Optional<Entity> inModule(Expression expression) {
    return expression instanceof Expression.Member(var owner, var name, _)
        ? module(owner).flatMap(module -> file.member(module, name.text()))
        : Optional.empty();
  }

  private Optional<Entity> module(Expression expression) {
    Optional<Entity> named =
        expression instanceof Expression.Variable(var name, _) && find(name.text()).isEmpty()
            ? file.find(name.text())
            : inModule(expression);
    return named.filter(entity -> !(entity instanceof Entity.Declared));
  }

  /// The function that a call names.
  public Optional<Entity.Declared> function(Expression callee) {
    return callee instanceof Expression.Variable(var name, _)
        ? file.function(name.text())
        : inModule(callee)
            .filter(Entity.Declared.class::isInstance)
            .map(Entity.Declared.class::cast)
            .filter(declared -> declared.declaration() instanceof Declaration.Function);
  }

  public void define(String name, Val value) {
    names.put(name, new Definition(() -> value, () -> value));
  }

  /// Defines a name whose value is worked out on first use.
  void defineLazily(String name, Supplier<Val> value) {
    defineLazily(name, value, () -> Val.BAD);
  }

  /// @param again what is answered where the definition needs itself
  void defineLazily(String name, Supplier<Val> value, Supplier<Val> again) {
    names.put(name, new Definition(value, again));
  }

  /// The value of `name`, empty if nothing of that name is in sight.
  public Optional<Val> find(String name) {
    Definition own = names.get(name);
    if (own != null) {
      return Optional.of(own.value());
    }
    return outer.flatMap(o -> o.find(name));
  }

  public boolean has(String name) {
    return names.containsKey(name);
  }

  public Collection<String> visible() {
    Set<String> all = new LinkedHashSet<>(names.keySet());
    outer.ifPresent(o -> all.addAll(o.visible()));
    all.addAll(file.names());
    return all;
  }

  /// A value that is computed once; it may be asked for while it is computed.
  private static final class Definition {
    private final Supplier<Val> supplier;
    private final Supplier<Val> again;
    private Optional<Val> known = Optional.empty();
    private boolean open;

    Definition(Supplier<Val> supplier, Supplier<Val> again) {
      this.supplier = supplier;
      this.again = again;
    }

    Val value() {
      if (known.isPresent()) {
        return known.get();
      }
      if (open) {
        return again.get();
      }
      open = true;
      Val value = supplier.get();
      open = false;
      known = Optional.of(value);
      return value;
    }
  }
}
