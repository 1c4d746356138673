"""Builds the module `bench/kernels` and runs it: JMH benchmarks of single kernels, or the comparison of layouts.

`python3 bench/kernels.py [JMH's arguments]` measures the kernels (`-l` lists them, a name or a part of one chooses);
`python3 bench/kernels.py --layouts [NETWORK…]` forces every layout in turn on six networks and ends with 1 if one that the
compiler chose takes more than 1.15 times as long as the best.
"""
import glob
import os
import re
import subprocess
import sys

from suite.programs import BENCH, ROOT

MODULE = os.path.join(BENCH, "kernels", "target")
KERNELS = "snel.target.jvm.Kernels*"
OF_THEIR_OWN = ["Block", "MaskRows", "Patch", "Product", "Rows", "Turn"]
# What ./snel starts Java with. The benchmarks fork with the same options.
MACHINE = [
    "--add-modules", "jdk.incubator.vector", "--add-exports", "java.base/jdk.internal.module=ALL-UNNAMED",
    "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:CompileCommand=quiet",
    f"-XX:CompileCommand=dontinline,{KERNELS}::k*", f"-XX:CompileCommand=dontinline,{KERNELS}::v*",
    *(f"-XX:CompileCommand=dontinline,snel.runtime.kernel.{one}Vector::*" for one in OF_THEIR_OWN),
]  # fmt: skip


def java_home():
    """A JDK 25 or later, as ./snel looks for one."""
    for home in [os.environ.get("JAVA_HOME", ""), *sorted(glob.glob("/usr/lib/jvm/*"))]:
        try:
            with open(os.path.join(home, "release")) as file:
                version = re.search(r'JAVA_VERSION="(\d+)', file.read())
        except OSError:
            continue
        if version and int(version[1]) >= 25:
            return home
    sys.exit("no JDK 25 was found: set JAVA_HOME")


def main():
    arguments = sys.argv[1:]
    if arguments and arguments[0] == "--help":
        print(__doc__)
        return
    build = ["mvn", "-q", "-B", "-Pbench", "-Dmaven.test.skip=true", "package", "-pl", "bench/kernels", "-am"]
    if subprocess.run(build, cwd=ROOT).returncode:
        sys.exit("the build failed")
    classes = ":".join([*glob.glob(os.path.join(MODULE, "*.jar")), os.path.join(MODULE, "lib", "*")])
    command = [os.path.join(java_home(), "bin", "java"), *MACHINE, "-cp", classes]
    if arguments and arguments[0] == "--layouts":
        command += ["snel.bench.LayoutChoice", os.path.join(BENCH, "programs"), *arguments[1:]]
    else:
        command += ["org.openjdk.jmh.Main", *arguments]
    sys.exit(subprocess.run(command, cwd=ROOT).returncode)


if __name__ == "__main__":
    main()
