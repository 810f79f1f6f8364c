extension Lattice {
  /// Blurs with the weights 1, 2, 1 across and down; the outermost numbers stand for all beyond.
  package mutating func soften() {
    blur { line, target, count in
      for index in 0..<count {
        target[index] = (line[max(index - 1, 0)] + line[min(index + 1, count - 1)]) * 0.25 + line[index] * 0.5
      }
    }
  }

  /// Blurs three times with the mean over 2 × `radius` + 1 nodes across and down, which is nearly a Gaussian with a
  /// standard deviation of √(radius (radius + 1)) nodes.
  package mutating func blur(radius: Int) {
    guard radius > 0 else { return }
    let share = 1 / Float(2 * radius + 1)
    for _ in 0..<3 {
      blur { line, target, count in
        var sum: Float = 0
        for index in -radius...radius { sum += line[min(max(index, 0), count - 1)] }
        for index in 0..<count {
          target[index] = sum * share
          sum += line[min(index + radius + 1, count - 1)] - line[max(index - radius, 0)]
        }
      }
    }
  }

  /// Gives `body` each row, and then each column, to write what it becomes.
  private mutating func blur(
    _ body: (_ line: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int) -> Void
  ) {
    let (columns, rows) = (columns, rows)
    values.withUnsafeMutableBufferPointer { values in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * max(columns, rows)) { room in
        guard let values = values.baseAddress, let line = room.baseAddress else { return }
        let target = line + max(columns, rows)
        for row in 0..<rows {
          line.update(from: values + row * columns, count: columns)
          body(line, values + row * columns, columns)
        }
        for column in 0..<columns {
          for row in 0..<rows { line[row] = values[row * columns + column] }
          body(line, target, rows)
          for row in 0..<rows { values[row * columns + column] = target[row] }
        }
      }
    }
  }

  /// Sets each number to the share of the square around its node, as wide as the nodes lie apart, that a closed line
  /// covers; `outline` is in pixels of the picture.
  package mutating func fill(_ outline: [SIMD2<Float>]) {
    // Each row of nodes is looked at along this many lines.
    let lineCount = 4
    let (columns, rows) = (columns, rows)
    let step = Float(spacing)
    values.withUnsafeMutableBufferPointer { values in
      values.update(repeating: 0)
      var crossings: [Float] = []
      for row in 0..<rows {
        for line in 0..<lineCount {
          let y = (Float(row) - 0.5 + (Float(line) + 0.5) / Float(lineCount)) * step
          crossings.removeAll(keepingCapacity: true)
          var start = outline[outline.count - 1]
          for end in outline {
            if (start.y <= y) != (end.y <= y) {
              crossings.append((start.x + (end.x - start.x) * (y - start.y) / (end.y - start.y)) / step + 0.5)
            }
            start = end
          }
          crossings.sort()
          // Cell k of a row reaches from k to k + 1 here.
          for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
            let left = min(max(crossings[pair], 0), Float(columns))
            let right = min(max(crossings[pair + 1], 0), Float(columns))
            var column = Int(left)
            while column < columns, Float(column) < right {
              let covered = min(right, Float(column + 1)) - max(left, Float(column))
              values[row * columns + column] += covered / Float(lineCount)
              column += 1
            }
          }
        }
      }
    }
  }
}
