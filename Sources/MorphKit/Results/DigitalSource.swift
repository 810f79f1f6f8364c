/// How pictures came to be, in the words of the IPTC's vocabulary of digital sources.
public enum DigitalSource: String, Sendable {
  /// All that they show was made by a trained model.
  case trainedAlgorithmicMedia
  /// They show parts of photos, too.
  case compositeWithTrainedAlgorithmicMedia

  /// The XMP packet that says so, for files that carry one.
  var xmp: String {
    """
    <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
    <x:xmpmeta xmlns:x="adobe:ns:meta/">
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
          <Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/\(rawValue)</Iptc4xmpExt:DigitalSourceType>
        </rdf:Description>
      </rdf:RDF>
    </x:xmpmeta>
    <?xpacket end="r"?>
    """
  }
}

extension MorphJob {
  /// What its result is marked as, which may show photos' own detail; `nil` where no model made what is shown, or
  /// nothing is.
  func digitalSource(withDetail: Bool) -> DigitalSource? {
    if case .latents = output.format { return nil }
    switch content {
    // Crops are photos.
    case .align, .encode, .direction: return nil
    // Photos stand beside what the model makes of them.
    case .reconstruct, .posterior: return .compositeWithTrainedAlgorithmicMedia
    case .between(let keyframes):
      let showsPhotos = keyframes.contains { if case .photo = $0 { true } else { false } }
      return showsPhotos || withDetail ? .compositeWithTrainedAlgorithmicMedia : .trainedAlgorithmicMedia
    case .morph, .sample, .decode, .average, .traverse, .plane:
      return withDetail ? .compositeWithTrainedAlgorithmicMedia : .trainedAlgorithmicMedia
    }
  }

  /// The same for the picture of a cell of its grid alone, which may be a photo.
  func digitalSource(ofCell cell: Int, columns: Int, withDetail: Bool) -> DigitalSource? {
    switch content {
    case .reconstruct:
      return PairLayout(columns: columns).pair(ofCell: cell).isPhoto ? nil : .trainedAlgorithmicMedia
    case .posterior:
      return cell == 0 ? nil : .trainedAlgorithmicMedia
    case .between(let keyframes):
      // The keyframes themselves stand in the first row and the first column.
      let (row, column) = (cell / (keyframes.count + 1), cell % (keyframes.count + 1))
      guard min(row, column) == 0, max(row, column) > 0, case .photo = keyframes[max(row, column) - 1] else {
        return withDetail ? .compositeWithTrainedAlgorithmicMedia : .trainedAlgorithmicMedia
      }
      return nil
    case .morph, .sample, .align, .encode, .decode, .average, .direction, .traverse, .plane:
      return digitalSource(withDetail: withDetail)
    }
  }
}

extension PreparedJob {
  /// What its result is marked as.
  var digitalSource: DigitalSource? { job.digitalSource(withDetail: inputs.detail != nil) }
}
