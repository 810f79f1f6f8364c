internal import CVips

extension Picture {
  /// The picture as a JPEG, of a quality from 1 to 100.
  ///
  /// Safe to call from several threads; calls wait for each other.
  package func jpeg(quality: Int) throws(PhotoError) -> [UInt8] {
    precondition((1...100).contains(quality), "a quality is 1 to 100")
    return try withVips { () throws(PhotoError) in
      try pixels.span.withUnsafeBytes { pixels throws(PhotoError) in
        let image = try ImageHandle(width: width, height: height, pixels: pixels)
        return try image.jpeg(quality: quality)
      }
    }
  }
}
