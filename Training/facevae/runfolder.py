"""A run's folder: checkpoint, log and weights, each complete whenever it is there."""

import json
import os
import sys
import time

import torch


class RunFolder:
    def __init__(self, path):
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.checkpoint = path / "checkpoint.pt"
        self.log = open(path / "log.txt", "a", encoding="utf-8")

    def say(self, line):
        print(line, flush=True)
        print(time.strftime("%H:%M:%S "), line, file=self.log, flush=True, sep="")

    def save(self, name, held):
        """Writes a file of tensors under another name first, so that a stop never leaves half of it."""
        write_whole(self.path / name, lambda file: torch.save(held, file))

    def save_checkpoint(self, held):
        self.save(self.checkpoint.name, held)

    def load_checkpoint(self):
        """The last checkpoint, or None."""
        if not self.checkpoint.exists():
            return None
        return torch.load(self.checkpoint, map_location="cpu", weights_only=True)

    def record(self, figures):
        with open(self.path / "figures.jsonl", "a", encoding="utf-8") as file:
            print(json.dumps(figures), file=file)


def write_whole(path, write):
    temporary = path.with_name(path.name + ".part")
    with open(temporary, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def stop_gently_on(*signals):
    """Returns a list that gets an entry when one of the signals comes."""
    import signal

    asked = []
    for number in signals:
        signal.signal(number, lambda number, frame: asked.append(number) if not asked else sys.exit(1))
    return asked
