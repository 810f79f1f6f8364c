"""A fast decoder beside the exact one: how near its frames are, how steady a morph, how much faster.

Both run in OpenVINO just as `facewalk` runs them.
"""

import time

import numpy
import openvino

from .modelfolder import as_bytes, decibels

SAMPLE_COUNT = 500
MORPH_COUNT, MORPH_FRAMES = 10, 50

# What a fast decoder must reach to be worth it.
GOALS = {
    "mean dB": (">=", 44),
    "worst dB": (">=", 38),
    "largest change": ("<=", 1.1),
    "times as fast": (">=", 2),
}


class FacewalkDecoder:
    """A decoder as `facewalk` compiles it: f32 where nothing is rounded, one latent a time, several in flight."""

    core = openvino.Core()

    def __init__(self, path, latent_shape, threads=2):
        model = self.core.read_model(path)
        model.reshape([1, *latent_shape])
        self.network = self.core.compile_model(model, "CPU", {
            "INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_NUM_THREADS": threads,
        })  # fmt: skip
        self.in_flight = self.network.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS") + 2

    def __call__(self, latents):
        """Pictures, N × 3 × height × width, not clamped."""
        pictures = numpy.empty((len(latents), *self.network.output(0).shape[1:]), numpy.float32)

        def keep(request, number):
            pictures[number] = request.get_output_tensor(0).data[0]

        self._run(latents, keep)
        return pictures

    def seconds(self, latents):
        """How long the frames take, nothing else done with them."""
        self._run(latents[: self.in_flight], lambda request, number: None)
        start = time.perf_counter()
        self._run(latents, lambda request, number: None)
        return time.perf_counter() - start

    def _run(self, latents, keep):
        queue = openvino.AsyncInferQueue(self.network, self.in_flight)
        queue.set_callback(keep)
        for number in range(len(latents)):
            queue.start_async({0: latents[number : number + 1]}, number)
        queue.wait_all()


def comparison(exact_path, fast_path, samples, ends, pixels, seed=2024):
    """The figures of a fast decoder beside the exact one.

    `samples` are latents of random faces; `ends` those of held-out faces, between whose pairs morphs are made.
    `pixels` brings what a decoder answers to 0…1.
    """
    chance = numpy.random.RandomState(seed)
    latents = numpy.concatenate([samples, *(morph(ends, chance) for _ in range(MORPH_COUNT))]).astype(
        numpy.float32
    )
    shape = latents.shape[1:]
    exact, fast = FacewalkDecoder(exact_path, shape), FacewalkDecoder(fast_path, shape)
    answers = fast(latents)
    right, found = pixels(exact(latents)), pixels(answers)
    nearness = decibels(found, right)
    changes = [largest_changes(pictures[len(samples) :]) for pictures in (right, found)]
    one_thread = FacewalkDecoder(fast_path, shape, threads=1)(latents)
    exact_rate, fast_rate = rates(exact, fast, latents[:100])
    figures = {
        "latents": len(latents),
        "mean dB": nearness.mean(),
        "worst dB": nearness.min(),
        "1st percentile dB": numpy.percentile(nearness, 1),
        "worst of morphs dB": nearness[len(samples) :].min(),
        # In written frames: of all morphs, and each morph by itself.
        "largest change": changes[1].max() / changes[0].max(),
        "largest change, worst morph": (changes[1] / changes[0]).max(),
        "largest change, median morph": float(numpy.median(changes[1] / changes[0])),
        "exact frames a second": exact_rate,
        "fast frames a second": fast_rate,
        "times as fast": fast_rate / exact_rate,
        "same bytes for 1 and 2 threads": bool(numpy.array_equal(answers, one_thread)),
        "8-bit instructions": byte_instructions(),
    }
    return {name: round(float(value), 4) if isinstance(value, (float, numpy.floating)) else value
            for name, value in figures.items()}  # fmt: skip


def missed(figures):
    """The goals that the figures miss, in words."""
    compare = {">=": float.__ge__, "<=": float.__le__}
    words = [f"{name} is {figures[name]:.2f} and should be {sign} {goal}"
             for name, (sign, goal) in GOALS.items()
             if not compare[sign](float(figures[name]), float(goal))]  # fmt: skip
    if not figures["same bytes for 1 and 2 threads"]:
        words.append("frames differ between 1 and 2 threads")
    return words


def morph(ends, chance):
    """The latents of a morph between two of `ends`."""
    start, end = ends[chance.choice(len(ends), 2, replace=False)]
    shares = numpy.linspace(0, 1, MORPH_FRAMES).reshape(-1, *[1] * start.ndim)
    return start * (1 - shares) + end * shares


def largest_changes(pictures):
    """For each morph, the largest change from one frame to the next: root of the mean square, in bytes."""
    frames = as_bytes(pictures).astype(numpy.float32)
    frames = frames.reshape(MORPH_COUNT, MORPH_FRAMES, -1)
    return numpy.sqrt(((frames[:, 1:] - frames[:, :-1]) ** 2).mean(2)).max(1)


def rates(exact, fast, latents, rounds=8):
    """Frames a second of both, in turns, so that other work on the machine hits both; the best round counts."""
    times = [(exact.seconds(latents), fast.seconds(latents)) for _ in range(rounds)]
    return tuple(len(latents) / min(column) for column in zip(*times))


def byte_instructions():
    """The instructions that this processor multiplies bytes with, as Linux names them."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            flags = next((line.split() for line in file if line.startswith("flags")), [])
    except OSError:
        return []
    return [flag for flag in ("avx_vnni", "avx512_vnni", "amx_int8") if flag in flags]
