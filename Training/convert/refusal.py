"""What ends a conversion: a sentence, and nothing left behind."""

import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path


class Refusal(Exception):
    """Why a model can't be converted and what to do about it, in words for people."""


def run(main):
    """Runs a script; a refusal becomes one sentence on stderr, and exit code 1."""
    try:
        main()
    except Refusal as refusal:
        sys.exit(f"{Path(sys.argv[0]).name}: {refusal}")
    except ModuleNotFoundError as error:
        sys.exit(
            f"{Path(sys.argv[0]).name}: {error.name} is not installed."
            " .venv/bin/pip install -r Training/convert/requirements.txt"
        )


@contextmanager
def new_folder(path):
    """A folder to fill, which gets its name when all has gone well; otherwise nothing is left of it."""
    if path.exists() or path.is_symlink():
        raise Refusal(f"{path}: is there already. Choose another name, or remove it.")
    work = path.with_name(f"{path.name}.{os.getpid()}.parts")
    try:
        work.mkdir(parents=True)
        yield work
        work.rename(path)
    except OSError as error:
        raise Refusal(f"{path}: can't be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def first_line(error):
    """The first line of an exception's message, as the end of a sentence."""
    lines = str(error).strip().splitlines()
    return (lines[0].rstrip(". ") if lines else type(error).__name__) + "."
