extension Picture {
  /// The picture in another size: Lanczos with three lobes, on the gamma-encoded values.
  ///
  /// Enlarging keeps edges sharp; shrinking averages over all that falls on a pixel. The edges are not
  /// repeated: weights that fall outside are left out and the rest grows to a sum of one. The arithmetic
  /// is the same on every processor, and so are the bytes. Safe and lock-free from several threads.
  package func resized(toWidth newWidth: Int, height newHeight: Int) -> Picture {
    precondition(newWidth > 0 && newHeight > 0, "a picture has at least one pixel")
    guard newWidth != width || newHeight != height else { return self }
    let columns = LanczosWeights(from: width, to: newWidth)
    let rows = LanczosWeights(from: height, to: newHeight)
    let resized = [UInt8](unsafeUninitializedCapacity: newWidth * newHeight * 3) { target, count in
      pixels.withUnsafeBufferPointer { source in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        resample(source, width: width, to: target, columns: columns, rows: rows)
      }
      count = target.count
    }
    return Picture(width: newWidth, height: newHeight, pixels: resized)
  }
}
