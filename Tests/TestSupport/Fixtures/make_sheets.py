#!/usr/bin/env python3
"""Makes sheets.json: what NumPy and Python's statistics make of the formulas for looking into a latent space.

quantiles    probabilities and statistics.NormalDist().inv_cdf of them          equal within 1e-9
traversals   numpy.linspace over the range of a prior, as disvae does           equal within 1e-6
swings       m + a sin(2 pi t + phi) through a start                            equal within 1e-6
plane        bilinear between four corners, row by row                          equal within 1e-6
prior        rows, their means and numpy.std(ddof=1)                            equal within 1e-6
draws        mu + temperature * sigma * RandomState(seed).standard_normal       equal within 1e-5
losses       rows of mu and log variance, the mean latent loss a dimension      equal within 1e-6
"""
import json
from pathlib import Path
from statistics import NormalDist

import numpy as np

random = np.random.RandomState(9)


def traversal(mean, deviation, text, steps):
    reach = NormalDist().inv_cdf(1 - float(text[1:])) if text[0] == "q" else float(text)
    return {"mean": mean, "deviation": deviation, "range": text, "steps": steps,
            "values": np.linspace(mean - reach * deviation, mean + reach * deviation, steps).tolist()}


def swing(low, high, start, frames):
    wide = min(low, start), max(high, start)
    middle, reach = np.mean(wide), (wide[1] - wide[0]) / 2
    phase = np.arcsin((start - middle) / reach)
    return {"low": low, "high": high, "start": start,
            "values": (middle + reach * np.sin(2 * np.pi * np.arange(frames) / frames + phase)).tolist()}


def plane(columns, rows):
    a, b, c, d = corners = random.standard_normal((4, 5)).astype("f4")
    u, v = np.linspace(0, 1, columns)[None, :, None], np.linspace(0, 1, rows)[:, None, None]
    points = (1 - v) * ((1 - u) * a + u * b) + v * ((1 - u) * c + u * d)
    return {"corners": corners.tolist(), "columns": columns, "rows": rows, "points": points.reshape(-1, 5).tolist()}


def prior():
    rows = (random.standard_normal((7, 20)) * 2 + 1).astype("f4")
    return {"rows": rows.tolist(), "means": rows.astype(float).mean(0).tolist(),
            "deviations": rows.astype(float).std(0, ddof=1).tolist()}


def draws(seed, temperature, count):
    mean, log_variance = random.standard_normal((2, 20)).astype("f4")
    sigma = np.exp(log_variance.astype(float) / 2)
    noise = [np.random.RandomState(seed + k).standard_normal(20) for k in range(count)]
    return {"mean": mean.tolist(), "logVariance": log_variance.tolist(), "seed": seed, "temperature": temperature,
            "values": [(mean + temperature * sigma * e).tolist() for e in noise]}


def losses():
    mean, log_variance = random.standard_normal((2, 6, 20)).astype("f4")
    mu, s = mean.astype(float), log_variance.astype(float)
    return {"means": mean.tolist(), "logVariances": log_variance.tolist(),
            "mean": ((mu ** 2 + np.exp(s) - s - 1) / 2).mean(0).tolist()}


probabilities = [1e-6, 1e-4, 0.001, 0.0123, 0.05, 0.1, 0.25, 0.49, 0.5, 0.51, 0.75, 0.95, 0.99, 0.999999]
sheets = {
    "quantiles": [[p, NormalDist().inv_cdf(p)] for p in probabilities],
    "traversals": [traversal(0, 1, "3", 7), traversal(0, 1, "q0.05", 7), traversal(1.5, 0.25, "q0.01", 4),
                   traversal(-2, 3, "0.5", 2)],
    "swings": [swing(-3, 3, 0, 12), swing(-3, 3, 1.25, 10), swing(-1.6, 1.6, -1.6, 8), swing(-1, 1, 2.5, 9)],
    "plane": plane(4, 3), "prior": prior(), "draws": draws(5, 0.7, 3), "losses": losses(),
}
(Path(__file__).parent / "sheets.json").write_text(json.dumps(sheets, indent=1) + "\n")
