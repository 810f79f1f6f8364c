"""Makes the tiny networks beside it: `python make_networks.py` (needs onnx and numpy)."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = Path(__file__).parent
F32 = TensorProto.FLOAT


def value(name, shape, kind=F32):
    return helper.make_tensor_value_info(name, kind, shape)


def constant(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def network(name, nodes, inputs, outputs, constants=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(constants))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def save(name, *parts):
    onnx.save(network(name, *parts), HERE / f"{name}.onnx")


node = helper.make_node

save("identity", [node("Identity", ["x"], ["y"])], [value("x", [1, 4])], [value("y", [1, 4])])

save("add", [node("Add", ["a", "b"], ["sum"])], [value("a", [1, 4]), value("b", [1, 4])], [value("sum", [1, 4])])

# Two outputs of different shapes.
save(
    "two_outputs",
    [node("Neg", ["x"], ["negative"]), node("ReduceSum", ["x"], ["total"], keepdims=0)],
    [value("x", [1, 4])], [value("negative", [1, 4]), value("total", [])])

# A batch of any size, of 4 that can be another, and of 4 that a constant inside insists on.
double = [node("Add", ["x", "x"], ["y"])]
save("dynamic_batch", double, [value("x", ["N", 4])], [value("y", ["N", 4])])
save("batch_of_4", double, [value("x", [4, 2])], [value("y", [4, 2])])
save(
    "only_batch_of_4", [node("Reshape", ["x", "shape"], ["y"])],
    [value("x", [4, 2])], [value("y", [2, 4])], [constant("shape", np.int64([2, 4]))])

# One output of integers beside one of floats, and an input of bytes.
save(
    "integers", [node("Neg", ["x"], ["negative"]), node("ArgMax", ["x"], ["place"], axis=1)],
    [value("x", [1, 4])], [value("negative", [1, 4]), value("place", [1, 1], TensorProto.INT64)])
save(
    "bytes", [node("Cast", ["x"], ["y"], to=F32)],
    [value("x", [1, 4], TensorProto.UINT8)], [value("y", [1, 4])])

# The input is a shape for six numbers: one that does not hold six fails only when it runs.
save(
    "shape_from_input",
    [node("Cast", ["x"], ["shape"], to=TensorProto.INT64), node("Reshape", ["six", "shape"], ["y"])],
    [value("x", [2])], [value("y", ["rows", "columns"])], [constant("six", np.arange(6, dtype=np.float32))])

# Convolutions with random weights: sums whose order could show in the last bits.
random = np.random.RandomState(1)
save(
    "convolutions",
    [
        node("Conv", ["image", "first"], ["a"], pads=[1, 1, 1, 1]), node("Relu", ["a"], ["b"]),
        node("Conv", ["b", "second"], ["y"], pads=[1, 1, 1, 1]),
    ],
    [value("image", [1, 3, 32, 32])], [value("y", [1, 3, 32, 32])],
    [
        constant("first", random.standard_normal((12, 3, 3, 3)).astype(np.float32)),
        constant("second", random.standard_normal((3, 12, 3, 3)).astype(np.float32)),
    ])

# Multiplies a square matrix by itself, over and over: its side is the input, so that the same network takes
# no time or many minutes. Cancelling works between two products.
STEPS = 600
save(
    "powers",
    [
        node("Cast", ["side"], ["rows"], to=TensorProto.INT64),
        node("Concat", ["rows", "rows"], ["square"], axis=0),
        node("Div", ["one", "side"], ["entry"]),
        node("Expand", ["entry", "square"], ["m0"]),
        *[node("MatMul", [f"m{i}", "m0"], [f"m{i + 1}"]) for i in range(STEPS)],
        node("ReduceSum", [f"m{STEPS}"], ["sum"], keepdims=0),
    ],
    [value("side", [1])], [value("sum", [])], [constant("one", np.float32([1]))])

# Weights in a file of their own: beside the network, and outside its folder, which is refused.
weights = network(
    "external", [node("Add", ["x", "bias"], ["y"])], [value("x", [1, 256])], [value("y", [1, 256])],
    [constant("bias", np.arange(256, dtype=np.float32))])
onnx.save(
    weights, HERE / "external.onnx", save_as_external_data=True, location="external.onnx.data", size_threshold=0)
(HERE / "folder").mkdir(exist_ok=True)
outside = onnx.load(HERE / "external.onnx", load_external_data=False)
for entry in outside.graph.initializer[0].external_data:
    if entry.key == "location":
        entry.value = "../external.onnx.data"
(HERE / "folder" / "outside.onnx").write_bytes(outside.SerializeToString())
missing = onnx.load(HERE / "external.onnx", load_external_data=False)
for entry in missing.graph.initializer[0].external_data:
    if entry.key == "location":
        entry.value = "missing.data"
(HERE / "missing_data.onnx").write_bytes(missing.SerializeToString())

# Files that are no networks.
(HERE / "truncated.onnx").write_bytes((HERE / "convolutions.onnx").read_bytes()[:1000])
for ending in ["onnx", "xml", "tflite"]:
    (HERE / f"text.{ending}").write_text("3 2\n1 2 3\n4 5 6\n")
(HERE / "empty.onnx").write_bytes(b"")
broken = bytearray((HERE / "convolutions.onnx").read_bytes())
broken[20:60] = b"\xff" * 40
(HERE / "broken.onnx").write_bytes(bytes(broken))
