// A report's JSON form: the content of a `report` entry.

extension Report {
  public var json: JSON {
    .compact([
      "id": JSON(id), "source": source.map { JSON($0) }, "sourceName": sourceName.map { JSON($0) }, "published": published?.json,
      "captured": JSON(captured), "language": JSON(language), "address": address.map { JSON($0) }, "title": title.map { JSON($0) },
      "media": JSON(media.rawValue), "sha256": JSON(sha256), "size": JSON(size), "text": text.map { JSON($0) },
    ])
  }

  /// A report from its form.
  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    func digest(_ key: String) throws(FormError) -> Digest? {
      guard let hex = try form.optionalString(key) else { return nil }
      guard let digest = Digest(hex: hex) else { throw FormError(field: key, message: "should be 64 hexadecimal digits") }
      return digest
    }
    guard let sha256 = try digest("sha256") else {
      throw FormError(field: "sha256", message: "is missing; it should be 64 hexadecimal digits")
    }
    guard let captured = try form.instant("captured") else {
      throw FormError(field: "captured", message: "is missing; it should be an instant")
    }
    self.init(
      id: ReportID(try form.string("id")), source: try form.optionalString("source").map { SourceID($0) },
      sourceName: try form.optionalString("sourceName"),
      published: try form.optional("published") { json, path throws(FormError) in try When(json: json, path: path) }, captured: captured,
      language: try form.string("language"), address: try form.optionalString("address"), title: try form.optionalString("title"),
      media: try form.word("media", Media.self), sha256: sha256, size: try form.integer("size"), text: try digest("text"))
  }
}
