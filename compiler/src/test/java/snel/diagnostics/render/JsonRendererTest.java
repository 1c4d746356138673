package snel.diagnostics.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.SourceFile;
import snel.source.Span;

class JsonRendererTest {
  private final SourceFile file = new SourceFile("a \"b\".snn", "let x = 1\nspike\n");

  @Test
  void writesEveryPartOnOneLine() {
    var diagnostic =
        Diagnostic.of(Code.UNKNOWN_NAME, "unknown\tname", new Span(file, 10, 15), "here")
            .label(new Span(file, 4, 5), "there")
            .note("n")
            .help("h\ue000\ud800")
            .fix("write `y`", new Span(file, 4, 5), "y");
    assertEquals(
        """
        {"code":"E0108","name":"unknown-name","severity":"error","message":"unknown\\tname",\
        "primary":{"file":"a \\"b\\".snn","start":{"line":2,"column":1,"offset":10},\
        "end":{"line":2,"column":6,"offset":15},"text":"here"},\
        "secondary":[{"file":"a \\"b\\".snn","start":{"line":1,"column":5,"offset":4},\
        "end":{"line":1,"column":6,"offset":5},"text":"there"}],\
        "notes":["n"],"helps":["h\ue000\\ud800"],\
        "fix":{"description":"write `y`","file":"a \\"b\\".snn",\
        "start":{"line":1,"column":5,"offset":4},"end":{"line":1,"column":6,"offset":5},\
        "replacement":"y"}}\
        """,
        new JsonRenderer().render(diagnostic));
  }

  @Test
  void writesAnArray() {
    assertEquals("[]\n", new JsonRenderer().render(List.of()));
    var one = Diagnostic.of(Code.NEVER_READ, "m", new Span(file, 4, 5));
    String object = new JsonRenderer().render(one);
    assertEquals(
        "[\n" + object + ",\n" + object + "\n]\n", new JsonRenderer().render(List.of(one, one)));
  }
}
