"""Runs programs in turn and measures each as a whole process.

Imports little on purpose: what a process had in memory before it became another program counts in that program's peak.
"""
import os
import subprocess
import sys
import time
from statistics import median
from typing import NamedTuple


class Run(NamedTuple):
    wall: float       # seconds
    cpu: float        # seconds, user and system
    memory: float     # peak, MB
    output: str


def run(command):
    """Runs a command to its end; ends the benchmark when it fails."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, command))} failed:\n{output}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


def in_turn(commands, rounds, before=lambda: None):
    """Runs every command once a round, in turn; the runs of each by its name, without the warm-up's.

    `before` is called before each run, unmeasured.
    """
    runs = {name: [] for name in commands}
    for number in range(-1, rounds):
        for name, command in commands.items():
            before()
            one = run(command)
            note = "warm-up" if number < 0 else f"{number + 1} of {rounds}"
            print(f"  {name}, {note}: {one.wall:.2f} s, CPU {one.cpu:.2f} s, {one.memory:.0f} MB", file=sys.stderr)
            if number >= 0:
                runs[name].append(one)
    return runs


def middle(runs, fact):
    return median(getattr(one, fact) for one in runs)


def markdown(header, rows):
    """A Markdown table; all columns but the first are numbers."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)
