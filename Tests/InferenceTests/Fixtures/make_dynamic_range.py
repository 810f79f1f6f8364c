"""Makes a TensorFlow Lite network with dynamic-range weights, and what TensorFlow Lite answers.

`python make_dynamic_range.py` (needs tensorflow, tried with 2.21). Weights of fewer than 1024 numbers stay floats,
so each layer here has more. There is no dense layer, since OpenVINO compiles none of 8 bits where it is told to do
with fewer instructions than the processor has (`ONEDNN_MAX_CPU_ISA`).
"""

import json
import os
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = ""
import numpy as np
import tensorflow as tf

HERE = Path(__file__).parent
random = np.random.RandomState(1)


def weights(*shape, inputs):
    return tf.Variable((random.standard_normal(shape) / np.sqrt(inputs)).astype(np.float32))


class Decoder(tf.Module):
    """8 x 8 numbers of 16 channels to a picture of 16 x 16: a small decoder with all kinds of convolution."""

    def __init__(self):
        super().__init__()
        self.widen = weights(3, 3, 16, 128, inputs=9 * 16)
        self.blur = [weights(3, 3, 128, 1, inputs=9) for _ in range(4)]
        self.enlarge = weights(3, 3, 16, 128, inputs=2 * 128)
        self.paint = weights(3, 3, 16, 8, inputs=9 * 16)

    @tf.function(input_signature=[tf.TensorSpec([1, 8, 8, 16], tf.float32, name="z")])
    def decode(self, z):
        x = tf.nn.relu(tf.nn.conv2d(z, self.widen, 1, "SAME"))
        for kernel in self.blur:
            x = tf.nn.relu(tf.nn.depthwise_conv2d(x, kernel, [1, 1, 1, 1], "SAME"))
        x = tf.nn.relu(tf.nn.conv2d_transpose(x, self.enlarge, [1, 16, 16, 16], 2))
        return tf.sigmoid(tf.nn.conv2d(x, self.paint, 1, "SAME"))


decoder = Decoder()
converter = tf.lite.TFLiteConverter.from_concrete_functions([decoder.decode.get_concrete_function()], decoder)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
network = converter.convert()
(HERE / "dynamic_range.tflite").write_bytes(network)

interpreter = tf.lite.Interpreter(model_content=network)
# Before memory is shared out, since TensorFlow Lite then adds bytes of its own.
assert sum(tensor["dtype"] == np.int8 for tensor in interpreter.get_tensor_details()) == 7
interpreter.allocate_tensors()
source, result = interpreter.get_input_details()[0]["index"], interpreter.get_output_details()[0]["index"]
examples = []
for _ in range(2):
    z = random.standard_normal((1, 8, 8, 16)).astype(np.float32).round(2)
    interpreter.set_tensor(source, z)
    interpreter.invoke()
    examples.append({
        "input": [round(float(x), 2) for x in z.ravel()],
        "answer": [round(float(x), 3) for x in interpreter.get_tensor(result).ravel()],
    })
(HERE / "dynamic_range.json").write_text(json.dumps(examples, separators=(",", ":")) + "\n")
