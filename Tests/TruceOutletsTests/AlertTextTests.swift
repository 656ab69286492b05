// Alerts as CAP and Atom, checked by a parser of another hand and by the formats' own rules.
import Foundation
import Testing
import TruceModel
import TruceSituation

@testable import TruceOutlets

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct AlertTextTests {
  static let at = Instant("2020-11-20T06:00:00+04:00")!

  static func book(resolved: Bool) -> [AlertState] {
    var watch = WatchIndex()
    let condition = AlertCondition(
      rule: "missed-check-in", subject: "post-7", due: at, severity: .severe, message: "post 7 <missed> & \"late\" \u{1}")
    var changes = [condition.opened(at: at.adding(milliseconds: 1))]
    if resolved {
      changes.append(.acknowledge(condition.alert, by: "Anna & Co", at: at.adding(seconds: 60)))
      changes.append(.resolve(condition.alert, by: "truce", at: at.adding(seconds: 120), note: "it <b>checked in</b>"))
    }
    for (i, change) in changes.enumerated() {
      watch.add(Entry(sequence: UInt64(i), recorded: change.at, id: change.id, kind: .alert, content: change.json))
    }
    return watch.alerts.alerts(Set(AlertWord.allCases), at: at.adding(seconds: 200))
  }

  /// The elements that CAP 1.2 wants in an alert and in its info, in their order (section 3.4).
  static let order = [
    "identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction", "addresses", "code", "note", "references",
    "incidents", "info",
  ]
  static let infoOrder = [
    "language", "category", "event", "responseType", "urgency", "severity", "certainty", "audience", "eventCode", "effective", "onset",
    "expires",
    "senderName", "headline", "description", "instruction", "web", "contact", "parameter", "resource", "area",
  ]

  @Test("CAP holds its elements in order, its times with digits, its references complete", arguments: [false, true])
  func cap(resolved: Bool) throws {
    let alert = try #require(AlertTextTests.book(resolved: resolved).first)
    let text = alertCAP(
      alert, sender: "mission, ops <1>", area: "Post 7 & around", zone: Zone("Asia/Baku")!, now: AlertTextTests.at.adding(seconds: 200))
    let document = try XMLDocument(xmlString: text)
    let root = try #require(document.rootElement())
    #expect(root.name == "alert" && root.namespace(forPrefix: "")?.stringValue == "urn:oasis:names:tc:emergency:cap:1.2")
    let names = (root.children ?? []).compactMap(\.name)
    #expect(names == AlertTextTests.order.filter { names.contains($0) })
    let info = try #require(root.elements(forName: "info").first)
    let infoNames = (info.children ?? []).compactMap(\.name)
    #expect(infoNames == AlertTextTests.infoOrder.filter { infoNames.contains($0) })
    func value(_ name: String) -> String { root.elements(forName: name).first?.stringValue ?? "" }
    #expect(value("msgType") == (resolved ? "Cancel" : "Alert"))
    #expect(!value("sender").contains { " ,<&".contains($0) })
    #expect(value("sent") == (resolved ? "2020-11-20T06:02:00+04:00" : "2020-11-20T06:00:00+04:00"))
    #expect(value("references").split(separator: ",").count == (resolved ? 3 : 0))
    #expect(info.elements(forName: "headline").first?.stringValue == "post 7 <missed> & \"late\" \u{FFFD}")
    #expect(info.elements(forName: "severity").first?.stringValue == "Severe")
  }

  @Test("The feed has what RFC 4287 wants, the same id for an alert at each rendering")
  func atom() throws {
    func feed(_ resolved: Bool) throws -> XMLElement {
      let text = alertAtom(
        AlertTextTests.book(resolved: resolved), id: "urn:truce:alerts", title: "Alerts & more", now: AlertTextTests.at.adding(seconds: 200)
      )
      return try #require(try XMLDocument(xmlString: text).rootElement())
    }
    let (open, closed) = (try feed(false), try feed(true))
    for root in [open, closed] {
      for name in ["id", "title", "updated", "author"] { #expect(root.elements(forName: name).count == 1) }
      for entry in root.elements(forName: "entry") {
        for name in ["id", "title", "updated", "summary"] { #expect(entry.elements(forName: name).count == 1) }
        #expect(Instant(entry.elements(forName: "updated").first?.stringValue ?? "") != nil)
      }
    }
    func id(_ root: XMLElement) -> String? { root.elements(forName: "entry").first?.elements(forName: "id").first?.stringValue }
    #expect(id(open) != nil && id(open) == id(closed))
    #expect(
      closed.elements(forName: "entry").first?.elements(forName: "summary").first?.stringValue
        == "resolved, acknowledged by Anna & Co; it <b>checked in</b>")
  }
}
