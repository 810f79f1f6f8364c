#!/usr/bin/env python3
"""Measures runs of many jobs: how fast what is done is passed over, how fast short jobs follow each other, and memory.

    batch.py [--rounds N] [SECTION …]

Sections: uptodate, hashing, throughput, processes, memory; all of them by default. Needs the built command (`swift build -c release
--product facewalk`), no Python package, and a machine that does nothing else. Prints tables.
"""
import argparse
import itertools
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import in_turn, markdown, middle, run

HERE = Path(__file__).parent
FACEWALK = HERE.parent / ".build/release/facewalk"
FACES = ["ada.jpg", "grace.jpg", "katherine.jpg"]


def make_pairs(folder, photos, count):
    """A job file of `count` pairs of `photos` photos, each a row of four pictures; no two photos have equal bytes."""
    (folder / "faces").mkdir(parents=True)
    for number in range(photos):
        picture = (HERE.parent / "Pipelines/faces" / FACES[number % len(FACES)]).read_bytes()
        # What stands behind the end of a JPEG changes its bytes and not the picture.
        (folder / f"faces/{number}.jpg").write_bytes(picture + str(number).encode())
    pairs = itertools.islice(itertools.combinations(range(photos), 2), count)
    rows = [f"faces/{first}.jpg,faces/{second}.jpg\n" for first, second in pairs]
    assert len(rows) == count
    (folder / "pairs.csv").write_text("from,to\n" + "".join(rows))
    (folder / "jobs.yaml").write_text(
        'for: {rows: pairs.csv}\nmorph: {keyframes: ["{from}", "{to}"], frames: 3}\noutput: out/{index:06}.png\n')
    return [row.strip().split(",") for row in rows]


def up_to_date(folder, rounds):
    """1,000 jobs that are done already and share 50 photos."""
    make_pairs(folder, 50, 1000)
    command = [FACEWALK, "run", "-q", folder / "jobs.yaml"]
    run(command)
    largest = max(file.stat().st_size for file in (folder / "out").glob("*.png"))
    runs = in_turn({"up to date": command}, rounds)["up to date"]
    seconds = middle(runs, "wall")
    return [[f"1,000 jobs up to date, 50 photos, results up to {largest // 1000} kB", f"{seconds:.2f} s",
             f"{1000 / seconds:.0f} jobs a second"]]


def hashing(folder, rounds, megabytes=512):
    """How fast a large result is held against its record: one that isn't, so that nothing else is done."""
    folder.mkdir()
    (folder / "job.yaml").write_text("sample: {seeds: 1}\noutput: x.png\n")
    run([FACEWALK, "run", "-q", folder / "job.yaml"])

    def look():
        start = time.perf_counter()
        # It says that the result was changed, and so can't be made.
        subprocess.run([FACEWALK, "run", "-n", "-y", folder / "job.yaml"], stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - start

    small = min(look() for _ in range(rounds))
    piece = bytes(range(256)) * 4096
    with open(folder / "x.png", "wb") as file:
        for _ in range(megabytes * 1_000_000 // len(piece)):
            file.write(piece)
    size = (folder / "x.png").stat().st_size / 1e6
    large = min(look() for _ in range(rounds))
    return [[f"A result of {size:.0f} MB held against its record", f"{large - small:.2f} s",
             f"{size / (large - small):.0f} MB a second"]]


def throughput(folder, rounds):
    """100 short jobs as one run, and as 100 runs of the command."""
    pairs = make_pairs(folder, 15, 100)

    def clear():
        shutil.rmtree(folder / "out", ignore_errors=True)

    def separate():
        clear()
        (folder / "out").mkdir()
        start = time.perf_counter()
        for number, (first, second) in enumerate(pairs):
            run([FACEWALK, "morph", folder / first, folder / second, "--frames", "3", "-q", "-o",
                 folder / f"out/{number:06}.png"])
        return time.perf_counter() - start

    batch = [FACEWALK, "run", "-q", folder / "jobs.yaml"]
    runs = in_turn({"one run": batch, "one run, --jobs 4": [*batch, "--jobs", "4"]}, rounds, clear)
    apart = separate()
    rows = [["100 short jobs, each a run of the command", f"{apart:.1f} s", "1.0"]]
    for name, ones in runs.items():
        seconds = middle(ones, "wall")
        rows.append([f"100 short jobs, {name}", f"{seconds:.1f} s", f"{apart / seconds:.1f} times the throughput"])
    return rows


def processes(folder, rounds):
    """The same videos by one process with two threads, and by two at once with one thread each."""
    folder.mkdir()
    (folder / "jobs.yaml").write_text(
        'for: {seed: 1-12}\nmorph: {keyframes: ["seed:{seed}", "seed:100"], frames: 120}\n'
        "output: out/{seed}.mp4\n")
    command = [FACEWALK, "run", "-q", folder / "jobs.yaml", "--threads"]
    one, two = [], []
    for _ in range(rounds):
        shutil.rmtree(folder / "out", ignore_errors=True)
        start = time.perf_counter()
        run([*command, "2"])
        one.append(time.perf_counter() - start)
        shutil.rmtree(folder / "out")
        start = time.perf_counter()
        shards = [subprocess.Popen([*command, "1", "--shard", f"{number}/2"], stdout=subprocess.DEVNULL) for number in [1, 2]]
        assert [shard.wait() for shard in shards] == [0, 0]
        two.append(time.perf_counter() - start)
    ratio = statistics.median(first / second for first, second in zip(one, two))
    return [["12 videos of 121 frames, one process, --threads 2", f"{statistics.median(one):.1f} s", "1.00"],
            ["12 videos of 121 frames, two processes, --threads 1 and half of the chunks each",
             f"{statistics.median(two):.1f} s", f"{ratio:.2f} times the throughput"]]


def memory(folder, rounds):
    """Peak memory of 10 and of 10,000 jobs."""
    folder.mkdir()
    peaks = {}
    for count in [10, 10_000]:
        file = folder / f"{count}.yaml"
        file.write_text(f'for: {{seed: 1-{count}}}\nsample: {{seeds: "{{seed}}"}}\noutput: {count}/{{seed:06}}.png\n')
        peaks[count] = run([FACEWALK, "run", "-q", "--jobs", "4", file]).memory
    return [[f"Peak memory, {count:,} jobs rendered", f"{peak:.0f} MB", f"{peak - peaks[10]:+.0f} MB"]
            for count, peak in peaks.items()]


SECTIONS = {"uptodate": up_to_date, "hashing": hashing, "throughput": throughput,
            "processes": processes, "memory": memory}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="runs of each measurement (5)")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    options = parser.parse_args()
    if unknown := [name for name in options.sections if name not in SECTIONS]:
        parser.error(f"'{unknown[0]}' is no section; use {', '.join(SECTIONS)}")
    if not FACEWALK.exists():
        sys.exit("batch: the command is not built. Run 'swift build -c release --product facewalk' first.")
    rows = []
    with tempfile.TemporaryDirectory(prefix="facewalk-batch-") as folder:
        for name in options.sections or SECTIONS:
            print(f"{name}:", file=sys.stderr)
            rows += SECTIONS[name](Path(folder) / name, options.rounds)
    print(markdown(["", "", ""], rows), end="")


if __name__ == "__main__":
    main()
