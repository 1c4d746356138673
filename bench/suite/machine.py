"""What was measured, and where."""
import datetime
import os
import platform
import subprocess

from suite.programs import BRIAN2, ROOT


def said(command):
    """The first line that a command prints, empty if there is no such command."""
    try:
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.stdout.splitlines()[0] if done.returncode == 0 and done.stdout else ""
    except OSError:
        return ""


def processor():
    with open("/proc/cpuinfo") as file:
        fields = [line.split(":", 1) for line in file if ":" in line]
    names = {key.strip(): value.strip() for key, value in fields}
    widest = "AVX-512" if "avx512f" in names.get("flags", "") else "AVX2" if "avx2" in names.get("flags", "") else ""
    return f"{names.get('model name', platform.machine())}, {os.cpu_count()} cores" + (widest and f", {widest}")


def describe(options):
    return {
        "processor": processor(),
        "load": os.getloadavg()[0],
        "date": datetime.date.today().isoformat(),
        "commit": said(["git", "rev-parse", "--short", "HEAD"]),
        "gcc": said(["gcc", "--version"]),
        "brian2": said([BRIAN2, "-c", "import brian2; print(brian2.__version__)"]),
        "repeat": options.repeat,
        "share": options.share,
    }
