// The fuzzer's target for reading: any bytes, as text and as a page, give claims whose spans lie in the text, in bounded time.
import Foundation
import TruceModel

/// What is loaded once: the English lexicon, in the folder that `TRUCE_LEXICON` names.
private let fuzzLexicon: Lexicon = {
  guard let folder = ProcessInfo.processInfo.environment["TRUCE_LEXICON"] else { fatalError("TRUCE_LEXICON names no folder") }
  do {
    return try Lexicon.load(folder: folder)
  } catch {
    fatalError("\(error)")
  }
}()
private let fuzzReader = Reader(lexicon: fuzzLexicon, cases: [])
private let fuzzTimes = TimeReader(lexicon: fuzzLexicon.times)

/// One input: its first byte chooses the form and whether the publication is known, the rest is the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReading(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
  let choice = start[0]
  let published = choice & 2 == 0 ? nil : When("2020-12-01", zone: .utc)
  let document = choice & 1 == 0 ? Document(plain: bytes, published: published) : Document(html: bytes, published: published)
  check(document)
  let reading = fuzzReader.read(document)
  for claim in reading.claims {
    let spans =
      [claim.span] + [claim.trigger].compactMap { $0 } + (claim.who + claim.whom).compactMap(\.span) + claim.places.compactMap(\.span)
      + claim.speakers.compactMap(\.span) + claim.quantities.compactMap(\.span)
    for span in spans { precondition(span.end <= reading.text.count, "A claim's span lies outside the text") }
  }
  precondition(Set(reading.claims.map(\.id)).count <= reading.claims.count)
  return 0
}

/// Tokens run forward inside the document's part, sentences cover them, time expressions stand in one sentence each.
private func check(_ document: Document) {
  var last = document.range.lowerBound
  for token in document.tokens {
    precondition(
      Int(token.start) >= last && token.end > token.start && Int(token.end) <= document.range.upperBound, "A token is out of order")
    last = Int(token.end)
  }
  var next = 0
  for sentence in document.sentences {
    precondition(sentence.tokens.lowerBound == next && sentence.tokens.contains(sentence.body), "A sentence is out of order")
    next = sentence.tokens.upperBound
  }
  precondition(next == document.tokens.count, "A token has no sentence")
  let times = fuzzTimes.read(document)
  var end = 0
  for mention in times.mentions {
    precondition(mention.tokens.lowerBound >= end && !mention.tokens.isEmpty, "Time expressions overlap")
    end = mention.tokens.upperBound
    precondition(end <= document.tokens.count && mention.span.end <= document.bytes.count, "A time expression lies outside the text")
    if let when = mention.when { precondition(When(when.edtf, zone: when.zone) != nil, "\(when.edtf) is not of the profile") }
    if let when = mention.bounded { precondition(When(when.edtf, zone: when.zone) != nil, "\(when.edtf) is not of the profile") }
  }
}
