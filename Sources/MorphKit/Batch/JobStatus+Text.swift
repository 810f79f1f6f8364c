extension JobStatus {
  /// `12 done, 3 partial, 1 failed`.
  public static func summary(of statuses: [JobStatus]) -> String {
    let counts = State.allCases.compactMap { state in
      let count = statuses.count { $0.state == state }
      return count > 0 ? "\(count) \(state.rawValue)" : nil
    }
    return counts.isEmpty ? "no jobs" : counts.joined(separator: ", ")
  }

  /// Why it is not done, where that can be told; `nil` otherwise.
  public var note: String? {
    switch state {
    case .done, .waiting: nil
    case .failed, .stale: reason
    case .partial:
      missingChunks.isEmpty
        ? "all chunks are there; 'facewalk join' puts them together"
        : "\(missingChunks.count) of \(chunks) chunks are missing: \(missingChunks.text)"
    }
  }

  /// `61 frames, 2.0 s, 512 × 512`.
  public var lengthText: String {
    var parts = [frames == 1 ? "1 frame" : "\(frames) frames"]
    if let seconds = result?.seconds {
      parts.append("\(decimal((seconds * 10).rounded() / 10)) s")
    }
    if let result {
      parts.append("\(result.width) × \(result.height)")
    }
    return parts.joined(separator: ", ")
  }
}

extension JobStatus.Match {
  /// `ada.jpg: good match, 24.1 dB`.
  public var text: String {
    let match = PhotoMatch(
      photo: photo, face: nil, psnr: psnr ?? .infinity, ssim: 0, grade: nil, smallFaceWidth: nil)
    return "\(photo): " + (grade.map { "\($0) " } ?? "") + match.text
  }
}

/// `8 s`, `12 min 5 s`, `3 h 20 min`.
func durationText(_ seconds: Double) -> String {
  if seconds < 10 { return "\(decimal(max(1, (seconds * 10).rounded()) / 10)) s" }
  // A record may say anything.
  let seconds = Int(min(seconds, 1e12).rounded())
  if seconds < 60 { return "\(seconds) s" }
  if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
  return "\(seconds / 3600) h \(seconds / 60 % 60) min"
}

/// Numbers as people and schedulers write them: `3,17-20`.
public func rangesText(_ numbers: [Int]) -> String {
  var ranges: [Range<Int>] = []
  for number in numbers.sorted() {
    if let last = ranges.last, number <= last.upperBound {
      ranges[ranges.count - 1] = last.lowerBound..<max(number + 1, last.upperBound)
    } else {
      ranges.append(number..<(number + 1))
    }
  }
  return rangesText(ranges)
}

func rangesText(_ ranges: [Range<Int>]) -> String {
  ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound - 1)" }
    .joined(separator: ",")
}
