"""train: a folder of crops → a checkpoint. `train.py --help` lists the options."""

from facevae.options import training_options
from facevae.trainer import Trainer

if __name__ == "__main__":
    Trainer(training_options()).run()
