#!/usr/bin/env python3
"""Measures facewalk beside other programs and writes the tables of README.md. `Scripts/bench` calls it.

    bench.py [--model FOLDER] [--photos A B] [--people A B] [--facemorph PYTHON] [--rounds N] [--programs NAME,…]
             [SECTION …]

Sections: native, sizes, detail, memory, cpu, decoding. With all of them (the default) and all programs README.md is
written; otherwise the tables are printed only. `detail` morphs photos of two real people, all others two crops of the
model's size (--photos), which have no detail.
"""
import argparse
import datetime
import re
import sys
import tempfile
from pathlib import Path

from measure import in_turn, markdown, middle, run

HERE = Path(__file__).parent
BUILT = HERE.parent / ".build/release"
FACES = HERE.parent / "Pipelines/faces"
PYTHON = Path(sys.executable)
PROGRAMS = {"pytorch": "PyTorch + PyAV", "onnxruntime": "ONNX Runtime + PyAV", "openvino": "OpenVINO (Python) + PyAV"}
# With the decoder that the model prefers, and with its exact one, which is what the others run.
OURS = {"facewalk": [], "facewalk-exact": ["--decoder", "exact"]}
NAMES = PROGRAMS | {"facewalk-exact": "facewalk, exact decoder"}
FRAMES = 300
DECODING, ENCODING = "decoding alone", "encoding alone"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.programs = options.programs.split(",") if options.programs else [*OURS, *PROGRAMS]
        prepared = run([PYTHON, HERE / "prepare.py", options.model, folder, str(FRAMES)]).output.split()[-3:]
        self.width, self.height, self.latents = map(int, prepared)
        self.photos = options.photos or [f"{folder}/a.png", f"{folder}/b.png"]

    def command(self, program, size=None, frames=FRAMES, preset="medium"):
        """The morph as one process; facewalk's default size is asked for by leaving the option out."""
        output = f"{self.folder}/{program}.mp4"
        if program not in OURS:
            command = [PYTHON, HERE / f"{program}_pyav.py", *self.photos, "-m", self.options.model, "-o", output]
            return command + ["--frames", str(frames - 1)] + (["--size", str(size)] if size else [])
        command = [BUILT / "facewalk", "morph", *self.photos, "--no-align", "--frames", str(frames - 1),
                   "--detail", "0", "-m", self.options.model, "-o", output, "-y", "-q", "--crf", "18", *OURS[program]]
        command += ["--preset", preset] if preset else []
        return command + ([] if size == 512 else ["--size", str(size or "native")])

    def turns(self, commands, rounds=None):
        return in_turn(commands, rounds or self.options.rounds, before=self.remove_results)

    def remove_results(self):
        """Removes videos and their records, since facewalk does nothing for a result that is there."""
        for path in self.folder.glob("*.mp4*"):
            path.unlink()

    def native(self):
        runs = self.turns({program: self.command(program) for program in self.programs})
        python = [program for program in self.programs if program in PROGRAMS]
        self.best = min(python, key=lambda program: middle(runs[program], "wall")) if python else None
        return f"### The whole job at {self.width} × {self.height}\n\n" + self.table(runs)

    def table(self, runs):
        first = next(iter(runs))
        rows = []
        for name, ones in runs.items():
            wall, cpu, memory = (middle(ones, fact) for fact in ("wall", "cpu", "memory"))
            rows.append([NAMES.get(name, name), f"{wall:.2f} s", f"{wall / middle(runs[first], 'wall'):.2f}",
                         f"{cpu:.2f} s", f"{cpu / middle(runs[first], 'cpu'):.2f}", f"{memory:.0f} MB"])
        return markdown(["", "wall", f"÷ {first}", "CPU time", f"÷ {first}", "peak memory"], rows)

    def sizes(self):
        best = getattr(self, "best", None) or self.programs[-1]
        text = ""
        for size in (512, 1080):
            others = [best, *(name for name in self.programs if name == "openvino")]
            commands = {name: self.command(name, size) for name in dict.fromkeys([*self.programs[:2], *others])}
            if size == 512:
                commands["facewalk, its default preset"] = self.command("facewalk", size, preset=None)
            text += f"### Enlarged to {size}{', the default size' if size == 512 else ''}, without detail\n\n"
            text += self.table(self.turns(commands, rounds=min(self.options.rounds, 3))) + "\n"
        return text.rstrip("\n") + "\n"

    def detail(self):
        """Photos of real people with their detail, beside its parts alone and a warper."""
        text = ""
        for size in (512, 1080):
            commands = {"facewalk": self.people(size), "facewalk, --detail 0": self.people(size, detail=0),
                        DECODING: [BUILT / "decode-only", self.decoder(), str(self.latents), str(FRAMES)],
                        ENCODING: [BUILT / "encode-only", self.raw_frames(size), str(size), str(size),
                                   f"{self.folder}/encoded.mp4", "18", "medium"]}
            if size == 1080:
                commands["facemorph 0.1.0"] = [self.options.facemorph, HERE / "facemorph_job.py", *self.options.people,
                                               "-o", f"{self.folder}/warped.mp4", "--frames", str(FRAMES)]
            runs = self.turns(commands, rounds=min(self.options.rounds, 3))
            cpu = {name: middle(ones, "cpu") for name, ones in runs.items()}
            text += f"### Two people with their detail at {size}\n\n" + self.table(runs) + (
                f"\nThe job takes {cpu['facewalk'] / (cpu[DECODING] + cpu[ENCODING]):.2f} × the CPU time of decoding and "
                f"x264 alone, and {cpu['facewalk'] / cpu['facewalk, --detail 0']:.2f} × that of `--detail 0`; "
                f"x264 is {cpu[ENCODING] / cpu['facewalk']:.0%} of it.\n\n")
        few = middle(runs["facewalk"], "memory")
        self.remove_results()
        many = run(self.people(1080, frames=10 * FRAMES)).memory
        return text + f"{10 * FRAMES:,} frames at 1080 take {many:.0f} MB, {many / few - 1:+.1%}.\n"

    def people(self, size, detail=1, frames=FRAMES, output="people.mp4", crf=18, preset="medium"):
        return [BUILT / "facewalk", "morph", *self.options.people, "--frames", str(frames - 1), "--size", str(size),
                "--detail", str(detail), "--view", "1", "-m", self.options.model, "-o", f"{self.folder}/{output}", "-y",
                "-q", "--crf", str(crf), "--preset", preset]

    def raw_frames(self, size):
        """The very frames that x264 is given, which its lossless mode keeps."""
        raw = f"{self.folder}/frames.yuv"
        run(self.people(size, output="lossless.mp4", crf=0, preset="ultrafast"))
        run([PYTHON, HERE / "raw_frames.py", f"{self.folder}/lossless.mp4", raw])
        return raw

    def decoder(self):
        """The decoder that the model prefers."""
        fast = Path(self.options.model) / "decoder-fast.onnx"
        return fast if fast.exists() else fast.with_name("decoder.onnx")

    def memory(self):
        commands = {str(frames): self.command(self.programs[0], frames=frames) for frames in (FRAMES, 10 * FRAMES)}
        few, many = (middle(ones, "memory") for ones in self.turns(commands, rounds=3).values())
        return (f"### Peak memory of {self.programs[0]}\n\n" + markdown(
            ["frames", "peak memory"], [[FRAMES, f"{few:.1f} MB"], [10 * FRAMES, f"{many:.1f} MB"]])
            + f"\n{many / few - 1:+.1%}.\n")

    def cpu(self):
        runs = self.turns({
            "whole job": self.command("facewalk-exact"),
            DECODING: [BUILT / "decode-only", f"{self.options.model}/decoder.onnx", str(self.latents), str(FRAMES)],
            ENCODING: [BUILT / "encode-only", f"{self.folder}/frames.rgb", str(self.width), str(self.height),
                       f"{self.folder}/encoded.mp4", "18", "medium"],
        })
        times = {name: middle(ones, "cpu") for name, ones in runs.items()}
        ratio = times["whole job"] / (times[DECODING] + times[ENCODING])
        return ("### Where the time goes\n\n" + markdown(
            ["", "CPU time"], [[name, f"{seconds:.2f} s"] for name, seconds in times.items()])
            + f"\nThe whole job takes {ratio:.2f} × as much as its two parts alone.\n")

    def decoding(self):
        decoder = f"{self.options.model}/decoder.onnx"
        runs = self.turns({
            "decode-only": [BUILT / "decode-only", decoder, str(self.latents), "2000"],
            "benchmark_app": [PYTHON.parent / "benchmark_app", "-m", decoder, "-d", "CPU", "-hint", "throughput",
                              "-infer_precision", "f32", "-shape", f"[1,{self.latents}]", "-t", "10"],
        })
        patterns = {"decode-only": r"([\d.]+) frames per second", "benchmark_app": r"Throughput:\s+([\d.]+) FPS"}
        rates = {}
        for name, ones in runs.items():
            found = sorted(float(re.search(patterns[name], one.output).group(1)) for one in ones)
            rates[name] = found[len(found) // 2]
        return ("### Decoding alone\n\n" + markdown(
            ["", "frames a second"], [[name, f"{rate:.0f}"] for name, rate in rates.items()])
            + f"\ndecode-only reaches {rates['decode-only'] / rates['benchmark_app']:.3f} of benchmark_app.\n")


def processor():
    facts = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*:\s*(.*)", facts)
    return f"{model.group(1) if model else 'unknown processor'}, {len(re.findall('^processor', facts, re.M))} cores"


def main():
    sections = ["native", "sizes", "detail", "memory", "cpu", "decoding"]
    parser = argparse.ArgumentParser()
    parser.add_argument("sections", nargs="*", metavar="SECTION")
    parser.add_argument("--model", default=str(HERE.parent / "Models/portraits-128"))
    parser.add_argument("--photos", nargs=2, help="crops of the model's size; two made up faces by default")
    parser.add_argument("--people", nargs=2, default=[FACES / "london-013.jpg", FACES / "london-024.jpg"],
                        help="photos of two real people")
    parser.add_argument("--facemorph", type=Path, default=HERE.parent / ".venv-facemorph/bin/python", metavar="PYTHON",
                        help="a Python that has the package of facemorph-requirements.txt")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--programs", help="facewalk, facewalk-exact and others by name, the first to compare with")
    options = parser.parse_args()
    unknown = set(options.sections) - set(sections)
    if unknown:
        parser.error(f"no section {', '.join(unknown)}; there are {', '.join(sections)}")
    if "detail" in (options.sections or sections) and not options.facemorph.exists():
        parser.error(f"--facemorph: {options.facemorph} is missing, which Scripts/bench makes")

    with tempfile.TemporaryDirectory(prefix="facewalk-bench-") as folder:
        bench = Bench(options, Path(folder))
        texts = []
        for section in options.sections or sections:
            print(section, file=sys.stderr)
            texts.append(getattr(bench, section)())
            print(texts[-1], flush=True)
    if not options.sections and not options.programs:
        readme = HERE / "README.md"
        before, rest = readme.read_text().split(BEGIN)
        when = f"Measured on {datetime.date.today()}: {processor()}; {FRAMES} frames, medians.\n"
        readme.write_text(before + BEGIN + "\n" + "\n".join([when, *texts]) + "\n" + END + rest.split(END)[1])


if __name__ == "__main__":
    main()
