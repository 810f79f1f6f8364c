extension Array where Element: Comparable {
  /// The place of the last number that is no greater than `value`, in numbers that never fall; 0 where all are.
  func lastIndex(notAbove value: Element) -> Int {
    var low = 0
    var high = count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if self[middle] <= value {
        low = middle
      } else {
        high = middle - 1
      }
    }
    return low
  }
}
