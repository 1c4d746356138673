package snel.lower.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.elaborate.Env;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.resolve.Entity;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Declaration;
import snel.syntax.Expression;

/// Reads calls: the author's functions are put in place, library functions become terms.
final class FunctionReader {
  /// What is computed when compiled or in models only.
  private static final String OF_CONSTANTS = "distance";

  /// Of a deployment and a network, which each would be run.
  private static final String OF_RUNS = "accuracy_of";

  private final ExpressionReader reader;
  private final Work work;

  FunctionReader(ExpressionReader reader) {
    this.reader = reader;
    this.work = reader.work();
  }

  Meaning call(Expression callee, List<Argument> arguments, Span span) {
    Optional<Entity.Declared> own = reader.frame().function(callee);
    if (own.isPresent() && own.get().declaration() instanceof Declaration.Function declared) {
      return declared.isCore()
          ? core(declared, own.get(), arguments, span)
          : inlined(declared, own.get(), arguments, span);
    }
    if (!(callee instanceof Expression.Variable(var name, _))) {
      return work.fault(Code.NO_MEANING_HERE, "this cannot be called here", span);
    }
    String function = name.text();
    var call = new Arguments(reader, function, arguments, span);
    Optional<Meaning> known =
        new RecordFunctions(call)
            .read()
            .or(() -> new MathFunctions(call).read())
            .or(() -> new MeasureFunctions(call).read())
            .or(() -> new SynapseWindow(call).read())
            .or(() -> new TrainFunctions(call).read())
            .or(() -> new FigureFunctions(call).read())
            .or(() -> new DrawFunctions(call).read());
    if (known.isPresent()) {
      return known.get();
    }
    if (function.equals(OF_CONSTANTS)) {
      return work.fault(
          Code.NO_MEANING_HERE,
          "`" + function + "` of what is known only when running has no value in an experiment",
          span);
    }
    if (function.equals(OF_RUNS)) {
      return ofRuns(span);
    }
    if (function.equals(Stalled.NAME)) {
      return Stalled.misplaced(work, span);
    }
    return work.fault(
        Code.UNKNOWN_NAME,
        "unknown function `" + function + "`" + Nearest.hint(function, names()),
        span);
  }

  private Meaning ofRuns(Span span) {
    work.fault(
        Diagnostic.of(
                Code.NO_MEANING_HERE,
                "`" + OF_RUNS + "` needs runs of their own, which an experiment does not begin",
                span)
            .help(
                "write an experiment for each network that scores a read-out and reports its"
                    + " `accuracy`; `snel compare` sets programs side by side"));
    return Meaning.FAULTY;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(reader.frame().env().file().functionNames());
    names.addAll(MathFunctions.NAMES);
    names.addAll(MeasureFunctions.NAMES);
    names.addAll(TrainFunctions.NAMES);
    names.addAll(FigureFunctions.NAMES);
    names.addAll(DrawFunctions.NAMES);
    return names;
  }

  /// The parameters of a declared function with what they are given.
  private Optional<Map<String, Meaning>> bound(
      Declaration.Function function,
      Entity.Declared declared,
      List<Argument> arguments,
      Span span) {
    Frame inner = Frame.of(Env.of(declared.scope()));
    Map<String, Meaning> bound = new LinkedHashMap<>();
    var given = new Arguments(reader, function.name().text(), arguments, span);
    for (int k = 0; k < function.parameters().size(); k++) {
      var parameter = function.parameters().get(k);
      Optional<Expression> value = given.expression(parameter.name().text(), k);
      Expression fallback = parameter.fallback();
      if (value.isEmpty() && fallback == null) {
        work.fault(
            Code.MISSING_ARGUMENT,
            "`" + function.name().text() + "` wants `" + parameter.name().text() + "`",
            span);
        return Optional.empty();
      }
      Meaning meaning =
          value.isPresent() || fallback == null
              ? reader.read(value.orElseThrow())
              : new ExpressionReader(work, inner).read(fallback);
      inner.define(parameter.name().text(), meaning);
      bound.put(parameter.name().text(), meaning);
    }
    return Optional.of(bound);
  }

  private Meaning inlined(
      Declaration.Function function,
      Entity.Declared declared,
      List<Argument> arguments,
      Span span) {
    Frame inner = Frame.of(Env.of(declared.scope()));
    Optional<Map<String, Meaning>> bound = bound(function, declared, arguments, span);
    if (bound.isEmpty()) {
      return Meaning.FAULTY;
    }
    var once = new ArgumentsOnce(work, bound.get());
    once.meanings().forEach(inner::define);
    Meaning result = new ExpressionReader(work, inner).read(function.body());
    return result instanceof Meaning.Live(var term, var unit)
        ? Meaning.of(once.around(term), unit)
        : result;
  }

  /// A function of the library whose body is in the core.
  private Meaning core(
      Declaration.Function function,
      Entity.Declared declared,
      List<Argument> arguments,
      Span span) {
    Function known =
        switch (function.name().text()) {
          case "threshold_crossing" -> Function.THRESHOLD_CROSSING;
          case "difference_of_gaussians" -> Function.DIFFERENCE_OF_GAUSSIANS;
          case "averaged" -> Function.AVERAGED;
          case "moved" -> Function.MOVED;
          case "spectrogram" -> Function.SPECTROGRAM;
          default -> null;
        };
    if (known == null) {
      return work.fault(
          Code.NO_MEANING_HERE, "`" + function.name().text() + "` has no value here", span);
    }
    Optional<Map<String, Meaning>> bound = bound(function, declared, arguments, span);
    if (bound.isEmpty()) {
      return Meaning.FAULTY;
    }
    List<Term> terms = new ArrayList<>();
    bound.get().values().forEach(meaning -> reader.term(meaning, span).ifPresent(terms::add));
    if (terms.size() < bound.get().size()) {
      return Meaning.FAULTY;
    }
    Optional<Diagnostic> wrong = EncoderLimits.wrong(known, function.name().text(), terms, span);
    if (wrong.isPresent()) {
      work.fault(wrong.get());
      return Meaning.FAULTY;
    }
    return Meaning.of(new Term.Call(known, terms, Type.array(-1, -1)));
  }
}
