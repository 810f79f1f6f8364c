"""A small autoencoder of Keras with a layer of its own: the tests convert its files."""

import keras
from keras import layers


class Sampling(layers.Layer):
    """Draws a latent, as the encoders of Keras' tutorials do."""

    def __init__(self, **options):
        super().__init__(**options)
        self.seeds = keras.random.SeedGenerator(0)

    def call(self, inputs):
        mean, log_variance = inputs
        noise = keras.random.normal(keras.ops.shape(mean), seed=self.seeds)
        return mean + keras.ops.exp(log_variance / 2) * noise


class TinyVAE(keras.Model):
    def __init__(self, latents=6, **options):
        super().__init__(**options)
        self.latents = latents
        self.encoder = tiny_encoder(latents)
        self.decoder = tiny_decoder(latents)

    def call(self, pictures):
        return self.decoder(self.encoder(pictures)[2])

    def get_config(self):
        return {**super().get_config(), "latents": self.latents}


def tiny_encoder(latents):
    picture = keras.Input((16, 16, 3))
    hidden = layers.Conv2D(8, 3, strides=2, padding="same", activation="relu")(picture)
    hidden = layers.BatchNormalization()(hidden)
    hidden = layers.Flatten()(hidden)
    mean = layers.Dense(latents, name="z_mean")(hidden)
    log_variance = layers.Dense(latents, name="z_log_var")(hidden)
    return keras.Model(picture, [mean, log_variance, Sampling()([mean, log_variance])], name="encoder")


def tiny_decoder(latents):
    latent = keras.Input((latents,))
    hidden = layers.Dense(4 * 4 * 8, activation="relu")(latent)
    hidden = layers.Reshape((4, 4, 8))(hidden)
    hidden = layers.Conv2DTranspose(8, 3, strides=2, padding="same", activation="relu")(hidden)
    hidden = layers.UpSampling2D(2)(hidden)
    return keras.Model(latent, layers.Conv2D(3, 3, padding="same", activation="sigmoid")(hidden), name="decoder")
