package snel.model;

import java.util.List;
import java.util.stream.Stream;
import snel.math.Expr;
import snel.math.Owner;
import snel.source.Span;

/// Statements of handlers. `x += e` has become `x = x + e`.
public sealed interface Action {
  /// Whether a body assigns the variable `name` of its own model.
  static boolean assigns(List<Action> body, String name) {
    return assigned(body).anyMatch(name::equals);
  }

  /// The variables of its own model that a body assigns.
  static Stream<String> assigned(List<Action> body) {
    return body.stream()
        .flatMap(action ->
            switch (action) {
              case Assign(var target, _, _) ->
                  target.owner() == Owner.SELF ? Stream.of(target.name()) : Stream.<String>empty();
              case If(_, var then, var otherwise) ->
                  Stream.concat(assigned(then), assigned(otherwise));
              case Let _, Deliver _ -> Stream.empty();
            });
  }

  /// A body where the variable `name` of its own model keeps its value.
  static List<Action> without(List<Action> body, String name) {
    return body.stream()
        .flatMap(action ->
            switch (action) {
              case Assign(var target, _, _)
                  when target.owner() == Owner.SELF && target.name().equals(name) ->
                  Stream.<Action>empty();
              case If(var condition, var then, var otherwise) ->
                  Stream.of(new If(condition, without(then, name), without(otherwise, name)));
              case Assign _, Let _, Deliver _ -> Stream.of(action);
            })
        .toList();
  }

  /// The values and conditions of a body.
  static Stream<Expr> expressions(List<Action> body) {
    return body.stream()
        .flatMap(action ->
            switch (action) {
              case Assign(_, var value, _) -> Stream.of(value);
              case Let(_, var value) -> Stream.of(value);
              case Deliver(var value, _) -> Stream.of(value);
              case If(var condition, var then, var otherwise) ->
                  Stream.concat(
                      Stream.of(condition),
                      Stream.concat(expressions(then), expressions(otherwise)));
            });
  }

  /// The amounts that a body delivers, in the order of the text.
  static Stream<Expr> delivered(List<Action> body) {
    return body.stream()
        .flatMap(action ->
            switch (action) {
              case Deliver(var value, _) -> Stream.of(value);
              case If(_, var then, var otherwise) ->
                  Stream.concat(delivered(then), delivered(otherwise));
              case Let _, Assign _ -> Stream.empty();
            });
  }

  /// Assigns to a state, weight, delay or trace of the handler's own model.
  record Assign(Expr.Ref target, Expr value, Span span) implements Action {}

  /// Hands a value to the target port of the projection; in `on pre` only.
  record Deliver(Expr value, Span span) implements Action {}

  record Let(String name, Expr value) implements Action {}

  record If(Expr condition, List<Action> then, List<Action> otherwise) implements Action {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }
}
