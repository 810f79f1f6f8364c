#!/usr/bin/env python3
"""Measures a large grid with labels beside decoding alone: time and peak memory.

    grid.py [--model FOLDER] [--decoder fast|exact] [--cells N] [--rounds N]

Needs the built commands (`swift build -c release --product facewalk`, and the same with `decode-only`) and no Python
package. The two take turns, and each pair gives a ratio, so that a machine with other work tells the truth as well.
Prints a table.
"""
import argparse
import re
import sys
import tempfile
from pathlib import Path
from statistics import median

from measure import markdown, run

HERE = Path(__file__).parent
BUILT = HERE.parent / ".build/release"


def network(model, decoder):
    """The decoder's file, and how many numbers it takes, as model.yaml says."""
    text = (model / "model.yaml").read_text()
    key = "fast" if decoder == "fast" else "file"
    line = re.search(r"^decoder:.*$", text, re.M).group()
    file = re.search(rf"\b{key}: ([^,}}]+)", line)
    if not file:
        sys.exit(f"grid: {model} states no {decoder} decoder in one line.")
    return model / file.group(1).strip(), re.search(r"shape: \[(\d+)\]", text).group(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=HERE.parent / "Models/portraits-128")
    parser.add_argument("--decoder", choices=["fast", "exact"], default="fast")
    parser.add_argument("--cells", type=int, default=10_000, help="pictures of the grid (10,000: 100 x 100)")
    parser.add_argument("--rounds", type=int, default=3, help="pairs that are measured (3)")
    options = parser.parse_args()
    for product in ["facewalk", "decode-only"]:
        if not (BUILT / product).exists():
            sys.exit(f"grid: {product} is not built. Run 'swift build -c release --product {product}' first.")
    file, latents = network(options.model, options.decoder)
    pairs = []
    with tempfile.TemporaryDirectory(prefix="facewalk-grid-") as folder:
        grid = [BUILT / "facewalk", "sample", "--count", str(options.cells), "--labels", "index", "-m", options.model,
                "--decoder", options.decoder, "-o", f"{folder}/grid.png", "-y", "-q"]
        decoding = [BUILT / "decode-only", file, latents, str(options.cells)]
        for number in range(options.rounds):
            alone = run(decoding)
            for path in Path(folder).iterdir():
                path.unlink()
            whole = run(grid)
            pairs.append((whole, alone))
            print(f"  {number + 1} of {options.rounds}: grid {whole.wall:.1f} s (CPU {whole.cpu:.1f} s, "
                  f"{whole.memory:.0f} MB), decoding {alone.wall:.1f} s (CPU {alone.cpu:.1f} s)", file=sys.stderr)
    ratio = {fact: median(getattr(whole, fact) / getattr(alone, fact) for whole, alone in pairs)
             for fact in ("wall", "cpu")}
    memory = max(whole.memory for whole, _ in pairs)
    wholes, alones = zip(*pairs)
    print(markdown(
        [f"{options.cells:,} cells, {options.decoder} decoder", "wall", "CPU time", "peak memory"],
        [["decoding alone", *(f"{median(getattr(one, fact) for one in alones):.1f} s" for fact in ("wall", "cpu")), ""],
         ["grid with labels", *(f"{median(getattr(one, fact) for one in wholes):.1f} s" for fact in ("wall", "cpu")),
          f"{memory:.0f} MB"],
         ["grid ÷ decoding, median of pairs", f"{ratio['wall']:.2f}", f"{ratio['cpu']:.2f}", ""]]), end="")


if __name__ == "__main__":
    main()
