"""The mesh of a face in an aligned crop, and the warper: pictures pulled from mesh to mesh by its triangles.

Pictures are OpenCV's, blue, green and red in 0 to 255.
"""
import cv2
import numpy as np
import openvino
from scipy.interpolate import LinearNDInterpolator
from scipy.spatial import Delaunay

# The mesh's points around the face, in order.
OVAL = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
        150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109]
POINTS = 468
LOOK = 192          # the side of what the network sees
LOOKS = 5           # at most, until the points stand still
STILL = 0.3 / 512   # of the crop's side


class FaceMesh:
    def __init__(self, network):
        self.network = openvino.Core().compile_model(str(network), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})

    def points(self, picture):
        """The 468 points in pixels. Each look is at the square around what the last one saw."""
        side = len(picture)
        centre, width = np.array([0.5, 0.56]) * side, 1.05 * side
        last = None
        for _ in range(LOOKS):
            points = self.look(picture, centre, width)
            if last is not None and np.linalg.norm(points - last, axis=1).max() < STILL * side:
                break
            last = points
            low, high = points.min(axis=0), points.max(axis=0)
            centre, width = (low + high) / 2, 1.5 * (high - low).max()
        return points

    def look(self, picture, centre, width):
        scale = LOOK / width
        place = np.column_stack([np.eye(2) * scale, LOOK / 2 - centre * scale])
        seen = cv2.warpAffine(picture, place, (LOOK, LOOK), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
        answers = self.network(seen[None, ..., ::-1].astype(np.float32) / 255)     # as red, green, blue
        found = next(answer for answer in answers.to_tuple() if answer.size == 3 * POINTS)
        return (found.reshape(POINTS, 3)[:, :2] - LOOK / 2) / scale + centre


def inside(points, side):
    """True within the face's oval."""
    mask = np.zeros((side, side), np.uint8)
    cv2.fillPoly(mask, [np.rint(points[OVAL]).astype(np.int32)], 1)
    return mask.astype(bool)


def warped(picture, source, target):
    """The picture, in 0 to 255, of a face with the mesh `source`, pulled to the mesh `target`.

    Linear in each triangle, on every second pixel, then smoothed a little; a ring of points beyond the picture stays.
    """
    side = len(picture)
    ring = [[x, y] for x in range(7) for y in range(7) if {x, y} & {0, 6}]
    ring = (np.array(ring) / 4 - 0.25) * side
    knots, shifts = np.concatenate([target, ring]), np.concatenate([source - target, np.zeros_like(ring)])
    coarse = np.linspace(0, side - 1, side // 2)
    field = LinearNDInterpolator(Delaunay(knots), shifts)(*np.meshgrid(coarse, coarse)).astype(np.float32)
    field = cv2.GaussianBlur(cv2.resize(field, (side, side)), (0, 0), side / 170)
    x, y = np.meshgrid(*[np.arange(side, dtype=np.float32)] * 2)
    found = cv2.remap(picture.astype(np.float32), x + field[..., 0], y + field[..., 1], cv2.INTER_CUBIC,
                      borderMode=cv2.BORDER_REPLICATE)
    return found.clip(0, 255)
