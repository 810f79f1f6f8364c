extension EvaluationReport {
  /// The version of the form that `json` has; Documentation/evaluation.md lists its keys.
  public static let schema = 1

  /// The report as JSON; paths are as seen from `folder`, or as they were given when it is `nil`.
  public func json(seenFrom folder: String?) throws -> String {
    let names = ReportNames(folder: folder)
    return try JSONValue.table([
      "schema": .count(EvaluationReport.schema),
      "facewalk": .text(facewalkVersion),
      "model": model?.json ?? .null,
      "photos": .list(photos.map { $0.json(names) }),
      "dimensions": .list(dimensions.enumerated().map { $1.json(number: $0) }),
      "morphs": .list(morphs.map { $0.json(names) }),
      "failed": .list(failures.map { $0.json(names) }),
      "passed_over": .count(passedOver),
      "summary": summary(names),
      "definitions": .table(EvaluationReport.definitions.mapValues(JSONValue.text)),
    ]).json()
  }

  private func summary(_ names: ReportNames) -> JSONValue {
    func spread(_ spread: Spread?) -> [String: JSONValue] {
      [
        "mean": .optional(spread?.mean), "median": .optional(spread?.median),
        "worst": .optional(spread?.worst),
      ]
    }
    func ofPhotos(_ value: Spread?) -> JSONValue {
      let worst = value.map { names.name(photos[$0.worstPlace]) }
      return .table(spread(value).merging(["worst_photo": .optional(worst)]) { $1 })
    }
    let hasGrades = model?.good != nil
    func grade(_ grade: PhotoMatch.Grade) -> JSONValue { hasGrades ? .count(count(grade)) : .null }
    return .table([
      "photos": .count(photos.count),
      "morphs": .count(morphs.count),
      "failed": .count(failures.count),
      "psnr": ofPhotos(psnr),
      "ssim": ofPhotos(ssim),
      "reconstruction_loss": ofPhotos(reconstructionLoss),
      "latent_loss": ofPhotos(latentLoss),
      "good": grade(.good), "fair": grade(.fair), "poor": grade(.poor),
      "dimensions": .count(dimensions.count),
      "active_dimensions": .optional(activeDimensionCount),
      "change": .table(spread(change)),
      "change_ratio": .table(spread(changeRatio)),
      "path_length": .table(spread(pathLength)),
    ])
  }
}

/// How paths are named in a report.
struct ReportNames {
  /// Where they start; `nil` leaves them as they are.
  let folder: String?

  func name(_ path: String) -> String { folder.map { relativePath(path, from: $0) } ?? path }

  func name(_ photo: EvaluationReport.Photo) -> String {
    name(photo.photo) + (photo.face.map { "#\($0)" } ?? "")
  }

  /// A job's label or an error, which begin with a path when there is one.
  func sentence(_ text: String) -> String {
    guard let colon = text.firstRange(of: ": ")?.lowerBound else { return name(text) }
    return name(String(text[..<colon])) + text[colon...]
  }
}

extension EvaluationReport.Model {
  fileprivate var json: JSONValue {
    .table([
      "name": .text(name), "identity": .text(identity), "good": .optional(good), "poor": .optional(poor),
      "latent_shape": .list(latentShape.map(JSONValue.count)),
    ])
  }
}

extension EvaluationReport.Photo {
  fileprivate func json(_ names: ReportNames) -> JSONValue {
    .table([
      "photo": .text(names.name(photo)), "face": .optional(face),
      "psnr": .number(psnr), "ssim": .number(ssim), "reconstruction_loss": .number(reconstructionLoss),
      "latent_loss": .optional(latentLoss), "match": .optional(grade?.rawValue),
      "face_width": .optional(faceSize?.width), "face_height": .optional(faceSize?.height),
      "roll": .optional(pose?.roll), "yaw": .optional(pose?.yaw), "pitch": .optional(pose?.pitch),
    ])
  }
}

extension EvaluationReport.Dimension {
  fileprivate func json(number: Int) -> JSONValue {
    .table([
      "dimension": .count(number), "latent_loss": .optional(latentLoss), "mean": .number(mean),
      "variance": .number(variance), "active": .optional(isActive),
    ])
  }
}

extension EvaluationReport.Morph {
  fileprivate func json(_ names: ReportNames) -> JSONValue {
    .table([
      "job": .text(names.sentence(job)), "output": .optional(output.map(names.name)),
      "transitions": .list(
        transitions.map { transition in
          .table([
            "frames": .count(transition.frames), "mean_change": .number(transition.meanChange),
            "worst_change": .number(transition.worstChange), "ratio": .optional(transition.ratio),
            "path_length": .number(transition.pathLength),
          ])
        }),
    ])
  }
}

extension EvaluationReport.Failure {
  fileprivate func json(_ names: ReportNames) -> JSONValue {
    .table([
      "kind": .text(kind.rawValue), "name": .text(shownName(names)), "reason": .text(shownReason(names)),
    ])
  }

  func shownName(_ names: ReportNames) -> String {
    kind == .photo ? names.name(name) : names.sentence(name)
  }

  /// A photo's reason does not name it.
  func shownReason(_ names: ReportNames) -> String {
    kind == .photo ? reason : names.sentence(reason)
  }
}
