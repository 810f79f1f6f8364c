"""A face VAE: its networks, its training, and the model folder that comes out."""
