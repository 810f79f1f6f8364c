internal import CVips
internal import Glibc
internal import Synchronization

/// One libvips image: mostly a recipe, whose pixels are computed when `render` asks for them.
///
/// Used only inside `withVips`.
final class ImageHandle {
  let pointer: UnsafeMutablePointer<VipsImage>

  /// The image that a libvips call fills in.
  init(_ call: (inout UnsafeMutablePointer<VipsImage>?) -> Int32) throws(PhotoError) {
    var made: UnsafeMutablePointer<VipsImage>?
    let status = call(&made)
    guard let made else { throw lastError() }
    pointer = made
    if status != 0 { throw lastError() }
  }

  /// A view of finished pixels, which must outlive it: height × width × 3 bytes.
  convenience init(
    width: Int, height: Int, pixels: UnsafeRawBufferPointer
  ) throws(PhotoError) {
    try self.init { image in
      image = vips_image_new_from_memory(
        pixels.baseAddress, pixels.count, Int32(width), Int32(height), 3, VIPS_FORMAT_UCHAR)
      return image == nil ? -1 : 0
    }
  }

  deinit { g_object_unref(pointer) }

  var width: Int { Int(vips_image_get_width(pointer)) }
  var height: Int { Int(vips_image_get_height(pointer)) }
  var bandCount: Int { Int(vips_image_get_bands(pointer)) }

  /// 1 to 8, as in EXIF; 1 is upright.
  var orientation: Int32 { vips_image_get_orientation(pointer) }

  /// Computes the pixels of an 8-bit image of three bands, in this thread, straight into their array.
  func render() throws(PhotoError) -> [UInt8] {
    precondition(bandCount == 3 && vips_image_get_format(pointer) == VIPS_FORMAT_UCHAR)
    let count = width * height * 3
    var status: Int32 = -1
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      status = render(into: buffer)
      initializedCount = status == 0 ? count : 0
    }
    guard status == 0 else { throw lastError() }
    return pixels
  }

  /// Where the pixels lie in the picture that they were cut out of.
  var offset: (x: Int, y: Int) {
    (Int(vips_image_get_xoffset(pointer)), Int(vips_image_get_yoffset(pointer)))
  }

  /// The pixels of an 8-bit image of one band.
  func levels() throws(PhotoError) -> [UInt8] {
    precondition(bandCount == 1 && vips_image_get_format(pointer) == VIPS_FORMAT_UCHAR)
    var count = 0
    guard let bytes = vips_image_write_to_memory(pointer, &count) else { throw lastError() }
    defer { g_free(bytes) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }

  /// The image as a JPEG.
  func jpeg(quality: Int) throws(PhotoError) -> [UInt8] {
    var bytes: UnsafeMutableRawPointer?
    var count = 0
    guard photo_save_jpeg(pointer, Int32(quality), &bytes, &count) == 0 else { throw lastError() }
    defer { g_free(bytes) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }

  private func render(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int32 {
    // An image over the array's memory: regions of it are windows into the array.
    let target = vips_image_new_from_memory(
      buffer.baseAddress, buffer.count, Int32(width), Int32(height), 3, VIPS_FORMAT_UCHAR)
    guard let target else { return -1 }
    defer { g_object_unref(target) }
    guard let source = vips_region_new(pointer) else { return -1 }
    defer { g_object_unref(source) }
    guard let window = vips_region_new(target) else { return -1 }
    defer { g_object_unref(window) }

    let stripHeight = 64
    for top in stride(from: 0, to: height, by: stripHeight) {
      var strip = VipsRect(
        left: 0, top: Int32(top), width: Int32(width), height: Int32(min(stripHeight, height - top)))
      guard vips_region_image(window, &strip) == 0,
        vips_region_prepare_to(source, window, &strip, strip.left, strip.top) == 0
      else { return -1 }
    }
    return 0
  }
}

/// Runs `body` with libvips set up, and alone: libvips keeps one error text for the whole process.
func withVips<Result: Sendable>(
  _ body: () throws(PhotoError) -> Result
) throws(PhotoError) -> Result {
  let isReady = setUp
  return try aloneWithVips.withLock { _ throws(PhotoError) in
    guard isReady else { throw lastError() }
    // The decoders behind libheif print what they dislike about a damaged file.
    let usual = photo_mute(nowhere)
    defer { photo_unmute(usual) }
    return try body()
  }
}

private let aloneWithVips = Mutex(())

/// Where muted text goes; never closed, as another thread may be about to print to it.
nonisolated(unsafe) private let nowhere = fopen("/dev/null", "we")

/// Whether libvips started; its first use in the process starts it.
private let setUp: Bool = {
  // Odd photos make libraries warn on standard error, which is not theirs.
  for domain in ["VIPS", "GLib", "GLib-GObject", "Pango"] {
    g_log_set_handler(domain, GLogLevelFlags(rawValue: ~G_LOG_LEVEL_ERROR.rawValue), { _, _, _, _ in }, nil)
  }
  guard photo_init() == 0 else { return false }
  vips_block_untrusted_set(1)
  vips_concurrency_set(1)
  vips_cache_set_max(0)
  return true
}()

/// What libvips' error text says, which is emptied.
private func lastError() -> PhotoError {
  defer { vips_error_clear() }
  // Some last lines are only a number in brackets.
  let lines = String(cString: vips_error_buffer()).split(whereSeparator: \.isNewline)
  let line = lines.last { $0.contains(where: \.isLetter) }
  return .unreadable(reason: line.map(String.init) ?? "the decoder gives no reason")
}
