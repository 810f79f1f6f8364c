"""ONNX files: written with 16-bit weights, and run."""

import warnings

import numpy
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

# Tensors up to this many numbers (biases) stay 32-bit: they cost nothing and add up over layers.
LARGEST_EXACT_TENSOR = 256


class EncoderToExport(nn.Module):
    def __init__(self, autoencoder):
        super().__init__()
        self.encoder = autoencoder.encoder

    def forward(self, image):
        encoder = self.encoder
        moments = encoder.moments(encoder.trunk(encoder.stem_128(image)).flatten(1))
        mean, log_variance = moments.chunk(2, 1)
        return mean, log_variance.clamp(-10, 4)


class DecoderToExport(nn.Module):
    def __init__(self, autoencoder):
        super().__init__()
        self.decoder = autoencoder.decoder

    def forward(self, latent):
        return self.decoder(latent).clamp(0, 1)


def write_networks(autoencoder, folder):
    """Writes encoder.onnx and decoder.onnx; any number of pictures or latents at a time."""
    autoencoder = autoencoder.cpu().float().eval().fold().to(memory_format=torch.contiguous_format)
    image, latent = torch.rand(2, 3, 128, 128), torch.randn(2, autoencoder.latents)
    write_network(
        EncoderToExport(autoencoder), image, ["image"], ["mean", "log_variance"], folder / "encoder.onnx"
    )
    write_network(DecoderToExport(autoencoder), latent, ["latent"], ["image"], folder / "decoder.onnx")


def write_network(module, example, inputs, outputs, path, halve=True):
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(), (example,), str(path), input_names=inputs, output_names=outputs, opset_version=17,
            dynamic_axes={name: {0: "N"} for name in inputs + outputs}, dynamo=False,
        )  # fmt: skip
    model = onnx.load(path)
    if halve:
        halve_weights(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def halve_weights(model):
    """Stores large weights in 16 bits; a Cast before their use makes them 32-bit again."""
    graph, casts = model.graph, []
    for tensor in list(graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype != numpy.float32 or values.size <= LARGEST_EXACT_TENSOR:
            continue
        half = numpy_helper.from_array(values.astype(numpy.float16), tensor.name + "_16_bit")
        graph.initializer.remove(tensor)
        graph.initializer.append(half)
        casts.append(helper.make_node("Cast", [half.name], [tensor.name], to=TensorProto.FLOAT))
    nodes = casts + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)


def widen_weights(model):
    """Undoes `halve_weights`, for tools that look for weights in 32 bits. Returns the model.

    Layers of equal weights, which share them by an Identity, get their own.
    """
    graph = model.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    for node in list(graph.node):
        if node.op_type not in ("Cast", "Identity") or node.input[0] not in weights:
            continue
        values = numpy_helper.to_array(weights[node.input[0]])
        if values.dtype == numpy.float16:
            values = values.astype(numpy.float32)
        weights[node.output[0]] = numpy_helper.from_array(values, node.output[0])
        graph.node.remove(node)
    used = {name for node in graph.node for name in node.input}
    del graph.initializer[:]
    graph.initializer.extend(tensor for tensor in weights.values() if tensor.name in used)
    return model


class Network:
    """An ONNX file, run on the processor: one array in, all outputs out."""

    def __init__(self, path, threads=2):
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = threads
        settings.log_severity_level = 4  # errors are raised, and need not be printed as well
        self.session = onnxruntime.InferenceSession(str(path), settings, providers=["CPUExecutionProvider"])
        self.input = self.session.get_inputs()[0]
        self.outputs = [output.name for output in self.session.get_outputs()]

    def __call__(self, array, outputs=None, batch=32):
        array = numpy.asarray(array, numpy.float32)
        parts = [
            self.session.run(outputs, {self.input.name: array[start : start + batch]})
            for start in range(0, len(array), batch)
        ]
        return [numpy.concatenate(column) for column in zip(*parts)]
