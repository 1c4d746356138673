package snel.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Backward;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.ReduceOp;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Training;

/// The loss of a sample and its derivatives by the readings, in one kernel.
final class Losses {
  private final Scalar real;
  private final Training training;
  private final Readings readings;
  private final Program program;
  private final List<List<Buffer>> targets;
  private final List<Buffer> made = new ArrayList<>();
  private final Buffer loss =
      new Buffer(Backward.SAMPLE_LOSS, Cell.F64, Length.of(1), Role.SCRATCH);
  private final Optional<Buffer> slot;
  private final Names names = new Names();

  Losses(Program program, Training training, Readings readings) {
    this.real = program.real();
    this.training = training;
    this.readings = readings;
    this.slot = program.buffers().stream().filter(b -> b.name().equals(Backward.SLOT)).findFirst();
    this.program = program;
    this.targets = targets(program, training);
  }

  /// For each part of the loss what it is told of each sample.
  static List<List<Buffer>> targets(Program program, Training training) {
    Cell cell = program.real() == Scalar.F32 ? Cell.F32 : Cell.F64;
    List<List<Buffer>> all = new ArrayList<>();
    int number = 0;
    for (Training.Part part : training.loss()) {
      List<Buffer> own = new ArrayList<>();
      for (int size : part.targets()) {
        own.add(new Buffer(Backward.target(number), cell, Length.of(size), Role.SCRATCH));
        number++;
      }
      all.add(own);
    }
    return all;
  }

  List<Buffer> buffers() {
    List<Buffer> all = new ArrayList<>();
    targets.forEach(all::addAll);
    all.add(loss);
    all.addAll(made);
    return all;
  }

  Kernel kernel() {
    List<Stmt> body = new ArrayList<>();
    body.add(new Stmt.Store(loss, Expr.i32(0), Expr.f64(0)));
    for (int k = 0; k < training.loss().size(); k++) {
      switch (training.loss().get(k)) {
        case Training.Usual usual -> usual(usual, k, body);
        case Training.Written written -> written(written, k, body);
      }
    }
    return new Kernel(Backward.LOSS, Phase.ON_DEMAND, body);
  }

  private void usual(Training.Usual part, int number, List<Stmt> body) {
    switch (part.kind()) {
      case Training.Kind.CrossEntropy _ -> crossEntropy(part, number, body);
      case Training.Kind.Squares squares -> squares(part, squares, number, body);
      case Training.Kind.MeanSquare _ -> meanSquare(part, number, body);
      case Training.Kind.Outside outside -> outside(part, outside, number, body);
      case Training.Kind.Total(boolean mean) -> total(part, mean, number, body);
      case Training.Kind.Trains(int steps) -> {
        Expr last = Expr.i32(steps * part.reading().size());
        add(part, new Expr.Load(targets.get(number).getFirst(), last), body);
      }
    }
  }

  private Expr value(Training.Usual part, String k) {
    return value(part, Form.index(k));
  }

  private Expr value(Training.Usual part, Expr k) {
    Expr reading = new Expr.Load(readings.of(part.reading()), inReading(part, k));
    return Form.mul(reading, number(part.scale()));
  }

  private static Expr inReading(Training.Usual part, Expr k) {
    return part.first() == 0 ? k : Form.add(Expr.i32(part.first()), k);
  }

  private Expr number(double value) {
    return Expr.real(real, value);
  }

  private Expr over(ReduceOp op, Training.Usual part, String k, Expr each) {
    return new Expr.Reduce(op, k, Expr.i32(0), Expr.i32(part.count()), each);
  }

  private Expr let(String name, Expr value, List<Stmt> body) {
    Expr.Read read = names.local(name, value.type());
    body.add(new Stmt.Let(read.name(), value));
    return read;
  }

  private void crossEntropy(Training.Usual part, int number, List<Stmt> body) {
    String m = names.fresh("m");
    Expr top = let("top", over(ReduceOp.MAX, part, m, value(part, m)), body);
    String n = names.fresh("n");
    Expr whole = let("whole", over(ReduceOp.SUM, part, n, share(part, n, top)), body);
    Expr label =
        let("label", new Expr.Convert(Scalar.I32, Form.one(targets.get(number).getFirst())), body);
    Expr chosen = value(part, label);
    Expr log = new Expr.Call(Function.LOG, real, List.of(whole));
    add(part, Form.sub(Form.add(log, top), chosen), body);
    String k = names.fresh("k");
    Expr hit =
        Form.choose(new Expr.Compare(CompareOp.EQ, Form.index(k), label), number(1), number(0));
    Expr slope = Form.sub(Form.div(share(part, k, top), whole), hit);
    derivative(part, k, slope, body);
  }

  private Expr share(Training.Usual part, String k, Expr top) {
    return new Expr.Call(Function.EXP, real, List.of(Form.sub(value(part, k), top)));
  }

  private void squares(
      Training.Usual part, Training.Kind.Squares kind, int number, List<Stmt> body) {
    double each = kind.mean() ? 1.0 / part.count() : 1;
    if (!kind.again()) {
      String n = names.fresh("n");
      Expr far = Form.sub(value(part, n), target(kind, number, n));
      Expr sum = let("sum", over(ReduceOp.SUM, part, n, Form.mul(far, far)), body);
      add(part, Form.mul(sum, number(each)), body);
    }
    String k = names.fresh("k");
    Expr difference = Form.sub(value(part, k), target(kind, number, k));
    derivative(part, k, Form.mul(difference, number(2 * each)), body);
  }

  private void meanSquare(Training.Usual part, int number, List<Stmt> body) {
    double each = 1.0 / part.count();
    String n = names.fresh("n");
    Expr sum = let("sum", over(ReduceOp.SUM, part, n, value(part, n)), body);
    Expr mean = Form.mul(sum, number(each));
    Expr far = let("far", Form.sub(mean, Form.one(targets.get(number).getFirst())), body);
    add(part, Form.mul(far, far), body);
    derivative(part, names.fresh("k"), Form.mul(far, number(2 * each)), body);
  }

  private void total(Training.Usual part, boolean mean, int number, List<Stmt> body) {
    double each = mean ? 1.0 / part.count() : 1;
    String n = names.fresh("n");
    Expr sum = let("sum", over(ReduceOp.SUM, part, n, value(part, n)), body);
    add(part, Form.mul(sum, number(each)), body);
    derivative(part, names.fresh("k"), number(each), body);
  }

  private Expr target(Training.Kind.Squares kind, int number, String k) {
    Expr index = kind.targets() == 1 ? Expr.i32(0) : Form.index(k);
    return new Expr.Load(targets.get(number).getFirst(), index);
  }

  private void outside(
      Training.Usual part, Training.Kind.Outside kind, int number, List<Stmt> body) {
    double each = 1.0 / part.count();
    String n = names.fresh("n");
    Expr value = value(part, n);
    Expr low = number(kind.low());
    Expr high = number(kind.high());
    Expr far =
        Form.choose(
            new Expr.Compare(CompareOp.LT, value, low),
            Form.sub(low, value),
            Form.choose(
                new Expr.Compare(CompareOp.GT, value, high), Form.sub(value, high), number(0)));
    Expr sum = let("sum", over(ReduceOp.SUM, part, n, far), body);
    add(part, Form.mul(sum, number(each)), body);
    String k = names.fresh("k");
    Expr own = value(part, k);
    Expr slope =
        Form.choose(
            new Expr.Compare(CompareOp.LT, own, low),
            number(-each),
            Form.choose(new Expr.Compare(CompareOp.GT, own, high), number(each), number(0)));
    derivative(part, k, slope, body);
  }

  private void add(Training.Part part, Expr value, List<Stmt> body) {
    Expr scaled = Form.convert(Scalar.F64, Form.mul(value, number(part.factor())));
    Expr sum = new Expr.Binary(BinaryOp.ADD, Form.one(loss), scaled);
    body.add(new Stmt.Store(loss, Expr.i32(0), sum));
  }

  private void written(Training.Written part, int number, List<Stmt> body) {
    var loss = new WrittenLoss(part, real, names, readings, targets.get(number), body);
    made.addAll(loss.buffers());
    add(part, loss.value(), body);
    for (WrittenLoss.Slope each : loss.slopes()) {
      Training.Node.Read read = each.read();
      String k = names.fresh("k");
      Expr slope =
          Form.mul(each.slope().apply(Form.index(k)), number(part.factor() * read.scale()));
      derivative(read.reading(), read.first(), read.size(), k, slope, body);
    }
  }

  private void derivative(Training.Usual part, String k, Expr slope, List<Stmt> body) {
    Expr more = Form.mul(slope, number(part.factor() * part.scale()));
    derivative(part.reading(), part.first(), part.count(), k, more, body);
  }

  /// Adds to the derivatives by the readings from `first` on.
  private void derivative(
      Training.Reading reading, int first, int count, String k, Expr more, List<Stmt> body) {
    Buffer derivative = program.buffer(Reverse.derivative(readings.of(reading).name()));
    Expr own = first == 0 ? Form.index(k) : Form.add(Expr.i32(first), Form.index(k));
    Expr place =
        slot.map(Form::one)
            .map(sample -> Form.mul(sample, Expr.i32(reading.size())))
            .map(before -> Form.add(before, own))
            .orElse(own);
    Expr before = new Expr.Load(derivative, place);
    Stmt.Store store =
        new Stmt.Store(derivative, place, new Expr.Binary(BinaryOp.ADD, before, more));
    body.add(
        new Stmt.Loop(k, Expr.i32(0), Expr.i32(count), Stmt.Order.INDEPENDENT, List.of(store)));
  }
}
