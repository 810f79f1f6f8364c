#!/usr/bin/env python3
"""A morph with facemorph, a warper: it finds both faces itself, aligns them and writes MPEG-4.

    facemorph_job.py FIRST SECOND -o VIDEO [--frames 300] [--size 1080]

Needs the package of facemorph-requirements.txt, in an environment of its own, since it wants an old mediapipe.
"""
import argparse
import tempfile

from facemorph import morph_images

BORDER = 2    # pixels that it cuts off each side of a finished frame


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("photos", nargs=2)
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--frames", type=int, default=300)
    parser.add_argument("--size", type=int, default=1080)
    job = parser.parse_args()
    with tempfile.TemporaryDirectory() as aligned:
        # One transition has as many frames as its seconds say; more workers would help with several transitions only.
        morph_images(job.photos, job.output, duration=job.frames / 30, fps=30, crop_border=BORDER, align=True,
                     aligned_dir=aligned, output_size=job.size + 2 * BORDER)


if __name__ == "__main__":
    main()
