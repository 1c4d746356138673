"""Runs Snel and its peers, and says what each took."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(BENCH)
SNEL = os.path.join(ROOT, "snel")
BRIAN2 = "/usr/bin/python3"  # Debian's, which has python3-brian


class Run:
    """A program that has been run: the last JSON line it wrote, its processor and wall seconds, its memory in MB."""

    def __init__(self, command, folder, environment=None):
        started = time.monotonic()
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            child = subprocess.Popen(
                command, cwd=folder, stdout=out, stderr=err, text=True, env={**os.environ, **(environment or {})}
            )
            _, status, usage = os.wait4(child.pid, 0)
            self.wall = time.monotonic() - started
            child.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            lines = [line for line in out if line.startswith("{")]
            if not lines:
                sys.exit(f"{' '.join(command)} gave no result (exit {child.returncode})\n{err.read()}")
        self.line = json.loads(lines[-1])
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024


def snel(program, experiment, settings=(), seed=1, environment=None, threads=("--threads", "1")):
    """One experiment, always run anew; `expect`s that do not hold are no reason to stop."""
    with tempfile.TemporaryDirectory() as folder:
        options = [part for setting in settings for part in ("--set", setting)]
        run = Run(
            [
                SNEL, "run", program, experiment, "--format", "json", "--fresh", *threads, "--seed", str(seed),
                "--out", folder, *options,
            ],
            ROOT,
            environment,
        )  # fmt: skip
    if run.line.get("state") != "done":
        sys.exit(f"{program} {experiment} {' '.join(settings)}: {run.line.get('message', run.line)}")
    return run


class Brian2:
    """A network compiled by Brian2 once, to be run with one seed after another."""

    name = "Brian2"

    def __init__(self, script, seconds):
        command = [BRIAN2, *script, "--asked", "--duration", f"{seconds:g}"]
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            command, cwd=os.path.join(BENCH, "brian2"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.errors, text=True,
        )  # fmt: skip
        self._line()

    def run(self, seed):
        self.process.stdin.write(f"{seed}\n")
        self.process.stdin.flush()
        return self._line()

    def _line(self):
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        self.errors.seek(0)
        sys.exit(f"{' '.join(self.process.args)} ended early\n{self.errors.read()}")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class HandWritten:
    """The C program of ours for network A, compiled for this machine."""

    name = "C"

    def __init__(self, name, seconds):
        self.seconds = seconds
        self.folder = tempfile.mkdtemp(prefix="bench-c-")
        self.program = os.path.join(self.folder, name)
        source = os.path.join(BENCH, "c", name + ".c")
        subprocess.run(["gcc", "-O3", "-march=native", "-o", self.program, source, "-lm"], check=True)

    def run(self, seed):
        return Run([self.program, str(seed), f"{self.seconds:g}"], self.folder).line

    def close(self):
        shutil.rmtree(self.folder)


def peer(kind, network, share):
    """A peer ready to run this network; None where its program is not installed."""
    seconds = network.seconds(share)
    if kind == "c":
        return HandWritten(network.name, seconds) if shutil.which("gcc") else None
    return Brian2(network.peer_script, seconds) if has_brian2() else None


def has_brian2():
    probe = [BRIAN2, "-c", "import importlib.util as u; exit(u.find_spec('brian2') is None)"]
    return os.path.exists(BRIAN2) and subprocess.run(probe).returncode == 0


def brian2_whole(network, seed, share):
    """Brian2 from the command to the result, compiling included."""
    command = [BRIAN2, *network.peer_script, "--seed", str(seed), "--duration", f"{network.seconds(share):g}"]
    return Run(command, os.path.join(BENCH, "brian2"))
