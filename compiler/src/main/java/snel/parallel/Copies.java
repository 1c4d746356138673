package snel.parallel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Buffers of which each part has a copy that it keeps up itself; the copy of the first part is the
/// buffer.
final class Copies {
  private final Set<Buffer> copied = new LinkedHashSet<>();
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();

  void add(Buffer buffer) {
    copied.add(buffer);
  }

  boolean has(Buffer buffer) {
    return copied.contains(buffer);
  }

  boolean has(String name) {
    return copied.stream().anyMatch(buffer -> buffer.name().equals(name));
  }

  Set<Buffer> copied() {
    return copied;
  }

  /// The buffer of a part in place of one.
  Buffer of(Buffer buffer, int part) {
    return part > 0 && copied.contains(buffer) ? other(buffer, "@copy " + part) : buffer;
  }

  /// Another buffer like one.
  Buffer other(Buffer like, String name) {
    return buffers.computeIfAbsent(
        like.name() + name,
        whole -> new Buffer(whole, like.cell(), like.length(), Role.SCRATCH, like.scale()));
  }

  List<Buffer> buffers() {
    return List.copyOf(buffers.values());
  }

  /// Makes the copies of all parts.
  List<Kernel> made(int parts) {
    List<Kernel> kernels = new ArrayList<>();
    for (Buffer buffer : copied) {
      List<Stmt> body = new ArrayList<>();
      for (int part = 1; part < parts; part++) {
        body.add(copy(buffer, of(buffer, part)));
      }
      kernels.add(new Kernel(buffer.name() + "@copies", Phase.ON_DEMAND, body));
    }
    return kernels;
  }

  static Stmt copy(Buffer from, Buffer to) {
    Expr at = new Expr.Read("$k", Scalar.I32);
    int length = (int) ((Length.Fixed) from.length()).count();
    return new Stmt.Loop(
        "$k",
        Expr.i32(0),
        Expr.i32(length),
        Stmt.Order.INDEPENDENT,
        List.of(new Stmt.Store(to, at, new Expr.Load(from, at))));
  }
}
