"use strict";
// Draws every element of class "chart" with uPlot, in the colours of the page's own theme.
(() => {
  const FONT = "12px system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif";

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colour = (index) => css(`--series-${(index % 8) + 1}`);

  function decode(text, Type) {
    const raw = atob(text);
    const bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return new Type(bytes.buffer);
  }

  // uPlot draws a gap at null; there arrays hold NaN, or what no axis reaches.
  const gaps = (values) => Array.from(values, (value) => (Number.isFinite(value) ? value : null));

  // Thousands of the whole part apart.
  const apart = (number) => String(number).replace(/^-?\d{4,}/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, "\u202f"));

  const short = (value) => {
    if (value == null) return "";
    const size = Math.abs(value);
    if (value === 0 || (size >= 1e-3 && size < 1e6)) return apart(Number(value.toPrecision(5)));
    return value.toExponential(2);
  };

  const power = (value, digits) => {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    return `${Number(mantissa)}e${Number(exponent)}`;
  };

  // How many digits tell numbers of this size apart that lie so close.
  const digitsFor = (most, step) => Math.min(15, Math.max(5, 2 + Math.ceil(Math.log10(most / step))) || 5);

  // Numbers of one axis are written one way: from a million on in millions, below a thousandth with an exponent.
  const labels = (_, splits) => {
    const most = Math.max(0, ...splits.map((value) => Math.abs(value ?? 0)));
    const digits = digitsFor(most, Math.abs(splits[1] - splits[0]));
    return splits.map((value) => {
      if (value == null) return "";
      if (value === 0) return "0";
      if (most >= 1e9 || most < 1e-3) return power(value, digits);
      if (most >= 1e6) return `${apart(Number((value / 1e6).toPrecision(digits)))} M`;
      return apart(Number(value.toPrecision(digits)));
    });
  };

  function axis(label, more) {
    return {
      label,
      labelFont: FONT,
      labelSize: label ? 20 : 0,
      labelGap: 0,
      font: FONT,
      stroke: css("--quiet"),
      grid: { stroke: css("--grid"), width: 1 },
      ticks: { stroke: css("--rule"), width: 1, size: 5 },
      ...more,
    };
  }

  // Marks of what is counted stand at whole numbers.
  const WHOLE = Array.from({ length: 13 }, (_, k) => [1, 2, 5].map((step) => step * 10 ** k)).flat();

  const vertical = (label, more) =>
    axis(label, {
      ...more,
      values: labels,
      // as wide as the longest number needs
      size: (_, values) => 24 + 7 * Math.max(...(values ?? [""]).map((text) => (text ?? "").length)),
    });

  // Numbers that are long for their digits or exponents stand further apart.
  const room = (_, __, low, high) => {
    const most = Math.max(Math.abs(low), Math.abs(high));
    const digits = digitsFor(most, (high - low) / 10);
    return 50 + 7 * (digits - 5 + (most < 1e-3 || most >= 1e9 ? 4 : 0));
  };

  const horizontal = (label) =>
    axis(label, { size: 30, values: labels, space: room });

  const base = (element, height) => ({
    width: Math.max(280, element.clientWidth),
    height,
    scales: { x: { time: false } },
    cursor: { drag: { x: true, y: false } },
    legend: { markers: { fill: (_, index) => colour(index - 1) } },
  });

  function key(element, entries) {
    const list = document.createElement("div");
    list.className = "key";
    entries.forEach(([name, stroke]) => {
      const entry = document.createElement("span");
      const swatch = document.createElement("i");
      swatch.style.background = stroke;
      entry.append(swatch, name);
      list.append(entry);
    });
    element.append(list);
  }

  function raster(element, chart) {
    // neurons of one group are numbered as in their population
    const first = chart.populations.length === 1 ? chart.populations[0].first : 0;
    let total = first;
    const groups = chart.populations.map((population, index) => {
      const group = {
        name: population.name,
        times: decode(population.times, Float32Array),
        ids: decode(population.ids, Int32Array),
        from: total,
        to: total + population.neurons,
        stroke: colour(index),
      };
      total = group.to;
      return group;
    });
    const draw = (u) => {
      const { ctx } = u;
      const ratio = devicePixelRatio;
      const row = u.bbox.height / Math.max(1, total - first);
      const high = Math.min(Math.max(row * 0.8, 2 * ratio), 9 * ratio);
      const wide = 1.6 * ratio;
      ctx.save();
      ctx.beginPath();
      ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
      ctx.clip();
      groups.forEach((group) => {
        ctx.fillStyle = group.stroke;
        for (let e = 0; e < group.times.length; e++) {
          const x = u.valToPos(group.times[e], "x", true);
          const y = u.valToPos(group.from + group.ids[e] + 0.5, "y", true);
          ctx.fillRect(x - wide / 2, y - high / 2, wide, high);
        }
      });
      ctx.restore();
    };
    const options = {
      ...base(element, Math.min(420, Math.max(160, 60 + (total - first) * 3))),
      legend: { show: false },
      series: [{}, { paths: () => null, points: { show: false } }],
      axes: [horizontal(chart.horizontal), vertical("neuron", { incrs: WHOLE })],
      hooks: { draw: [draw] },
    };
    options.scales.x.range = (u, low, high) => (u.zoomed ? [low, high] : [chart.from, chart.to]);
    options.hooks.setSelect = [(u) => (u.zoomed = u.select.width > 0)];
    options.scales.y = { range: () => [first, Math.max(first + 1, total)] };
    const plot = new uPlot(options, [[chart.from, chart.to], [first, total]], element);
    plot.over.addEventListener("dblclick", () => {
      plot.zoomed = false;
      plot.setScale("x", { min: chart.from, max: chart.to });
    });
    key(element, groups.map((group) => [`${group.name} (${group.to - group.from})`, group.stroke]));
    return plot;
  }

  function lines(element, chart) {
    const shared = decode(chart.lines[0].x, Float64Array);
    const tables = chart.lines.map((line) => [
      Array.from(line.x === "" ? shared : decode(line.x, Float64Array)),
      gaps(decode(line.y, chart.marked ? Float64Array : Float32Array)),
    ]);
    const same = chart.lines.every((line, index) => index === 0 || line.x === "");
    const data = same ? [tables[0][0], ...tables.map((table) => table[1])] : uPlot.join(tables);
    const series = chart.lines.map((line, index) => ({
      label: line.name,
      stroke: colour(index),
      width: 1.5,
      spanGaps: !same,
      value: (_, value) => short(value),
      points: chart.marked
        ? { show: true, size: 6, fill: colour(index) }
        : { show: data[0].length === 1 },
    }));
    const options = {
      ...base(element, 300),
      series: [{ label: chart.horizontal, value: (_, value) => short(value) }, ...series],
      axes: [horizontal(chart.horizontal), vertical(chart.vertical)],
    };
    return new uPlot(options, data, element);
  }

  function bars(element, chart) {
    const edges = Array.from(decode(chart.edges, Float64Array));
    const counts = Array.from(decode(chart.counts, Float32Array));
    const options = {
      ...base(element, 260),
      series: [
        { label: chart.horizontal, value: (_, value) => short(value) },
        {
          label: "count",
          stroke: colour(0),
          fill: colour(0) + "55",
          width: 1.5,
          paths: uPlot.paths.stepped({ align: 1 }),
          points: { show: false },
          value: (_, value) => short(value),
        },
      ],
      axes: [horizontal(chart.horizontal), vertical("count", { incrs: WHOLE })],
    };
    options.scales.y = { range: (_, low, high) => [0, high > 0 ? high * 1.05 : 1] };
    // the last step must reach the last edge
    return new uPlot(options, [edges, [...counts, counts[counts.length - 1]]], element);
  }

  // A plot of which everything but the axes is drawn by hand.
  function drawn(element, height, axes, x, y, draw) {
    const options = {
      ...base(element, height),
      legend: { show: false },
      series: [{}, { paths: () => null, points: { show: false } }],
      axes,
      hooks: { draw: [(u) => {
        const { ctx } = u;
        ctx.save();
        draw(u, ctx, devicePixelRatio);
        ctx.restore();
      }] },
    };
    options.cursor = { show: false };
    options.scales = { x: { time: false, ...x.scale, range: () => x.range }, y: { range: () => y.range } };
    return new uPlot(options, [x.range, y.range], element);
  }

  function disc(ctx, x, y, radius) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  }

  const spread = (values, part) => {
    const finite = values.filter(Number.isFinite);
    const low = Math.min(...finite);
    const high = Math.max(...finite);
    const room = (high - low || Math.abs(high) || 1) * part;
    return [low - room, high + room];
  };

  function ranges(element, chart) {
    const [values, lows, highs, references] = [chart.values, chart.lows, chart.highs, chart.references].map((text) =>
      Array.from(decode(text, Float64Array)));
    const n = chart.names.length;
    const rows = axis("", {
      splits: () => chart.names.map((_, k) => n - k - 0.5),
      values: () => chart.names,
      size: 20 + 7 * Math.max(...chart.names.map((name) => name.length)),
      grid: { show: false },
    });
    const [low, high] = spread([...lows, ...highs, ...references], 0.05);
    const plot = drawn(element, 70 + 26 * n, [horizontal(chart.horizontal), rows], { range: [low, high] }, { range: [0, n] }, (u, ctx, ratio) => {
      for (let k = 0; k < n; k++) {
        const y = u.valToPos(n - k - 0.5, "y", true);
        const at = (value) => u.valToPos(value, "x", true);
        ctx.strokeStyle = ctx.fillStyle = colour(0);
        ctx.lineWidth = 2 * ratio;
        ctx.beginPath();
        ctx.moveTo(at(lows[k]), y);
        ctx.lineTo(at(highs[k]), y);
        ctx.stroke();
        disc(ctx, at(values[k]), y, 4.5 * ratio);
        ctx.fill();
        if (Number.isFinite(references[k])) {
          ctx.strokeStyle = colour(1);
          disc(ctx, at(references[k]), y, 4.5 * ratio);
          ctx.stroke();
        }
      }
    });
    key(element, [["mean, and range over the seeds", colour(0)], ["published, for the data and size of the paper", colour(1)]]);
    return plot;
  }

  // Writes each name where it covers least of the discs and of the names before it; far from its disc with a line to it.
  function label(ctx, ratio, box, discs, names) {
    const size = 6 * ratio;
    const taken = discs.map(([x, y]) => [x - size, y - size, x + size, y + size]);
    const common = ([a, b, c, d], [e, f, g, h]) => Math.max(0, Math.min(c, g) - Math.max(a, e)) * Math.max(0, Math.min(d, h) - Math.max(b, f));
    const height = 13 * ratio;
    discs.forEach(([x, y], k) => {
      const width = ctx.measureText(names[k]).width;
      let best = { cost: Infinity };
      for (const ring of [0, 1, 2, 3, 4]) {
        const away = (8 + 11 * ring) * ratio;
        for (const [right, up] of [[1, 0], [-1, 0], [1, 1], [1, -1], [-1, 1], [-1, -1], [0, 1], [0, -1]]) {
          const left = right > 0 ? x + away : right < 0 ? x - away - width : x - width / 2;
          const middle = y - up * (right ? 0.75 : 1.25) * away;
          const area = [left, middle - height / 2, left + width, middle + height / 2];
          const outside = width * height - common(area, [box.left, box.top, box.left + box.width, box.top + box.height]);
          const cost = taken.reduce((sum, other) => sum + common(area, other), 4 * outside) + ring * height;
          if (cost < best.cost) best = { cost, ring, left, middle, area, right };
        }
      }
      taken.push(best.area);
      if (best.ring > 0) {
        ctx.strokeStyle = css("--quiet");
        ctx.lineWidth = 0.7 * ratio;
        ctx.beginPath();
        ctx.moveTo(x, y);
        ctx.lineTo(best.right > 0 ? best.left : best.right < 0 ? best.left + width : best.left + width / 2, best.middle);
        ctx.stroke();
      }
      ctx.fillStyle = css("--quiet");
      ctx.textAlign = "left";
      ctx.textBaseline = "middle";
      ctx.fillText(names[k], best.left, best.middle);
    });
  }

  function points(element, chart) {
    const x = Array.from(decode(chart.x, Float64Array));
    const y = Array.from(decode(chart.y, Float64Array));
    const [low, high] = spread(x.map(Math.log10), 0.15);
    // 1, 2 and 5 of each power of ten; over a wide range the powers alone
    const steps = high - low > 4 ? [1] : [1, 2, 5];
    const round = Array.from({ length: 41 }, (_, k) => steps.map((step) => Number(`${step}e${k - 20}`))).flat();
    const tens = { filter: (_, splits) => splits, splits: () => round.filter((v) => v >= 10 ** low && v <= 10 ** high) };
    return drawn(
      element, 260 + 8 * x.length, [{ ...horizontal(chart.horizontal), ...tens }, vertical(chart.vertical)],
      { range: [10 ** low, 10 ** high], scale: { distr: 3 } }, { range: spread(y, 0.1) },
      (u, ctx, ratio) => {
        ctx.font = `${12 * ratio}px system-ui, sans-serif`;
        const discs = x.map((value, k) => [u.valToPos(value, "x", true), u.valToPos(y[k], "y", true)]);
        ctx.fillStyle = colour(0);
        discs.forEach(([left, top]) => { disc(ctx, left, top, 4.5 * ratio); ctx.fill(); });
        label(ctx, ratio, u.bbox, discs, chart.names);
      });
  }

  const KINDS = { raster, lines, bars, ranges, points };
  let plots = [];

  function drawAll() {
    plots.forEach((plot) => plot.destroy());
    plots = [];
    document.querySelectorAll(".chart").forEach((element) => {
      element.replaceChildren();
      const plot = KINDS[element.dataset.kind](element, JSON.parse(element.dataset.chart));
      plot.place = element;
      plots.push(plot);
    });
    document.documentElement.dataset.charts = plots.length;
  }

  drawAll();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  new ResizeObserver(() =>
    plots.forEach((plot) => {
      const width = Math.max(280, plot.place.clientWidth);
      if (width !== plot.width) plot.setSize({ width, height: plot.height });
    })
  ).observe(document.body);
})();
