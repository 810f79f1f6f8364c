internal import Digests
internal import FoundationEssentials

/// What is measured before the first frame, once, and then is the same for every process of a job.
///
/// It lies in the work folder as JSON until the result is finished.
protocol KeptMeasurement: Codable, Equatable, Sendable {
  static var fileName: String { get }
  /// The version of its form and of the way of measuring.
  static var currentFormat: Int { get }
  var format: Int { get }
  /// SHA-256 of its other fields, as JSON with sorted keys.
  var digest: String { get set }
}

extension KeptMeasurement {
  /// Reads what `json` gave; `nil` for anything else, also for what was measured in another way.
  init?(json: [UInt8]) {
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(json))
      guard format == Self.currentFormat, digest == (try ownDigest()) else { return nil }
    } catch {
      return nil
    }
  }

  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return Array(try encoder.encode(self))
  }

  func ownDigest() throws -> String {
    var measurement = self
    measurement.digest = ""
    return SHA256Digest(of: String(decoding: try measurement.json(), as: UTF8.self)).hex
  }
}

extension WorkFolder {
  /// What the first process has measured, or `measure` does now.
  ///
  /// `fits` says whether it is of this job; `isKept` whether it is left for other processes.
  func measuredOnce<Measurement: KeptMeasurement>(
    isKept: Bool, fits: (Measurement) -> Bool, measure: () async throws -> Measurement
  ) async throws -> Measurement {
    if let first = measurement(fits) { return first }
    let measured = try await measure()
    return isKept ? try keep(measured, fits: fits) : measured
  }

  /// What was measured for the job, by whichever process came first.
  func measurement<Measurement: KeptMeasurement>(_ fits: (Measurement) -> Bool) -> Measurement? {
    do throws(FileProblem) {
      let json = try bytes(ofFile: path + "/" + Measurement.fileName, limit: RunRecord.byteLimit)
      return Measurement(json: json).flatMap { fits($0) ? $0 : nil }
    } catch {
      return nil
    }
  }

  /// Puts a measurement into the folder, and returns the one that counts: of several processes the first one's.
  func keep<Measurement: KeptMeasurement>(
    _ measured: Measurement, fits: (Measurement) -> Bool
  ) throws -> Measurement {
    let json = try measured.json()
    let path = path + "/" + Measurement.fileName
    return try naming { () throws(FileProblem) in
      let temporary = temporaryPath()
      defer { removeAll(temporary) }
      try write(json, toFile: temporary)
      if try linkUnlessTaken(temporary, to: path) { return measured }
      if let first = measurement(fits) { return first }
      // What is there was damaged.
      try move(temporary, to: path)
      return measured
    }
  }
}
