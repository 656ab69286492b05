// Rows out of CSV (RFC 4180), each with the line on which it began.

/// A table with a header.
struct CSVRows {
  var header: [String] = []
  var rows: [(line: Int, fields: [String])] = []
  /// The line of a quotation mark that is never closed.
  var unclosed: Int?

  /// Reads a table; lines end with CR LF, LF or CR, a byte order mark is passed over, empty lines are none.
  init(_ bytes: [UInt8]) {
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 1
    var fields: [String] = []
    var field: [UInt8] = []
    var began = 1
    var isQuoted = false
    var quotedFrom = 1
    func isEmptyLine() -> Bool { fields.isEmpty && field.isEmpty }
    func finish(_ rows: inout [(line: Int, fields: [String])]) {
      if !isEmptyLine() { rows.append((began, fields + [String(decoding: field, as: UTF8.self)])) }
      fields = []
      field = []
    }
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if isQuoted {
        if byte == 0x22 {
          if at < bytes.count, bytes[at] == 0x22 {
            field.append(byte)
            at += 1
          } else {
            isQuoted = false
          }
        } else {
          if byte == 0x0A { line += 1 }
          field.append(byte)
        }
        continue
      }
      switch byte {
      case 0x22 where field.isEmpty:
        isQuoted = true
        quotedFrom = line
      case 0x2C:
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      case 0x0D, 0x0A:
        if byte == 0x0D, at < bytes.count, bytes[at] == 0x0A { at += 1 }
        finish(&rows)
        line += 1
        began = line
      default: field.append(byte)
      }
    }
    if isQuoted { unclosed = quotedFrom }
    finish(&rows)
    if !rows.isEmpty { header = rows.removeFirst().fields }
  }
}
