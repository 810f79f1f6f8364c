"""A morph with OpenVINO's Python interface and PyAV: several inferences in flight, frames written in order."""
import openvino

from morph_job import Video, arguments, path_between, read_crops, to_bytes

SETTINGS = {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "THROUGHPUT"}


def compiled(core, path, shape):
    model = core.read_model(path)
    model.reshape(shape)
    return core.compile_model(model, "CPU", SETTINGS)


def decode(decoder, path):
    """The pictures of a path in order, one latent an inference."""
    # Twice as many as compute at once: the next ones wait ready while Python handles the last ones.
    queue = openvino.AsyncInferQueue(decoder, 2 * decoder.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))
    finished = {}
    queue.set_callback(lambda request, number: finished.update({number: to_bytes(request.get_output_tensor().data)[0]}))
    written = 0
    for number, latent in enumerate(path):
        queue.start_async({0: latent[None]}, number)
        while written in finished:
            yield finished.pop(written)
            written += 1
    queue.wait_all()
    for number in range(written, len(path)):
        yield finished.pop(number)


def main():
    job = arguments()
    core = openvino.Core()
    crops = read_crops(job.photos)
    encoder = compiled(core, f"{job.model}/encoder.onnx", [1, *crops.shape[1:]])
    means = [encoder(crop[None])["mean"][0] for crop in crops]
    path = path_between(*means, job.frames)
    decoder = compiled(core, f"{job.model}/decoder.onnx", [1, path.shape[1]])
    with Video(job.output, job.size) as video:
        for picture in decode(decoder, path):
            video.append(picture)


if __name__ == "__main__":
    main()
