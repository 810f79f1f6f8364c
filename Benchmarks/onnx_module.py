"""An ONNX network as a torch module, for networks of convolutions and linear layers.

Weights become parameters, Cast and Constant nodes are worked out once, x × sigmoid(x) becomes silu: what is left
runs as a module would that was written by hand.
"""
import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn
from torch.nn import functional as F


def attributes_of(node):
    return {a.name: helper.get_attribute_value(a) for a in node.attribute}


def halves(pads):
    """ONNX lists pads as begins, then ends; torch wants one for both."""
    begins, ends = pads[: len(pads) // 2], pads[len(pads) // 2 :]
    assert begins == ends, "uneven padding"
    return begins


def convolution(x, weight, bias=None, *, strides=(1, 1), pads=(0, 0, 0, 0), dilations=(1, 1), group=1, **_):
    return F.conv2d(x, weight, bias, list(strides), halves(list(pads)), list(dilations), group)


def transposed(x, weight, bias=None, *, strides=(1, 1), pads=(0, 0, 0, 0), output_padding=(0, 0), group=1,
               dilations=(1, 1), **_):
    return F.conv_transpose2d(x, weight, bias, strides, halves(list(pads)), output_padding, group, dilations)


def linear(x, weight, bias=None, *, transB=0, **_):
    return F.linear(x, weight if transB else weight.T, bias)


def resize(x, _region=None, scales=None, sizes=None, *, mode=b"nearest", **_):
    mode = {b"nearest": "nearest", b"linear": "bilinear", b"cubic": "bicubic"}[mode]
    if sizes is not None:
        return F.interpolate(x, [int(n) for n in sizes[2:]], mode=mode)
    return F.interpolate(x, scale_factor=[float(n) for n in scales[2:]], mode=mode)


def depth_to_space(x, *, blocksize, mode=b"DCR"):
    assert mode == b"CRD", "torch's pixel_shuffle is CRD"
    return F.pixel_shuffle(x, blocksize)


def part(x, starts, ends, axes=None, steps=None):
    index = [slice(None)] * x.ndim
    for i, axis in enumerate(axes.tolist() if axes is not None else range(len(starts))):
        index[axis] = slice(int(starts[i]), int(ends[i]), int(steps[i]) if steps is not None else None)
    return x[tuple(index)]


OPERATORS = {
    "Conv": convolution,
    "ConvTranspose": transposed,
    "Gemm": linear,
    "MatMul": torch.matmul,
    "Resize": resize,
    "DepthToSpace": depth_to_space,
    "Slice": part,
    "Add": torch.add,
    "Sub": torch.sub,
    "Mul": torch.mul,
    "Div": lambda a, b: torch.div(a, b, rounding_mode=None if a.is_floating_point() else "floor"),
    "Silu": F.silu,
    "Sigmoid": torch.sigmoid,
    "Tanh": torch.tanh,
    "Relu": F.relu,
    "LeakyRelu": lambda x, alpha=0.01: F.leaky_relu(x, alpha),
    "Clip": lambda x, low=None, high=None: torch.clamp(x, low, high),
    "Reshape": lambda x, shape, **_: x.reshape([int(n) for n in shape]),
    "Flatten": lambda x, axis=1: x.flatten(axis),
    "Shape": lambda x: torch.tensor(x.shape),
    "Gather": lambda x, index, axis=0: x.select(axis, int(index)) if index.ndim == 0 else x.index_select(axis, index),
    "Concat": lambda *xs, axis: torch.cat(xs, axis),
    "Identity": lambda x: x,
    "Cast": lambda x, to: x.to(torch.from_numpy(np.empty(0, helper.tensor_dtype_to_np_dtype(to))).dtype),
}


class OnnxModule(nn.Module):
    """Runs a network's nodes in order and returns its outputs by name."""

    def __init__(self, path):
        super().__init__()
        graph = onnx.load(path).graph
        constants = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
        nodes = []
        for node in graph.node:
            if node.op_type == "Constant":
                constants[node.output[0]] = numpy_helper.to_array(attributes_of(node)["value"])
            elif node.op_type == "Cast" and node.input[0] in constants:
                kind = helper.tensor_dtype_to_np_dtype(attributes_of(node)["to"])
                constants[node.output[0]] = constants[node.input[0]].astype(kind)
            else:
                nodes.append(node)
        self.input_name, self.output_names = graph.input[0].name, [o.name for o in graph.output]
        self.steps = [(OPERATORS[kind], inputs, outputs[0], extra) for kind, inputs, outputs, extra in with_silu(nodes)]
        self.names = {}
        for name in {i for _, inputs, _, _ in self.steps for i in inputs} & constants.keys():
            self.names[name] = f"constant{len(self.names)}"
            value = torch.from_numpy(np.array(constants[name]))
            if value.ndim == 4:
                value = value.to(memory_format=torch.channels_last)
            self.register_buffer(self.names[name], value)

    def forward(self, x):
        values = {name: getattr(self, attribute) for name, attribute in self.names.items()}
        values[self.input_name] = x
        for operator, inputs, output, extra in self.steps:
            y = operator(*(values.get(i) for i in inputs), **extra)
            values[output] = y.contiguous(memory_format=torch.channels_last) if y.ndim == 4 else y
        return {name: values[name] for name in self.output_names}


def with_silu(nodes):
    """The nodes as (operator, inputs, outputs, attributes), each Sigmoid that only scales its own input merged."""
    users = {}
    for node in nodes:
        for name in node.input:
            users.setdefault(name, []).append(node)
    merged = {}
    for node in nodes:
        following = users.get(node.output[0], [])
        if node.op_type == "Sigmoid" and len(following) == 1 and following[0].op_type == "Mul":
            if set(following[0].input) == {node.input[0], node.output[0]}:
                merged[following[0].output[0]] = node
    skipped = {id(node) for node in merged.values()}
    for node in nodes:
        if node.output[0] in merged:
            yield "Silu", list(merged[node.output[0]].input), list(node.output), {}
        elif id(node) not in skipped:
            yield node.op_type, list(node.input), list(node.output), attributes_of(node)
