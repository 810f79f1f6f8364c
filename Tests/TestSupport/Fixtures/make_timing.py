#!/usr/bin/env python3
"""Makes numpy/timing.json: what NumPy gives for the formulas of a path's time and way. Needs numpy.

key          holds
-----------  ---------------------------------------------------------------------------------------------------------
eases        by name, the progress at 0, 1/40, …, 1; each written out, without the symmetries that Swift uses
keyframes    four points of six numbers, and the fractions at which the ways between them are told
spherical    from each keyframe to the next, at the fractions
cubic        the same along the spline, its ends open
cubic-loop   the same, and from the last keyframe to the first, the spline being closed
pace         steps of change, shares of their sum, and the fractions at which they are reached; how uneven the steps are
"""
import json
from pathlib import Path

import numpy as np

FILE = Path(__file__).parent / "numpy" / "timing.json"


def bounce_out(x):
    n, d = 7.5625, 2.75
    return np.select(
        [x < 1 / d, x < 2 / d, x < 2.5 / d],
        [n * x**2, n * (x - 1.5 / d) ** 2 + 0.75, n * (x - 2.25 / d) ** 2 + 0.9375],
        n * (x - 2.625 / d) ** 2 + 0.984375)


def eases(x):
    c1, c2 = 1.70158, 1.70158 * 1.525
    half = x < 0.5
    y = 2 * x
    return {
        "linear": x,
        "smoothstep": 3 * x**2 - 2 * x**3,
        "quad-in": x**2, "quad-out": 1 - (1 - x) ** 2,
        "quad-in-out": np.where(half, 2 * x**2, 1 - (-2 * x + 2) ** 2 / 2),
        "cubic-in": x**3, "cubic-out": 1 - (1 - x) ** 3,
        "cubic-in-out": np.where(half, 4 * x**3, 1 - (-2 * x + 2) ** 3 / 2),
        "sine-in": 1 - np.cos(x * np.pi / 2), "sine-out": np.sin(x * np.pi / 2),
        "sine-in-out": -(np.cos(np.pi * x) - 1) / 2,
        "back-in": (c1 + 1) * x**3 - c1 * x**2, "back-out": 1 + (c1 + 1) * (x - 1) ** 3 + c1 * (x - 1) ** 2,
        "back-in-out": np.where(
            half, y**2 * ((c2 + 1) * y - c2) / 2, ((y - 2) ** 2 * ((c2 + 1) * (y - 2) + c2) + 2) / 2),
        "bounce-in": 1 - bounce_out(1 - x), "bounce-out": bounce_out(x),
        "bounce-in-out": np.where(half, (1 - bounce_out(1 - y)) / 2, (1 + bounce_out(y - 1)) / 2),
    }


def spherical(a, b, t):
    angle = np.arccos(np.dot(a / np.linalg.norm(a), b / np.linalg.norm(b)))
    return (np.sin((1 - t) * angle) * a + np.sin(t * angle) * b) / np.sin(angle)


def cubic(points, t):
    matrix = np.array([[0, 2, 0, 0], [-1, 0, 1, 0], [2, -5, 4, -1], [-1, 3, -3, 1]]) / 2
    return np.array([1, t, t**2, t**3]) @ matrix @ points


def main():
    x = np.arange(41) / 40
    random = np.random.RandomState(7)
    keyframes = random.standard_normal((4, 6)).astype(np.float32).astype(np.float64)
    fractions = [-0.4, -0.1, 0.125, 0.25, 0.5, 0.7, 0.9, 1.1, 1.5]
    ends = np.vstack([2 * keyframes[0] - keyframes[1], keyframes, 2 * keyframes[3] - keyframes[2]])
    ring = np.vstack([keyframes[3], keyframes, keyframes[0], keyframes[1]])
    steps = random.gamma(2, 1, 16)
    steps[5] = 0
    shares = np.arange(1, 40) / 40
    values = {
        "eases": {name: y.tolist() for name, y in eases(x).items()},
        "keyframes": keyframes.tolist(),
        "fractions": fractions,
        "spherical": [[spherical(keyframes[i], keyframes[i + 1], t).tolist() for t in fractions] for i in range(3)],
        "cubic": [[cubic(ends[i:i + 4], t).tolist() for t in fractions] for i in range(3)],
        "cubic-loop": [[cubic(ring[i:i + 4], t).tolist() for t in fractions] for i in range(4)],
        "pace": {
            "steps": steps.tolist(), "shares": shares.tolist(),
            "fractions": np.interp(shares * steps.sum(), np.append(0, steps.cumsum()), np.arange(17) / 16).tolist(),
            "unevenness": np.std(steps) / np.mean(steps),
        },
    }
    FILE.write_text(",\n".join(json.dumps(values).split(", \"")).replace(",\n", ",\n\"") + "\n")


if __name__ == "__main__":
    main()
