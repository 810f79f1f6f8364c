"""An 8-bit twin of a decoder: NNCF's post-training quantisation, with what was found to pay.

A convolution of 3 × 3 multiplies bytes; the rest stays as it was, since it takes little time and costs quality:
the linear layer, the 1 × 1 convolutions between resolutions, the last convolution and the sums of the blocks.
Left alone, NNCF would also round the two factors of each SiLU, which costs 2 dB and keeps OpenVINO from fusing it.
"""

import contextlib
import os
import sys

import numpy
import onnx

from .onnxfiles import halve_weights, widen_weights

# How much of the outliers of a channel is moved from the activations into the weights, 0 to 1.
SMOOTHING = 0.7

# A range is the mean of the extremes of this many latents at a time: of one at a time it cuts off the rarest
# faces, and of all together it is so wide that all other faces get coarser.
LATENTS_PER_RANGE = 4

# Convolutions that are left as they are, by the ends of their names, where rounding all of them misses a goal: for
# its time, each adds the most change from frame to frame.
STEADYING_LAYERS = ["head_128/spread/Conv", "trunk.2/conv_1/Conv", "trunk.2/conv_2/Conv"]

# How many latents of each kind ranges are measured on, and how much wider than the prior the widest are drawn.
CALIBRATION_COUNT = 150
WIDEST_SPREAD = 1.15


def quantised(path, latents, smoothing=SMOOTHING, latents_per_range=LATENTS_PER_RANGE, exact_layers=()):
    """The 8-bit twin of the decoder in the ONNX file at `path`, as an ONNX model of plain QuantizeLinear nodes.

    `latents` is N × the latent's shape, as the decoder takes them: what ranges are measured on.
    Convolutions whose names end with one of `exact_layers` are not rounded.
    """
    os.environ.setdefault("NNCF_CI", "1")  # sends no statistics of its use
    with contextlib.redirect_stdout(sys.stderr):
        import nncf
        from nncf.quantization.advanced_parameters import (
            AdvancedQuantizationParameters,
            AdvancedSmoothQuantParameters,
        )
        from nncf.quantization.range_estimator import RangeEstimatorParametersSet

        exact = widen_weights(onnx.load(path))
        name = exact.graph.input[0].name
        parts = [latents[at : at + latents_per_range] for at in range(0, len(latents), latents_per_range)]
        others = sorted({node.op_type for node in exact.graph.node} - {"Conv"})
        model = nncf.quantize(
            exact,
            nncf.Dataset([{name: part} for part in parts]),
            subset_size=len(parts),
            # SiLU is asymmetric: its outputs begin at −0.28.
            preset=nncf.QuantizationPreset.MIXED,
            # Smoothing is for transformers alone, unless convolutions are named too.
            model_type=nncf.ModelType.TRANSFORMER,
            ignored_scope=nncf.IgnoredScope(types=others, names=unrounded(exact, exact_layers), validate=False),
            advanced_parameters=AdvancedQuantizationParameters(
                activations_range_estimator_params=RangeEstimatorParametersSet.MEAN_MINMAX,
                smooth_quant_alphas=AdvancedSmoothQuantParameters(convolution=smoothing, matmul=-1),
            ),
        )
    undo_smoothing(model, exact)
    halve_weights(model)
    onnx.checker.check_model(model)
    return model


def unrounded(model, exact_layers=()):
    """The names of the convolutions that stay as they are: all of 1 × 1, the last, and those of `exact_layers`."""
    shapes = {tensor.name: tuple(tensor.dims) for tensor in model.graph.initializer}
    convolutions = [node for node in model.graph.node if node.op_type == "Conv"]
    small = [node for node in convolutions if set(shapes.get(node.input[1], (0, 0, 0))[2:]) == {1}]
    stated = [node for node in convolutions if node.name.endswith(tuple(exact_layers))]
    return sorted({node.name for node in [*stated, *small, convolutions[-1]]})


def undo_smoothing(model, exact):
    """Takes the factors away again before convolutions that are not rounded: there they only cost time."""
    graph = model.graph
    weights = {tensor.name: tensor for tensor in exact.graph.initializer}
    for factor in [node for node in graph.node if node.name.endswith("nncf_smooth_quant")]:
        users = [node for node in graph.node if factor.output[0] in node.input]
        if any(node.op_type != "Conv" or node.input[1] not in weights for node in users):
            continue
        for node in users:
            node.input[0] = factor.input[0]
            tensor = next(tensor for tensor in graph.initializer if tensor.name == node.input[1])
            tensor.CopyFrom(weights[tensor.name])
        graph.node.remove(factor)
    used = {name for node in graph.node for name in node.input}
    for tensor in [tensor for tensor in graph.initializer if tensor.name not in used]:
        graph.initializer.remove(tensor)


def calibration_latents(means, samples, seed=5):
    """Latents to measure ranges on: real faces, morphs between them, and random faces, in mixed order.

    `means` are those of real faces, N × shape; `samples` draws random ones, a function of their count and a
    generator, or is None.
    """
    chance = numpy.random.RandomState(seed)
    count = min(CALIBRATION_COUNT, len(means))
    real = means[chance.choice(len(means), count, replace=False)]
    kinds = [real, morphs_at_random(means, CALIBRATION_COUNT, chance)]
    if samples:
        kinds += [samples(CALIBRATION_COUNT, chance), WIDEST_SPREAD * samples(CALIBRATION_COUNT, chance)]
    latents = numpy.concatenate(kinds).astype(numpy.float32)
    return latents[chance.permutation(len(latents))]


def morphs_at_random(means, count, chance):
    """Points on the straight lines between pairs of latents."""
    starts, ends = (means[chance.randint(0, len(means), count)] for _ in range(2))
    shares = chance.rand(count, *[1] * (means.ndim - 1))
    return starts * (1 - shares) + ends * shares
