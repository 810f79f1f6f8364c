/// A table of text values as RFC 4180 describes it, whose first row names the columns.
///
/// Values are separated by commas and may stand in quotes; in them a quote is written twice, and commas and line ends
/// are text. Lines end with LF or CR LF; empty ones are passed over. Rows are counted from 1, as a spreadsheet does, so
/// that the first row of values has number 2 at least.
struct CSVTable: Equatable, Sendable {
  let columns: [String]
  private(set) var rows: [Row] = []

  struct Row: Equatable, Sendable {
    var number: Int
    /// As many as columns.
    var values: [String]
  }

  static let byteLimit = 16_000_000
  static let rowLimit = JobFile.jobLimit
  fileprivate static let columnLimit = 1_000

  /// Reads the text of a file; `name` stands in errors.
  init(csv bytes: [UInt8], name: String) throws(MorphError) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw MorphError(name, SettingProblem.table(.notText))
    }
    var reader = CSVReader(bytes)
    func next() throws(MorphError) -> Row? {
      do throws(TableProblem) {
        return try reader.nextRow()
      } catch {
        throw MorphError("\(name): row \(reader.rowNumber)", .table(error))
      }
    }
    guard let header = try next() else { throw MorphError(name, SettingProblem.table(.noRows)) }
    columns = header.values.map(trimmed)
    let place = "\(name): row \(header.number)"
    var known: Set<String> = []
    for column in columns {
      guard !column.isEmpty, !column.contains(where: { "{}:;\t\n\r".contains($0) }) else {
        throw MorphError(place, .table(.columnName(column)))
      }
      guard column != "index" else { throw MorphError(place, .table(.columnOfVariable(column))) }
      guard known.insert(column).inserted else { throw MorphError(place, .table(.repeatedColumn(column))) }
    }
    while let row = try next() {
      guard row.values.count == columns.count else {
        throw MorphError(
          "\(name): row \(row.number)",
          .table(.valueCount(row.values.count, expected: columns.count)))
      }
      guard rows.count < CSVTable.rowLimit else { throw MorphError(name, SettingProblem.tooManyJobs) }
      rows.append(row)
    }
    guard !rows.isEmpty else { throw MorphError(name, SettingProblem.table(.noRows)) }
  }

  /// Reads a file.
  init(contentsOf path: String) throws(MorphError) {
    let content: [UInt8]
    do throws(FileProblem) {
      content = try bytes(ofFile: path, limit: CSVTable.byteLimit)
    } catch {
      switch error {
      case .missing: throw MorphError(path, SettingProblem.missingFile)
      case .tooLarge: throw MorphError(path, SettingProblem.table(.fileTooLarge))
      case .notRegular, .failed: throw MorphError(path, SettingProblem.unreadable(reason: error.reason))
      }
    }
    try self.init(csv: content, name: path)
  }
}

/// What is wrong with a table.
public enum TableProblem: Error, Equatable, Sendable {
  case fileTooLarge
  case notText
  case nul
  case noRows
  case tooManyColumns
  case columnName(String)
  case columnOfVariable(String)
  case repeatedColumn(String)
  case valueCount(Int, expected: Int)
  case quoteInside
  case openQuote

  var message: String {
    switch self {
    case .fileTooLarge:
      "is over 16 MB. Split it."
    case .notText:
      "is not UTF-8 text. Save it as CSV in UTF-8."
    case .nul:
      "has a NUL character in it, which no name can have. Save it as CSV in UTF-8."
    case .noRows:
      "has no row of values. The first row names the columns, each one after it is a job."
    case .tooManyColumns:
      "has more than 1,000 columns. Separate rows by line ends."
    case .columnName(let name):
      "'\(name)' can't be the name of a column. Separate columns with commas, and name them without braces and colons."
    case .columnOfVariable(let name):
      "names a column '\(name)', and {\(name)} is the number of the job. Rename the column."
    case .repeatedColumn(let name):
      "names the column '\(name)' twice. Rename one of them."
    case .valueCount(let count, let expected):
      "has \(count == 1 ? "1 value" : "\(count) values") where the first row names \(expected). "
        + "A value with a comma in it needs quotes."
    case .quoteInside:
      "has a quotation mark inside a value. Put the whole value in quotes, and write the one inside twice."
    case .openQuote:
      "has a quotation mark that is never closed. Close it, or write it twice inside a value in quotes."
    }
  }
}

/// Goes through the bytes of a table row by row.
private struct CSVReader {
  private let bytes: [UInt8]
  private var index = 0
  /// The number of the row that was read last.
  private(set) var rowNumber = 0

  private static let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
  private static let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      index = 3
    }
  }

  /// The next row that isn't empty; `nil` at the end.
  mutating func nextRow() throws(TableProblem) -> CSVTable.Row? {
    while index < bytes.count {
      rowNumber += 1
      if skipLineEnd() { continue }
      var values = [try value()]
      while index < bytes.count, !skipLineEnd() {
        // What ends a value is a comma, a line end or the end.
        index += 1
        guard values.count < CSVTable.columnLimit else { throw .tooManyColumns }
        values.append(try value())
      }
      guard values.allSatisfy({ !$0.utf8.contains(0) }) else { throw .nul }
      return CSVTable.Row(number: rowNumber, values: values)
    }
    return nil
  }

  private var isAtLineEnd: Bool {
    guard index < bytes.count else { return false }
    return bytes[index] == CSVReader.lineFeed
      || (bytes[index] == CSVReader.carriageReturn
        && (index + 1 == bytes.count || bytes[index + 1] == CSVReader.lineFeed))
  }

  private mutating func skipLineEnd() -> Bool {
    guard isAtLineEnd else { return false }
    index += bytes[index] == CSVReader.carriageReturn ? min(2, bytes.count - index) : 1
    return true
  }

  private var isAtValueEnd: Bool { index == bytes.count || bytes[index] == CSVReader.comma || isAtLineEnd }

  private mutating func value() throws(TableProblem) -> String {
    guard index < bytes.count, bytes[index] == CSVReader.quote else {
      let start = index
      while !isAtValueEnd {
        guard bytes[index] != CSVReader.quote else { throw .quoteInside }
        index += 1
      }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }
    index += 1
    var content: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == CSVReader.quote {
        guard index < bytes.count, bytes[index] == CSVReader.quote else {
          guard isAtValueEnd else { throw .quoteInside }
          return String(decoding: content, as: UTF8.self)
        }
        index += 1
      }
      content.append(byte)
    }
    throw .openQuote
  }
}
