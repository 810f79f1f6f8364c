internal import CVips

extension Picture {
  /// Decodes a photo file: JPEG, PNG, WebP, TIFF, HEIF (HEIC, AVIF) or the first picture of a GIF.
  ///
  /// Its content decides, not its name. The picture comes upright, as its EXIF orientation says, and in
  /// sRGB, whatever its profile, colour model and depth were; transparent parts lie on white. A picture of
  /// more than `pixelLimit` pixels is refused before memory is taken for it.
  ///
  /// Safe to call from several threads; calls wait for each other.
  package init(decoding bytes: [UInt8], pixelLimit: Int = 200_000_000) throws(PhotoError) {
    let format = try PhotoFormat(of: bytes.span.bytes)
    guard !format.hasTooManyScans(bytes.span.bytes) else {
      throw .unreadable(reason: "it goes over its picture hundreds of times")
    }
    do throws(PhotoError) {
      self = try withVips { () throws(PhotoError) in
        try bytes.span.withUnsafeBytes { bytes throws(PhotoError) in
          try Picture(decoding: bytes, as: format, pixelLimit: pixelLimit)
        }
      }
    } catch .unreadable(let reason) where format.isCutShort(bytes.span.bytes) || reason.saysCutShort {
      throw .truncated
    }
  }

  private init(
    decoding bytes: UnsafeRawBufferPointer, as format: PhotoFormat, pixelLimit: Int
  ) throws(PhotoError) {
    let stored = try ImageHandle { image in format.load(bytes.baseAddress, bytes.count, &image) }
    guard stored.width * stored.height <= pixelLimit else {
      throw .tooLarge(width: stored.width, height: stored.height)
    }
    let colours = try stored.sRGB().onWhite()
    let pixels = try colours.render()
    guard stored.orientation != 1 else {
      self.init(width: stored.width, height: stored.height, pixels: pixels)
      return
    }
    // Rows are decoded once, from the top: only finished pixels can be turned.
    let upright = try pixels.span.withUnsafeBytes { pixels throws(PhotoError) in
      let turned = try ImageHandle(width: stored.width, height: stored.height, pixels: pixels)
      vips_image_set_int(turned.pointer, VIPS_META_ORIENTATION, stored.orientation)
      let upright = try ImageHandle { image in photo_upright(turned.pointer, &image) }
      return Picture(width: upright.width, height: upright.height, pixels: try upright.render())
    }
    self = upright
  }
}

extension PhotoFormat {
  fileprivate func load(
    _ bytes: UnsafeRawPointer?, _ count: Int, _ image: inout UnsafeMutablePointer<VipsImage>?
  ) -> Int32 {
    switch self {
    case .jpeg: photo_load_jpeg(bytes, count, &image)
    case .png: photo_load_png(bytes, count, &image)
    case .webp: photo_load_webp(bytes, count, &image)
    case .tiff: photo_load_tiff(bytes, count, &image)
    case .heif: photo_load_heif(bytes, count, &image)
    case .gif: photo_load_gif(bytes, count, &image)
    }
  }
}

extension ImageHandle {
  /// The image in 8-bit sRGB: three bands, or four with transparency.
  fileprivate func sRGB() throws(PhotoError) -> ImageHandle {
    if vips_image_get_typeof(pointer, VIPS_META_ICC_NAME) != 0 {
      // A profile that doesn't fit its picture is passed over, as browsers do.
      do throws(PhotoError) {
        return try ImageHandle { image in photo_srgb_by_profile(pointer, &image) }
      } catch {}
    }
    if isPlainCMYK {
      // libvips would take a printing press's profile, which tints pictures that were never meant for it.
      return try ImageHandle { image in photo_srgb_from_inks(pointer, &image) }
    }
    return try ImageHandle { image in photo_srgb(pointer, &image) }
  }

  private var isPlainCMYK: Bool {
    vips_image_get_interpretation(pointer) == VIPS_INTERPRETATION_CMYK && bandCount == 4
      && vips_image_get_format(pointer) == VIPS_FORMAT_UCHAR
  }

  /// Three bands of four, three or more: transparent parts on white, further bands dropped.
  fileprivate func onWhite() throws(PhotoError) -> ImageHandle {
    guard bandCount >= 3 else { throw .unreadable(reason: "it has no colours that are known") }
    guard bandCount > 3 else { return self }
    let four = try ImageHandle { image in photo_first_bands(pointer, 4, &image) }
    return try ImageHandle { image in photo_on_white(four.pointer, &image) }
  }
}

extension String {
  /// Whether a decoder's last line tells of missing bytes.
  fileprivate var saysCutShort: Bool {
    let line = lowercased()
    return ["premature end", "unexpected end", "tiff2vips: read error"].contains { line.contains($0) }
  }
}
