// How posts stand: by arrival, through silence, stand-downs and closing.
import Testing
import TruceModel
import TruceSituation

@Suite struct WatchBoardTests {
  func word(_ entries: Entries, at: Double) -> PostWord? { entries.watch.board(at: minute(at)).first?.word }

  @Test("A post is on watch, due within its grace, overdue after it, silent after three")
  func words() {
    var entries = Entries()
    entries.open("p", every: 60, grace: 300)
    entries.checkIn("p", 58)
    #expect(word(entries, at: -1) == nil)
    #expect(word(entries, at: 30) == .onWatch)
    #expect(word(entries, at: 63) == .onWatch)
    #expect(word(entries, at: 119) == .onWatch)
    #expect(word(entries, at: 121) == .due)
    #expect(word(entries, at: 125) == .due)
    #expect(word(entries, at: 125.1) == .overdue)
    #expect(word(entries, at: 244) == .overdue)
    #expect(word(entries, at: 246) == .silent)
    let status = entries.watch.board(at: minute(246))[0]
    #expect(status.missed == 3 && status.since == minute(125) && status.lastArrival == minute(58))
    entries.checkIn("p", 250)
    #expect(word(entries, at: 251) == .onWatch)
  }

  @Test("Alive is judged by arrival: a backlog shows that the link carries, whatever its times")
  func arrival() {
    var entries = Entries()
    entries.open("p")
    entries.checkIn("p", 55, received: 1000)
    #expect(word(entries, at: 999) == .silent)
    #expect(word(entries, at: 1001) == .onWatch)
  }

  @Test("A post that stands down as planned owes nothing, and a closed one is closed")
  func away() {
    var entries = Entries()
    entries.open("p")
    entries.add(
      PostChange(id: "d", post: "p", act: .stoodDown, at: minute(50), until: minute(200), source: "mission"), at: minute(40))
    entries.add(PostChange(id: "c", post: "p", act: .closed, at: minute(300), source: "mission"), at: minute(290))
    #expect(word(entries, at: 100) == .stoodDown)
    #expect(word(entries, at: 239) == .onWatch)
    #expect(word(entries, at: 241) == .overdue)
    #expect(word(entries, at: 300) == .closed)
    #expect(entries.watch.logs["p"]!.missed(after: .distantPast, through: minute(900)).map(\.due) == [minute(240)])
  }

  @Test("A post without a schedule is open and owes nothing")
  func unscheduled() {
    var entries = Entries()
    entries.open("p", every: nil)
    #expect(word(entries, at: 10_000) == .open)
  }

  @Test("Gaps in a post's own count are shown")
  func numbers() {
    var entries = Entries()
    entries.open("p")
    for number in [2, 3, 7] {
      entries.add(CheckIn(id: EntryID("n\(number)"), post: "p", at: minute(1), sending: Sending(number: number)), at: minute(1))
    }
    #expect(entries.watch.board(at: minute(2))[0].missingNumbers == [1...1, 4...6])
  }

  @Test("Of a post with a key only signed records count, and those that a named person entered")
  func signatures() throws {
    let key = PostKey()
    var entries = Entries()
    var signed = CheckIn(id: "signed", post: "p", at: minute(50))
    try signed.sign(privateKey: key.privateKey)
    // The unsigned ones come before the key is known: order makes no difference.
    entries.add(CheckIn(id: "forged", post: "p", at: minute(170)), at: minute(170))
    entries.open("p", publicKey: key.publicKey)
    entries.add(signed, at: minute(50))
    entries.add(CheckIn(id: "radio", post: "p", at: minute(110), sending: Sending(by: "duty officer")), at: minute(110))
    let watch = entries.watch
    #expect(watch.board(at: minute(175))[0].lastArrival == minute(110))
    #expect(watch.findings.map(\.evidence) == [["forged"]])
  }

  @Test("What cannot be read is a finding with its field, and does no harm")
  func refused() {
    var watch = WatchIndex()
    watch.add(Entry(sequence: 0, recorded: minute(0), id: "x", kind: .checkIn, content: ["id": "x", "post": "p"]))
    #expect(watch.findings.map(\.field) == ["at"])
  }
}
