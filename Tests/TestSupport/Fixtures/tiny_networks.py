"""The networks of make_models.py: an averaging encoder and a decoder that undoes it, each in several dialects."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


class Network:
    """A network that grows step by step; `step` returns the name of its output."""

    def __init__(self, name, shape, batch="N"):
        self.batch, self.nodes, self.constants, self.outputs = batch, [], [], []
        self.input = helper.make_tensor_value_info(name, TensorProto.FLOAT, [batch, *shape])

    def step(self, operator, *inputs, to=None, **attributes):
        names = [i if isinstance(i, str) else self.constant(i) for i in inputs]
        output = to or f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, names, [output], **attributes))
        return output

    def constant(self, value):
        value = np.asarray(value)
        value = value.astype(np.float32 if value.dtype.kind == "f" else np.int64)
        self.constants.append(numpy_helper.from_array(value, f"c{len(self.constants)}"))
        return self.constants[-1].name

    def zero_point(self):
        self.constants.append(numpy_helper.from_array(np.array(0, np.uint8), f"c{len(self.constants)}"))
        return self.constants[-1].name

    def output(self, name, tensor, shape):
        self.step("Identity", tensor, to=name)
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [self.batch, *shape]))

    def model(self):
        graph = helper.make_graph(self.nodes, "tiny", [self.input], self.outputs, self.constants)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9, producer_name="make_models.py")
        onnx.checker.check_model(model, full_check=True)
        return model


def per_channel(values):
    """Values that broadcast over [N, channels, height, width]."""
    return np.asarray(values, np.float64).reshape(1, -1, 1, 1)


def encoder(layout="nchw", channels="rgb", mean=0.0, std=1.0, batch="N", latent="flat", scale=1.0, shift=0.0,
            spread="log_variance", moments=None, noise=False, block=4):
    """An encoder of pictures that were normalised by `mean` and `std`, for latents given in units of scale and shift."""
    depth = 1 if channels == "gray" else 3
    side = 32 // block
    count = depth * side * side
    shape = [depth, side, side] if latent == "spatial" else [count]
    network = Network("image", [32, 32, depth] if layout == "nhwc" else [depth, 32, 32], batch)
    x = "image"
    if layout == "nhwc":
        x = network.step("Transpose", x, perm=[0, 3, 1, 2])
    if channels == "bgr":
        x = network.step("Gather", x, [2, 1, 0], axis=1)
    x = network.step("Add", network.step("Mul", x, per_channel(std)), per_channel(mean))
    x = network.step("AveragePool", x, kernel_shape=[block, block], strides=[block, block])
    z = network.step("Mul", network.step("Sub", x, 0.5), 4.0)
    z = network.step("Add", network.step("Div", z, per_channel(scale)), per_channel(shift))
    # The spread's value takes its shape from the mean's, so that the batch stays free.
    log_variance = network.step(
        "ConstantOfShape", network.step("Shape", z), value=numpy_helper.from_array(np.array([-4.0], np.float32)))
    log_variance = network.step("Sub", log_variance, per_channel(2 * np.log(scale)))
    if latent == "flat":
        z, log_variance = network.step("Flatten", z, axis=1), network.step("Flatten", log_variance, axis=1)
    if noise:
        z = network.step("Add", z, network.step("RandomNormalLike", z))
    if moments == "halves":
        network.output("moments", network.step("Concat", z, log_variance, axis=1), [2 * count])
    elif moments == "interleaved":
        pairs = [network.step("Unsqueeze", t, [2]) for t in (z, log_variance)]
        both = network.step("Concat", *pairs, axis=2)
        network.output("moments", network.step("Flatten", both, axis=1), [2 * count])
    else:
        network.output("mean", z, shape)
        if spread == "log_variance":
            network.output("log_variance", log_variance, shape)
        elif spread is not None:
            log_sigma = network.step("Mul", log_variance, 0.5)
            network.output(spread, network.step("Exp", log_sigma) if spread == "sigma" else log_sigma, shape)
    return network.model()


def decoder(layout="nchw", channels="rgb", mean=0.0, std=1.0, batch="N", latent="flat", scale=1.0, shift=0.0,
            activation=None, rigid=False, large=False, byte_steps=False):
    """The decoder that undoes `encoder` of the same arguments; `large` spreads its constants over all latents,
    `byte_steps` rounds the picture to 250 steps in an 8-bit type."""
    depth = 1 if channels == "gray" else 3
    shape = [depth, 8, 8]
    network = Network("latent", shape if latent == "spatial" else [64 * depth], batch)
    z = "latent"
    if large:
        z = network.step("Add", network.step("Mul", z, np.full(192, 0.25)), np.full(192, 0.5))
    if latent == "flat":
        z = network.step("Reshape", z, [batch if rigid else -1, *shape])
    if not large:
        z = network.step("Mul", network.step("Sub", z, per_channel(shift)), per_channel(scale))
        z = network.step("Add", network.step("Mul", z, 0.25), 0.5)
    x = network.step("Resize", z, "", np.array([1.0, 1.0, 4.0, 4.0]), mode="linear",
                     coordinate_transformation_mode="half_pixel")
    x = network.step("Clip", x, 0.0, 1.0)
    if byte_steps:
        zero = network.zero_point()
        x = network.step("DequantizeLinear", network.step("QuantizeLinear", x, 1 / 250, zero), 1 / 250, zero)
    x = network.step("Div", network.step("Sub", x, per_channel(mean)), per_channel(std))
    if activation == "tanh":
        x = network.step("Atanh", network.step("Clip", x, -0.9999, 0.9999))
    elif activation == "sigmoid":
        x = network.step("Clip", x, 0.0001, 0.9999)
        x = network.step("Log", network.step("Div", x, network.step("Sub", 1.0, x)))
    if channels == "bgr":
        x = network.step("Gather", x, [2, 1, 0], axis=1)
    if layout == "nhwc":
        x = network.step("Transpose", x, perm=[0, 2, 3, 1])
    network.output("image", x, [32, 32, depth] if layout == "nhwc" else [depth, 32, 32])
    return network.model()
