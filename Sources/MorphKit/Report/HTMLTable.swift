/// A table that stays one for those who can't see it, also where a narrow screen shows its rows as cards.
struct HTMLTable {
  /// What is in a cell, and what it is sorted by when that is not its text.
  struct Cell {
    var html: String
    var value: Double?

    static func text(_ text: String) -> Cell { Cell(html: "<span>\(escaped(text))</span>") }
    static func number(_ number: Double?, _ decimals: Int, unit: String = "") -> Cell {
      guard let number else { return Cell(html: "") }
      return Cell(
        html: "<span>\(figure(number, decimals))\(number.isFinite ? unit : "")</span>", value: number)
    }
  }

  var caption: String
  var columns: [String]
  /// Columns that rows can't be sorted by.
  var unsorted: Set<String> = []
  var isSorted = false
  var rows: [[Cell]]

  var html: String {
    let heads = columns.map { name in
      isSorted && !unsorted.contains(name)
        ? "<th role=\"columnheader\" scope=\"col\" aria-sort=\"none\"><button type=\"button\">\(name)</button></th>"
        : "<th role=\"columnheader\" scope=\"col\">\(name)</th>"
    }
    var html = """
      <table role="table"\(isSorted ? " class=\"sorted\"" : "")><caption>\(escaped(caption))</caption>
      <thead role="rowgroup"><tr role="row">\(heads.joined())</tr></thead>
      <tbody role="rowgroup">

      """
    for row in rows {
      html += "<tr role=\"row\">"
      for (index, cell) in row.enumerated() {
        let value = cell.value.map { $0.isFinite ? " data-value=\"\($0)\"" : " data-value=\"1e999\"" } ?? ""
        let role = index == 0 ? "rowheader" : "cell"
        html += "<td role=\"\(role)\" data-name=\"\(columns[index])\"\(value)>\(cell.html)</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody></table>\n"
  }

  /// Sorts a table by the column whose button is pressed, and the other way round when it is pressed again.
  static let script = """

    for (const table of document.querySelectorAll("table.sorted")) {
      const heads = [...table.tHead.rows[0].cells]
      const names = new Intl.Collator("en", { numeric: true })
      heads.forEach((head, column) => head.querySelector("button")?.addEventListener("click", () => {
        const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1
        for (const other of heads) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none")
        head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending")
        const compare = (a, b) => {
          const [first, second] = [a.cells[column], b.cells[column]]
          if (!first.textContent || !second.textContent) return !first.textContent - !second.textContent
          if (first.dataset.value === undefined) return sign * names.compare(first.textContent, second.textContent)
          return sign * (Number(first.dataset.value) > Number(second.dataset.value) ? 1
            : Number(first.dataset.value) < Number(second.dataset.value) ? -1 : 0)
        }
        table.tBodies[0].append(...[...table.tBodies[0].rows].sort(compare))
      }))
    }

    """
}
