#!/usr/bin/env python3
"""Makes numpy/: random numbers and array files as NumPy writes them.

file                       holds                                               expected
-------------------------  --------------------------------------------------  ----------------------------------------
standard-normal.json       RandomState(seed).standard_normal(130) by seed      equal bit for bit, for every count
float32.npy                float32 (5, 192): element i in C order is i / 8     read
float64.npy                float64 (5, 192): the same values                   read
big-endian.npy             float32, most significant byte first, (5, 192)      read
version-2.npy              float32 (5, 192), header of version 2.0             read
one-dimensional.npy        float32 (192,)                                      read as one row
spatial.npy                float32 (4, 3, 8, 8)                                read as four rows of [3, 8, 8]
fortran.npy                float32 (3, 4) in Fortran order                     read: row 1 is 0.5, 0.625, 0.75, 0.875
int64.npy                  int64 (5, 192)                                      refused: type
truncated.npy              float32.npy without its last 100 bytes              refused: the file ends too early
object.npy                 a pickled list of objects                           refused: type; nothing is unpickled
"""
import json
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "numpy"
SEEDS = [0, 1, 42, 4294967295]


def counted(*shape, type="<f4"):
    """Values that a test can work out, exact in every type: element i in C order is i / 8."""
    return (np.arange(np.prod(shape)) / 8).astype(type).reshape(shape)


def main():
    FOLDER.mkdir(exist_ok=True)
    # The legacy generator makes Gaussians in pairs, and a second call must not see the first one's left half.
    normals = {seed: np.random.RandomState(seed).standard_normal(130).tolist() for seed in SEEDS}
    for seed, values in normals.items():
        assert np.random.RandomState(seed).standard_normal(129).tolist() == values[:129]
    lines = ",\n".join(f'  "{seed}": {json.dumps(values)}' for seed, values in normals.items())
    (FOLDER / "standard-normal.json").write_text(f"{{\n{lines}\n}}\n")

    np.save(FOLDER / "float32.npy", counted(5, 192))
    np.save(FOLDER / "float64.npy", counted(5, 192, type="<f8"))
    np.save(FOLDER / "big-endian.npy", counted(5, 192, type=">f4"))
    np.save(FOLDER / "one-dimensional.npy", counted(192))
    np.save(FOLDER / "spatial.npy", counted(4, 3, 8, 8))
    np.save(FOLDER / "fortran.npy", np.asfortranarray(counted(3, 4)))
    np.save(FOLDER / "int64.npy", np.arange(960).reshape(5, 192))
    with open(FOLDER / "version-2.npy", "wb") as file:
        np.lib.format.write_array(file, counted(5, 192), version=(2, 0))
    (FOLDER / "truncated.npy").write_bytes((FOLDER / "float32.npy").read_bytes()[:-100])
    np.save(FOLDER / "object.npy", np.array([{"a": 1}, None, "text"], dtype=object), allow_pickle=True)


if __name__ == "__main__":
    main()
