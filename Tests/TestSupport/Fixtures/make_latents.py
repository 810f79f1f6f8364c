#!/usr/bin/env python3
"""Makes latents/: what NumPy and PyTorch answer, and files of latents as they are written elsewhere.

file                  holds                                                                expected
--------------------  -------------------------------------------------------------------  ------------------------------
torch-normal.json     torch.manual_seed(seed); torch.randn(count), by count and seed       equal within 1e-6
formulas.json         rows, and what NumPy makes of them: see below                        equal within 1e-5
stored.npz            a: float32 (5, 192), element i is i / 8; b: float64 (192,)           read
packed.npz            a and b, and c: random bytes as float32 (40, 192), all compressed     read; equal to stored.npz
pickled.npz           a list of objects                                                    refused; nothing is unpickled
faces.safetensors     z: float32 (5, 192) as a above; d: float64 (2, 192); n: int64         z, d read; n refused: type
"""
import json
from pathlib import Path

import numpy as np
import torch

FOLDER = Path(__file__).parent / "latents"
SEEDS = [0, 1, 42, 4294967295]
COUNTS = [1, 2, 7, 15, 16, 17, 31, 32, 130]


def counted(*shape, type="<f4"):
    return (np.arange(np.prod(shape)) / 8).astype(type).reshape(shape)


def torch_normals(seed, count):
    torch.manual_seed(seed)
    return torch.randn(count).tolist()


def safetensors(path, tensors, metadata):
    names = {"<f4": "F32", "<f8": "F64", "<i8": "I64"}
    header, data = {"__metadata__": metadata}, b""
    for name, array in tensors.items():
        header[name] = {"dtype": names[array.dtype.str], "shape": array.shape,
                        "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def ridge(first, second):
    """The normal and the offset of ridge regression on 1 and -1, by NumPy's solver."""
    rows = np.vstack([first, second]).astype(float)
    labels = np.r_[np.ones(len(first)), -np.ones(len(second))]
    centered = rows - rows.mean(0)
    penalty = 0.01 * (centered ** 2).sum() / rows.shape[1]
    normal = np.linalg.solve(centered.T @ centered + penalty * np.eye(rows.shape[1]),
                             centered.T @ (labels - labels.mean()))
    return normal, labels.mean() - normal @ rows.mean(0)


def formulas():
    random = np.random.RandomState(7)
    dimension = 20
    first = (random.standard_normal((11, dimension)) + 0.4).astype("f4")
    second = (random.standard_normal((8, dimension)) * 1.5).astype("f4")
    rows = np.vstack([first, second]).astype(float)
    mean, log_variance = first[0], (random.standard_normal(dimension) - 2).astype("f4")
    normals = {"numpy": np.random.RandomState(5).standard_normal(dimension).tolist(),
               "torch": torch_normals(5, dimension)}

    def prior(weights, temperature):
        weights = np.array(weights)
        return (rows.mean(0) + temperature * weights @ (rows - rows.mean(0)) / np.sqrt(len(rows) - 1)).tolist()

    # A great many draws have the covariance that numpy.cov gives.
    draws = np.array([prior(random.standard_normal(len(rows)), 1) for _ in range(20_000)])
    assert abs(np.cov(draws.T) - np.cov(rows.T)).max() < 0.15
    seen = [[row for index, row in enumerate(rows) if index % 5 != 4] for rows in (first, second)]
    unseen = [[row for index, row in enumerate(rows) if index % 5 == 4] for rows in (first, second)]
    normal, offset = ridge(*seen)
    apart = first.astype(float).mean(0) - second.astype(float).mean(0)
    return {
        "first": first.tolist(), "second": second.tolist(), "logVariance": log_variance.tolist(),
        # Seed 5, of both kinds.
        "sample": {kind: (mean + np.exp(log_variance.astype(float) / 2) * noise).tolist() for kind, noise in normals.items()},
        "cooled": {kind: (0.7 * np.array(noise)).tolist() for kind, noise in normals.items()},
        "prior": {"numpy": prior(np.random.RandomState(5).standard_normal(len(rows)), 0.7),
                  "torch": prior(torch_normals(5, len(rows)), 0.7)},
        "sum": (first[0].astype(float) + 1.5 * second[1] - 0.25 * first[2]).tolist(),
        "average": rows.mean(0).tolist(),
        "difference": apart.tolist(),
        "normal": normal.tolist(),
        "linear": (normal * (normal @ apart) / (normal @ normal)).tolist(),
        "right": int(sum(row @ normal + offset > 0 for row in unseen[0])
                     + sum(row @ normal + offset <= 0 for row in unseen[1])),
        "heldOut": len(unseen[0]) + len(unseen[1]),
    }


def main():
    FOLDER.mkdir(exist_ok=True)
    normals = {count: {seed: torch_normals(seed, count) for seed in SEEDS} for count in COUNTS}
    (FOLDER / "torch-normal.json").write_text(json.dumps(normals) + "\n")
    (FOLDER / "formulas.json").write_text(json.dumps(formulas()) + "\n")
    a, b = counted(5, 192), counted(192, type="<f8")
    np.savez(FOLDER / "stored.npz", a=a, b=b)
    few = np.random.RandomState(3).randint(0, 3, (40, 192)).astype("<f4")
    np.savez_compressed(FOLDER / "packed.npz", a=a, b=b, c=few)
    np.savez(FOLDER / "pickled.npz", z=np.array([{"a": 1}, None], dtype=object))
    safetensors(FOLDER / "faces.safetensors",
                {"z": a, "d": counted(2, 192, type="<f8"), "n": np.arange(960).reshape(5, 192)}, {"format": "pt"})


if __name__ == "__main__":
    main()
