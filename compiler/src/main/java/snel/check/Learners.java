package snel.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import snel.resolve.FileScope;
import snel.syntax.Connect;
import snel.syntax.Expression;
import snel.syntax.IndexedName;
import snel.syntax.NetworkItem;
import snel.syntax.Pattern;
import snel.units.Rational;

/// Finds what the items of a network change by themselves.
final class Learners {
  /// Members of longer families are not told apart.
  private static final int LONGEST = 1_000;

  private final Context context;
  private final FileScope file;
  private final List<Learner> found = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private Learners(Context context, FileScope file) {
    this.context = context;
    this.file = file;
  }

  static Learners of(Context context, List<NetworkItem> items, FileScope file) {
    var learners = new Learners(context, file);
    learners.add(items, Map.of());
    return learners;
  }

  List<Learner> all() {
    return found;
  }

  /// Whether something of that name is among the items, be it that it learns or not.
  boolean knows(String name) {
    return names.contains(name);
  }

  /// An index of a family as far as it stands in the text: a number, a string, or a variable of a
  /// loop around it.
  static Optional<String> index(Expression index, Map<String, String> turns, Scope scope) {
    return switch (index.ungrouped()) {
      case Expression.Text text -> Optional.of(text.span().text());
      case Expression.Variable(var name, _) when turns.containsKey(name.text()) ->
          Optional.of(turns.get(name.text()));
      default -> Constants.SURE.value(index, scope).map(Rational::toString);
    };
  }

  private void add(NetworkItem item, Map<String, String> turns) {
    switch (item) {
      case NetworkItem.For loop -> turns(loop, turns).forEach(turn -> add(loop.body(), turn));
      case NetworkItem.If(_, var then, var otherwise, _) -> {
        add(then, turns);
        add(otherwise, turns);
      }
      case Connect connect ->
          add(connect.alias(), Learning.changedBySynapse(context, connect, file), turns);
      case NetworkItem.Population population ->
          add(population.name(), Learning.changedByNeuron(population.model().model(), file), turns);
      default -> {}
    }
  }

  private void add(List<NetworkItem> items, Map<String, String> turns) {
    items.forEach(item -> add(item, turns));
  }

  private void add(@Nullable IndexedName name, Set<String> variables, Map<String, String> turns) {
    String owner = name == null ? "" : name.name().text();
    names.add(owner);
    List<Optional<String>> place =
        name == null
            ? List.of()
            : name.indices().stream().map(index -> index(index, turns, scope())).toList();
    variables.forEach(variable -> found.add(new Learner(owner, place, variable)));
  }

  /// What the variables of the loop are on each of its turns; one turn that leaves them open if
  /// that depends on how the network is built.
  private List<Map<String, String>> turns(NetworkItem.For loop, Map<String, String> around) {
    Optional<List<String>> values =
        loop.pattern() instanceof Pattern.One ? values(loop.values()) : Optional.empty();
    if (values.isEmpty()) {
      return List.of(without(loop.pattern(), around));
    }
    List<Map<String, String>> turns = new ArrayList<>();
    for (String value : values.get()) {
      Map<String, String> turn = new HashMap<>(around);
      turn.put(((Pattern.One) loop.pattern()).name().text(), value);
      turns.add(turn);
    }
    return turns;
  }

  private static Map<String, String> without(Pattern pattern, Map<String, String> around) {
    Map<String, String> turn = new HashMap<>(around);
    switch (pattern) {
      case Pattern.One(var name, _) -> turn.remove(name.text());
      case Pattern.Several(var names, _) -> names.forEach(name -> turn.remove(name.text()));
    }
    return turn;
  }

  private Optional<List<String>> values(Expression values) {
    return switch (values.ungrouped()) {
      case Expression.Range(var lower, var upper, boolean closed, _) -> {
        Optional<Long> first = whole(lower);
        Optional<Long> last = whole(upper).map(end -> closed ? end : end - 1);
        yield first.isPresent() && last.isPresent() && last.get() - first.get() < LONGEST
            ? Optional.of(
                LongStream.rangeClosed(first.get(), last.get()).mapToObj(Long::toString).toList())
            : Optional.empty();
      }
      case Expression.Array(var elements, _) -> {
        List<String> known =
            elements.stream()
                .flatMap(element -> index(element, Map.of(), scope()).stream())
                .toList();
        yield known.size() == elements.size() ? Optional.of(known) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private Optional<Long> whole(Expression expression) {
    return Constants.SURE.value(expression, scope()).flatMap(Rational::toLong);
  }

  private Scope scope() {
    return context.models().root(file);
  }
}
