/// What an inference computed, where the runtime left it.
///
/// It can't be copied out of the closure that receives it, since the next inference overwrites the values.
package struct Outputs: ~Copyable {
  private let request: Request

  init(of request: Request) { self.request = request }

  /// The dimensions of the output called `name`, outermost first.
  package func shape(of name: String) throws(InferenceError) -> [Int] { try request.output(name).shape }

  /// Gives `body` the numbers of the output called `name`, in place, innermost dimension first.
  package func withValues<Result>(
    of name: String, _ body: (Span<Float>) throws -> Result
  ) throws -> Result {
    let tensor = try request.output(name)
    return try withExtendedLifetime(tensor) { try body(UnsafeBufferPointer(try tensor.values).span) }
  }

  /// A copy of the numbers of the output called `name`.
  package func values(of name: String) throws(InferenceError) -> [Float] {
    let tensor = try request.output(name)
    defer { withExtendedLifetime(tensor) {} }
    return Array(try tensor.values)
  }
}
