package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Paths;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.ReduceOp;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Training;
import snel.ir.UnaryOp;

/// The weights of the way back where they are not those of the way there: normally distributed, as
/// large as those.
///
/// Bellec and others (2020), DOI 10.1038/s41467-020-17236-y: e-prop with random and adaptive
/// feedback.
///
/// @param following which change as others do
record FeedbackWeights(Program program, Feedback feedback, Map<Buffer, Buffer> following) {
  private static final String PREFIX = "feedback.";

  /// The stream of their draws; the place of a weight in the program and in its buffer count on.
  private static final int STREAM = 0x66656564;

  static FeedbackWeights of(Program program, Training.Feedback how) {
    Map<Buffer, Optional<Buffer>> instead = new LinkedHashMap<>();
    Map<Buffer, Buffer> others = new LinkedHashMap<>();
    for (Directory.Value value : program.directory().values()) {
      if (value.kind() != Directory.Kind.WEIGHT) {
        continue;
      }
      Buffer weight = value.buffer();
      if (Paths.isUnder(weight.name(), how.cut())) {
        instead.put(weight, Optional.empty());
      } else if (Paths.isUnder(weight.name(), how.ends())
          && how.kind() != Training.Feedback.Kind.SYMMETRIC) {
        Buffer own =
            new Buffer(PREFIX + weight.name(), weight.cell(), weight.length(), Role.PLASTIC);
        instead.put(weight, Optional.of(own));
        others.put(weight, own);
      }
    }
    List<Buffer> buffers = new ArrayList<>(program.buffers());
    List<Build> build = new ArrayList<>(program.build());
    int number = 0;
    for (Map.Entry<Buffer, Buffer> pair : others.entrySet()) {
      buffers.add(pair.getValue());
      build.add(new Build.Run(drawn(pair.getKey(), pair.getValue(), number++, program)));
    }
    boolean adapts = how.kind() == Training.Feedback.Kind.ADAPTIVE;
    return new FeedbackWeights(
        others.isEmpty() ? program : program.with(buffers, build),
        new Feedback(instead),
        adapts ? others : Map.of());
  }

  private static Kernel drawn(Buffer weight, Buffer own, int number, Program program) {
    var names = new Names();
    Scalar real = weight.cell().scalar();
    Expr size = Sizes.of(weight, program);
    String m = names.fresh("m");
    Expr w = new Expr.Load(weight, Form.index(m));
    Expr sum = new Expr.Reduce(ReduceOp.SUM, m, Expr.i32(0), size, Form.mul(w, w));
    Expr.Read spread = names.local("spread", real);
    Expr mean = Form.div(sum, Form.convert(real, size));
    List<Stmt> body = new ArrayList<>();
    body.add(new Stmt.Let(spread.name(), new Expr.Unary(UnaryOp.SQRT, mean)));
    String k = names.fresh("k");
    Expr zero = Expr.i32(0);
    Expr word =
        new Expr.Philox(Expr.i32(STREAM), Form.index(k), Expr.i32(number), zero, zero, zero);
    Expr z = new Expr.Call(Function.NORMAL, real, List.of(word));
    Stmt.Store store = new Stmt.Store(own, Form.index(k), Form.mul(z, spread));
    body.add(new Stmt.Loop(k, zero, size, Stmt.Order.INDEPENDENT, List.of(store)));
    return new Kernel("draw:" + own.name(), Phase.BUILD, body);
  }
}
