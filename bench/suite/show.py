"""Readings as text and as CSV."""
import csv
import io
import json
import math

HEAD = (
    f"{'':2} {'network':18} {'peer':7} {'peer s':>8} {'Snel: thread':>12} {'process':>8} {'rest':>8}"
    f"   {'ratio: thread':>21} {'process':>21} {'rest':>21}   {'must':>6}"
)


def number(value):
    """Three figures, a dash for what was not read."""
    if value is None:
        return "-"
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:.{digits}f}"


def quotient(found):
    if found is None:
        return "-"
    return f"{found['median']:.3f} ({found['least']:.3f}, {found['most']:.3f})"


def text(row):
    """The lines of one network."""
    ours, theirs, ratios = row["ours"], row["theirs"], row["ratios"]
    name = f"{row['letter']:2} {row['network']:18} {row['peer']:7}"
    if "command" in ratios:
        lines = [
            f"{name} command to result, CPU s: peer {number(theirs['whole'])}, Snel {number(ours['whole'])},"
            f" ratio {quotient(ratios['command'])}; wall s: {number(theirs['whole_wall'])},"
            f" {number(ours['whole_wall'])}, ratio {quotient(ratios['command_wall'])}; must {row['must']:.3f}"
        ]
    else:
        lines = [
            f"{name} {number(theirs['loop']):>8} {number(ours.get('thread')):>12} {number(ours['process']):>8}"
            f" {number(ours.get('rest')):>8}   {quotient(ratios.get('thread')):>21} {quotient(ratios['process']):>21}"
            f" {quotient(ratios.get('rest')):>21}   {row['must']:6.3f}"
            + (" per delivered event" if row["per_event"] else "")
        ]
        lines.append(
            f"     wall s: peer {number(theirs['wall'])}, Snel {number(ours['wall'])}; start-up, CPU s: peer"
            f" {number(theirs.get('start'))}, Snel {number(ours.get('start'))}; wall s: {number(theirs.get('start_wall'))},"
            f" {number(ours.get('start_wall'))}"
        )
        lines.append(
            f"     million synaptic events/s: peer {number(theirs['events_per_s'] / 1e6)}, Snel"
            f" {number(ours['events_per_s'] / 1e6)}; million neuron updates/s: {number(theirs['updates_per_s'] / 1e6)},"
            f" {number(ours['updates_per_s'] / 1e6)}"
        )
    lines.append(f"     peak memory, MB: peer {number(theirs['memory'])}, Snel {number(ours['memory'])}")
    for check in row["agreement"]:
        values = ", ".join(number(value) for value in check["values"])
        lines.append(f"     {'agrees' if check['holds'] else 'DIFFERS'}: {check['what']} {values} (band {check['band']})")
    return "\n".join(lines)


def as_csv(rows):
    """One line a network, the medians only."""
    out = io.StringIO()
    writer = None
    for row in rows:
        flat = {key: row[key] for key in ("letter", "network", "peer", "simulated_s", "neurons", "must", "aim")}
        for reading in ("thread", "process", "rest", "command", "command_wall"):
            for part in ("median", "least", "most"):
                flat[f"ratio_{reading}_{part}"] = row["ratios"].get(reading, {}).get(part)
        for side in ("ours", "theirs"):
            for key in (
                "thread", "process", "rest", "loop", "wall", "start", "start_wall", "whole", "whole_wall",
                "memory", "events", "events_per_s", "updates_per_s",
            ):  # fmt: skip
                flat[f"{side}_{key}"] = row[side].get(key)
        flat["agrees"] = all(check["holds"] for check in row["agreement"])
        writer = writer or csv.DictWriter(out, flat.keys())
        if not out.tell():
            writer.writeheader()
        writer.writerow(flat)
    return out.getvalue()


def as_json(machine, rows):
    return json.dumps({"machine": machine, "rows": rows}, indent=1)
