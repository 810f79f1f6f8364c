"""Decodes a video to raw frames in 4:2:0, for encode-only, and prints how many: raw_frames.py VIDEO FRAMES.yuv"""
import sys

import av

with av.open(sys.argv[1]) as video, open(sys.argv[2], "wb") as file:
    count = 0
    for frame in video.decode(video=0):
        file.write(frame.to_ndarray(format="yuv420p").tobytes())
        count += 1
print(count)
