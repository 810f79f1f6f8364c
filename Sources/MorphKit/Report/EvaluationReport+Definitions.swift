extension EvaluationReport {
  /// What each figure of a report is, by its key.
  public static let definitions: [String: String] = [
    "psnr":
      "Peak signal-to-noise ratio of the reconstruction against the aligned photo, in dB, over height, width "
      + "and channels of 8-bit sRGB; null where both are equal.",
    "ssim":
      "Structural similarity (Wang, Bovik, Sheikh & Simoncelli 2004): a Gaussian window of sigma 1.5 over 11 x "
      + "11 pixels, K 0.01 and 0.03, each channel for itself, averaged over windows inside the picture.",
    "reconstruction_loss": "The mean over height, width and channels of (x - x~)^2, with pixels from 0 to 1.",
    "latent_loss":
      "1/2 sum over dimensions of (mu^2 + sigma^2 - log sigma^2 - 1), in nats (Kingma & Welling 2014); "
      + "of a dimension its mean over the photos. null for a model without spread.",
    "match": "good, fair or poor: the PSNR against the model's thresholds.",
    "face_width": "The width of the rectangle around forehead, ears' roots and chin, in pixels of the photo; "
      + "face_height likewise.",
    "roll": "The turn of the line from eye to eye in the picture, in degrees, clockwise as seen.",
    "yaw":
      "How far the line between the eyes' outer corners leaves the picture's plane by FaceMesh's depths, in "
      + "degrees; positive for a face that looks to the right as seen. An estimate, right to some degrees.",
    "pitch":
      "How far the line from forehead to chin leaves the picture's plane by FaceMesh's depths, in degrees; "
      + "positive for a face that looks up. An estimate, right to some degrees.",
    "active":
      "Whether the variance of mu over the photos, divided by their number, is over 0.01 (Burda, Grosse & "
      + "Salakhutdinov 2016, Importance Weighted Autoencoders). It needs several photos: few of them, or ones that "
      + "are alike, make it too low. null for a single photo.",
    "mean_change":
      "The mean over a transition's frames of the root mean square difference of a frame from the next "
      + "one, over height, width and channels, with pixels from 0 to 1, at the model's size; without holds.",
    "worst_change": "The largest of these differences.",
    "ratio": "worst_change / mean_change: 1 when the picture changes evenly. null where nothing changes.",
    "path_length":
      "The mean over 16 equal pieces of a transition of (1 - SSIM of the pictures at a piece's ends) / "
      + "e^2, with e = 1/16, a piece's share of the transition. After the perceptual path length of Karras, Laine & "
      + "Aila (2019), with SSIM in the place of a network's features: it compares with itself only.",
  ]
}
