package snel.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// `import std.neurons.Lif`, `import std.neurons as models`, `import lab.stdp.{TripletStdp as
/// Triplet, Other}`. With braces `names` is not empty and `alias` is absent.
public record Import(QualifiedName path, @Nullable Name alias, List<Imported> names, Span span)
    implements Node {

  /// One name between the braces, perhaps renamed.
  public record Imported(Name name, @Nullable Name alias, Span span) implements Node {}
}
