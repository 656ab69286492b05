// The worker's form of reading times: one line of JSON in, one line for each time expression out.
public import TruceModel

/// Reads a line `{"doc", "dct", "text"}` and returns a line `{"doc","start","end","type","value"}` for each time expression.
///
/// Offsets count Unicode scalars of the text, ends exclusive, as taggers of TIMEX3 are scored.
///
/// - Parameter line: one JSON object; `dct` is the publication's date, EDTF, and may be missing.
/// - Throws: what is wrong with the line, as a finding.
public func timex(_ line: [UInt8], lexicon: TimeLexicon, zone: Zone? = nil) throws -> [String] {
  let object = try JSON(parsing: line)
  guard let text = object["text"]?.string else { throw Finding(.error, "The object has no text.", field: "text") }
  let bytes = Array(text.utf8)
  let published = object["dct"]?.string.flatMap { When($0, zone: zone ?? .utc, role: .reported) }
  let document = Document(
    text: bytes, from: 0, published: published, sourceName: nil, language: object["language"]?.string ?? "en", zone: zone, findings: [])
  let times = TimeReader(lexicon: lexicon).read(document)
  let name = object["doc"]
  var lines: [String] = []
  var scalars = 0
  var at = 0
  func offset(_ byte: Int) -> Int {
    while at < byte {
      if bytes[at] & 0xC0 != 0x80 { scalars += 1 }
      at += 1
    }
    return scalars
  }
  for mention in times.mentions {
    let start = offset(mention.span.start)
    let end = offset(mention.span.end)
    let object = JSON.compact([
      "doc": name, "start": JSON(start), "end": JSON(end), "type": JSON(mention.type.rawValue), "value": JSON(mention.value),
      "edtf": mention.bounded.map { JSON($0.edtf) }, "rule": JSON(mention.rule),
    ])
    lines.append(object.text)
  }
  return lines
}
