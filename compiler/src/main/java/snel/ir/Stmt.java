package snel.ir;

import java.util.List;

/// Statements of kernels.
public sealed interface Stmt {
  /// An immutable local, visible to the end of its block. Names are unique in a kernel.
  record Let(String name, Expr value) implements Stmt {}

  /// A mutable local.
  record Var(String name, Expr value) implements Stmt {}

  record Assign(String name, Expr value) implements Stmt {}

  record Store(Buffer buffer, Expr index, Expr value) implements Stmt {}

  record If(Expr condition, List<Stmt> then, List<Stmt> otherwise) implements Stmt {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /// `for index in from ..< to`, index rising, `I32`. With [Order#INDEPENDENT] no iteration reads
  /// what another writes, so a target may run them in any order or side by side.
  record Loop(String index, Expr from, Expr to, Order order, List<Stmt> body) implements Stmt {
    public Loop {
      body = List.copyOf(body);
    }
  }

  record While(Expr condition, List<Stmt> body) implements Stmt {
    public While {
      body = List.copyOf(body);
    }
  }

  /// For each index in from ..< to, rising, does `body` and then, if `condition` holds, appends the
  /// index at `list[count[0]++]`. The body keeps the promise of [Order#INDEPENDENT] and has nothing
  /// to do with the list; the condition reads what the body wrote at the same index, none of its
  /// locals, and writes nothing. So a target may do the body for many indices before it looks which
  /// of them to append.
  record Collect(
      String index, Expr from, Expr to, List<Stmt> body, Expr condition, Buffer list, Buffer count)
      implements Stmt {
    public Collect {
      body = List.copyOf(body);
    }

    public Collect(String index, Expr from, Expr to, Expr condition, Buffer list, Buffer count) {
      this(index, from, to, List.of(), condition, list, count);
    }

    /// The loop that only does the body.
    public Loop before() {
      return new Loop(index, from, to, Order.INDEPENDENT, body);
    }

    /// The same without a body, over other indices.
    public Collect after(Expr first, Expr limit) {
      return new Collect(index, first, limit, condition, list, count);
    }
  }

  /// `list[count[0]++] = value`.
  record Push(Buffer list, Buffer count, Expr value) implements Stmt {}

  /// Fills `words[i]` (`I32`), i in first ..< count, with word i & 3 of the Philox block with
  /// counter (i >> 2, c1, c2, c3) of `stream`: the layout of per-neuron draws (semantics.md §10).
  ///
  /// @param draw what becomes of each word
  /// @param first a multiple of [#TOGETHER]
  record Words(
      Buffer words, Expr count, Expr stream, Expr c1, Expr c2, Expr c3, Draw draw, int first)
      implements Stmt {
    /// Words of a block.
    public static final int TOGETHER = 4;

    public Words(Buffer words, Expr count, Expr stream, Expr c1, Expr c2, Expr c3, Draw draw) {
      this(words, count, stream, c1, c2, c3, draw, 0);
    }

    public Words(Buffer words, Expr count, Expr stream, Expr c1, Expr c2, Expr c3) {
      this(words, count, stream, c1, c2, c3, new Draw.Word());
    }

    /// The same that become something else.
    public Words made(Draw other) {
      return new Words(words, count, stream, c1, c2, c3, other, first);
    }

    /// Only those from one index up to another.
    public Words between(int from, int to) {
      return new Words(words, Expr.i32(to), stream, c1, c2, c3, draw, from);
    }
  }

  /// Adds up rows of bits: for every `list[k]`, k in 0 ..< `count[0]`, that lies in `first ..<
  /// first
  /// + sources`, and every j in from ..< to, `counts[at + j]` grows by bit j of row `list[k] -
  ///   first` of `rows` (see [Wiring#bitWords]). Whole numbers, so in any order.
  ///
  /// @param from a multiple of [#TOGETHER], as is `to` unless it is `targets`
  record AddBits(
      Buffer counts,
      Expr at,
      Buffer rows,
      int sources,
      int targets,
      Buffer list,
      Buffer count,
      int first,
      int from,
      int to)
      implements Stmt {
    /// Targets whose bits are added up at once.
    public static final int TOGETHER = 512;

    public AddBits(
        Buffer counts,
        Expr at,
        Buffer rows,
        int sources,
        int targets,
        Buffer list,
        Buffer count,
        int first) {
      this(counts, at, rows, sources, targets, list, count, first, 0, targets);
    }

    /// The same into other counts of the buffer.
    public AddBits at(Expr other) {
      return new AddBits(counts, other, rows, sources, targets, list, count, first, from, to);
    }

    /// Only for the targets from one up to another.
    public AddBits between(int first, int limit) {
      return new AddBits(counts, at, rows, sources, targets, list, count, this.first, first, limit);
    }
  }

  /// Whether the iterations of a loop depend on one another.
  enum Order {
    INDEPENDENT,
    SEQUENTIAL,
    /// They follow each other, but real numbers that they add to an element may be added in another
    /// order, and others that cancel (`sum any`, semantics.md §3).
    OPEN
  }
}
