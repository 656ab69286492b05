// One sentence of a daily report to what it says: who observed from where, what, how many, in which sector, and what was kept from him.
internal import TruceAtlas
internal import TruceModel

/// Who observes, and from where.
struct ProseObserver {
  /// As the text calls him: "camera", "patrol".
  var noun: String
  /// A value of the lexicon's class `observer`.
  var kind: String
  /// "in Svitlodarsk", "3km south of Horlivka"; nil where the sentence does not say.
  var place: String?
  /// What stands in brackets behind the place: "57km NE of Donetsk".
  var reference: String?
}

/// Something observed.
struct ProseItem {
  var what: Observation.What
  var count: Count
  var assessment: Observation.Assessment?
  var weapon: String?
  var sector: ObservedSector?
  /// Of something at a place that is named: "2km NE of Hnutove".
  var placeText: String?
  var travel: Observation.Travel?
  /// "four assessed as outgoing and two as impacts": of the whole.
  var parts: [(count: Count, assessment: Observation.Assessment)] = []
  /// The numbers of the times that stand beside it alone.
  var times: [Int] = []
  /// By which verbs it is told.
  var verbs: Set<String> = []
}

/// What one observer is said to have observed.
struct ProseGroup {
  var observer: ProseObserver?
  var verbs: Set<String> = []
  var items: [ProseItem] = []
  var restrictions: [(kind: Restriction.Kind, place: String?)] = []
}

struct ProseSentence {
  let scan: ProseScan
  private(set) var groups: [ProseGroup] = []
  /// The numbers of the times that stand before everything observed.
  private(set) var head: [Int] = []
  /// Where in `head` the first of two times stands that are the ends of one: "between 08:40 and 09:15".
  private(set) var spanAt: Int?
  /// A place that stands before its observer: "While in Horlivka, the patrol heard".
  private var lead: (text: String, reference: String?)?
  private var group = ProseGroup()
  private var pending: ProseScan.Whereabouts?
  private var isNegated = false
  /// How many items have what comes after them: a sector is that of all since the last one.
  private var placed = 0
  /// How many items have their own times, and the times that stand before the next one.
  private var timed = 0
  private var nextTimes: [Int] = []
  /// The verbs of what comes next, and how many items there were before them.
  private var verbs: Set<String> = []
  private var verbsAt = 0

  init(_ scan: ProseScan) { self.scan = scan }

  /// Reads the sentence; nothing is left of one that tells what others said.
  mutating func run() {
    var at = 0
    while at < scan.count {
      if scan.has(.hearsay, at), group.items.isEmpty {
        groups = []
        return
      }
      // What was counted in other times or by others is compared with, not told.
      if let comparison = scan.value(.comparison, at) {
        at = pastComparison(comparison.next)
        continue
      }
      at = step(at) ?? at + 1
    }
    close()
  }

  private func pastComparison(_ at: Int) -> Int {
    var depth = 0
    for next in at..<scan.count {
      if scan.isMark("(", next) { depth += 1 }
      if scan.isMark(")", next) {
        if depth == 0 { return next + 1 }
        depth -= 1
      }
      if scan.isMark(";", next) { return next + 1 }
    }
    return scan.count
  }

  private mutating func close() {
    if !group.items.isEmpty || !group.restrictions.isEmpty { groups.append(group) }
    let observer = group.observer
    group = ProseGroup(observer: observer)
    placed = 0
    timed = 0
    nextTimes = []
    pending = nil
  }

  /// Takes what stands at a piece; nil where nothing does.
  private mutating func step(_ at: Int) -> Int? {
    if let number = scan.times[at] { return time(number, at) }
    if let restriction = scan.value(.restriction, at) { return restricted(restriction.value, restriction.next) }
    if let end = item(at) { return end }
    if let end = part(at) { return end }
    if let end = course(at) { return end }
    if let found = scan.whereabouts(at) {
      // "1.5km NE of Hnutove" behind an observer, before anything observed, is where he is.
      if case .place(let text) = found.what, group.items.isEmpty, group.observer?.place == nil { return position(text, found.next) }
      put(found.what, ofAll: at > 0 && scan.has(.all, at - 1))
      return found.next
    }
    if let observer = scan.value(.observer, at) { return observed(by: observer.value, at, observer.next) }
    if let verb = scan.value(.verb, at) {
      group.verbs.insert(verb.value)
      if verbsAt != group.items.count { verbs = [] }
      verbsAt = group.items.count
      verbs.insert(verb.value)
      // "saw two flares, and heard ... 3 km north": the distance is of what was heard.
      placed = group.items.count
      timed = group.items.count
      // "saw no flares but heard ...", and not "had not heard".
      if at == 0 || !scan.has(.negation, at - 1) { isNegated = false }
      return verb.next
    }
    if let negation = scan.value(.negation, at) {
      isNegated = true
      return negation.next
    }
    if let assessed = scan.value(.assessed, at) { return judged(assessed.next) }
    if scan.isMark(";", at) { timed = group.items.count }
    guard let position = scan.value(.position, at) else { return nil }
    if group.items.isEmpty { return leading(at) }
    // "two convoys near Harm": where they were, and not where the observer stood.
    let end = scan.nameEnd(position.next)
    guard position.value != "-", placed < group.items.count, end > position.next, !scan.has(.wide, end - 1) else { return nil }
    put(.place("\(position.value) \(scan.text(position.next, end))"), ofAll: false)
    return scan.brackets(end)?.next ?? end
  }

  // MARK: - Times

  private mutating func time(_ number: Int, _ at: Int) -> Int {
    if group.items.isEmpty, groups.isEmpty {
      if !head.contains(number) { head.append(number) }
      if at > 0, scan.has(.between, at - 1) || scan.has(.from, at - 1) { spanAt = head.count - 1 }
    } else if timed < group.items.count {
      for index in timed..<group.items.count { group.items[index].times.append(number) }
      timed = group.items.count
    } else if !nextTimes.contains(number) {
      nextTimes.append(number)
    }
    var next = at
    while next < scan.count, scan.times[next] == number { next += 1 }
    return next
  }

  // MARK: - Who and from where

  private mutating func observed(by kind: String, _ at: Int, _ next: Int) -> Int {
    var (kind, start, next) = (kind, at, next)
    // "the SMM camera", "SMM mini-UAV": the last word says what it is.
    while let more = scan.value(.observer, next) { (kind, start, next) = (more.value, next, more.next) }
    // "... were recorded by the camera": of what was told before him.
    let isPassive = group.observer == nil && !group.items.isEmpty
    if !isPassive {
      if !group.items.isEmpty { close() }
      isNegated = false
      group.verbs = []
      (verbs, verbsAt) = ([], 0)
    }
    group.observer = ProseObserver(noun: scan.text(start, next), kind: kind)
    var end = next
    if let found = scan.whereabouts(next), case .place(let text) = found.what {
      end = position(text, found.next)
    } else if scan.has(.position, next) {
      end = place(next) ?? next
    }
    if group.observer?.place == nil {
      group.observer?.place = lead?.text
      group.observer?.reference = lead?.reference
    }
    return end
  }

  /// A position that stands before its observer.
  private mutating func leading(_ at: Int) -> Int? {
    guard at == 0 || scan.isMark(",", at - 1) || scan.times[at - 1] != nil || group.observer?.place == nil else { return nil }
    return place(at)
  }

  /// "in NAME", "on the north-western edge of NAME", "positioned 3km S of NAME", each with what stands in brackets behind it.
  private mutating func place(_ at: Int) -> Int? {
    var inner = at
    while let more = scan.value(.position, inner) { inner = more.next }
    if inner < scan.count, scan.times[inner] != nil { return nil }
    if let found = scan.whereabouts(inner), case .place(let text) = found.what { return position(text, found.next) }
    let end = scan.nameEnd(inner)
    // A whole region is no place to observe from.
    guard end > inner, !scan.has(.wide, end - 1) else { return nil }
    let words = scan.value(.position, at)?.value
    return position((words.map { $0 == "-" ? "" : $0 + " " } ?? "") + scan.text(inner, end), end)
  }

  private mutating func position(_ text: String, _ next: Int) -> Int {
    var reference: String?
    var end = next
    if let brackets = scan.brackets(next) {
      end = brackets.next
      // Of "government-controlled, 57km NE of Donetsk" the part with a distance says where it is.
      for at in brackets.inside {
        if let found = scan.whereabouts(at), case .place(let place) = found.what {
          reference = place
          break
        }
      }
    }
    if group.observer == nil {
      lead = (text, reference)
    } else if group.observer?.place == nil {
      group.observer?.place = text
      group.observer?.reference = reference
    }
    return end
  }

  /// What kept the observer from something, and where.
  private mutating func restricted(_ word: String, _ next: Int) -> Int {
    guard let kind = Restriction.Kind(rawValue: word) else { return next }
    var place: String?
    var end = next
    if let at = scan.value(.position, next) {
      let name = scan.nameEnd(at.next)
      if name > at.next {
        place = scan.text(at.next, name)
        end = scan.brackets(name)?.next ?? name
      }
    }
    if !group.restrictions.contains(where: { $0.kind == kind }) { group.restrictions.append((kind, place)) }
    return end
  }

  // MARK: - What

  /// "3 undetermined explosions", "about 30 bursts of heavy-machine-gun fire", "15 projectiles in flight", "explosions".
  private mutating func item(_ at: Int) -> Int? {
    let counted = scan.counted(at)
    var next = counted?.next ?? at
    var found = ProseItem(what: .explosion, count: counted?.count ?? Count(2, Count.limit))
    for _ in 0..<8 {
      if let word = scan.value(.what, next), let what = Observation.What(rawValue: word.value) {
        // A bare singular ("the explosion") speaks of one that was told already.
        if counted == nil, scan.pieces[word.next - 1].text == singular(next, word.next) { return nil }
        found.what = what
        return add(found, word.next)
      }
      if let assessment = scan.value(.assessment, next) {
        found.assessment = Observation.Assessment(rawValue: assessment.value)
        next = assessment.next
      } else if let weapon = scan.value(.weapon, next) {
        found.weapon = weapon.value
        next = weapon.next
      } else if let filler = scan.value(.filler, next) {
        next = filler.next
      } else {
        break
      }
    }
    // "an airburst", "three impacts": explosions by what they were taken for.
    let isKnown = group.items.contains { $0.what == .explosion }
    guard counted != nil, let assessment = found.assessment, assessment != .undetermined, assessment == .airburst || !isKnown else {
      return nil
    }
    return add(found, next)
  }

  /// The last word of a thing without the ending of many.
  private func singular(_ from: Int, _ until: Int) -> String {
    let word = scan.pieces[until - 1].text
    return word.hasSuffix("s") || word == "fire" || word == "flight" ? "" : word
  }

  private mutating func add(_ item: ProseItem, _ end: Int) -> Int {
    var item = item
    var next = end
    // "30 shots and bursts": one count of both.
    if scan.has(.and, next), let second = scan.value(.what, scan.past(.and, next)), let what = Observation.What(rawValue: second.value) {
      if what == .burst { item.what = .burst }
      next = second.next
    }
    if scan.has(.of, next) || scan.has(.from, next) {
      let after = scan.value(.of, next)?.next ?? scan.past(.from, next)
      if let weapon = scan.value(.weapon, after) { (item.weapon, next) = (weapon.value, weapon.next) }
    } else if let weapon = scan.value(.weapon, next) {
      (item.weapon, next) = (weapon.value, weapon.next)
    }
    if isNegated || item.count.maximum == 0 {
      // What was not seen was not told by "saw".
      verbs = []
      return next
    }
    item.times = nextTimes
    item.verbs = verbs
    if !nextTimes.isEmpty { timed = group.items.count + 1 }
    nextTimes = []
    group.items.append(item)
    if let pending {
      apply(pending, to: group.items.count - 1)
      placed = group.items.count
    }
    return next
  }

  /// "three incoming", "four assessed as impacts": of the explosions that were told before.
  private mutating func part(_ at: Int) -> Int? {
    guard let last = group.items.indices.last, group.items[last].what == .explosion, let counted = scan.counted(at) else { return nil }
    let word = scan.past(.what, scan.past(.filler, counted.next))
    let next = scan.past(.assessed, word)
    guard let assessment = scan.value(.assessment, next), let value = Observation.Assessment(rawValue: assessment.value) else { return nil }
    group.items[last].parts.append((counted.count, value))
    return scan.past(.what, assessment.next)
  }

  /// "... assessed as outgoing", "all assessed as impacts of mortar rounds".
  private mutating func judged(_ at: Int) -> Int {
    guard let assessment = scan.value(.assessment, at), let value = Observation.Assessment(rawValue: assessment.value) else {
      if let weapon = scan.value(.weapon, at), let last = group.items.indices.last {
        group.items[last].weapon = group.items[last].weapon ?? weapon.value
        return weapon.next
      }
      return at
    }
    let isAll = at >= 2 && (at - 4..<at).contains { $0 >= 0 && scan.has(.all, $0) }
    let first = isAll ? 0 : max(0, group.items.count - 1)
    for index in group.items.indices.dropFirst(first) where group.items[index].what == .explosion && group.items[index].parts.isEmpty {
      group.items[index].assessment = group.items[index].assessment ?? value
    }
    // "... as outgoing artillery rounds": with what, and no further explosions.
    guard let weapon = scan.value(.weapon, assessment.next) else { return scan.past(.what, assessment.next) }
    if let last = group.items.indices.last { group.items[last].weapon = group.items[last].weapon ?? weapon.value }
    return scan.past(.what, weapon.next)
  }

  // MARK: - Where and whither

  private mutating func put(_ what: ProseScan.Whereabouts, ofAll: Bool) {
    if ofAll {
      for index in group.items.indices where group.items[index].sector == nil && group.items[index].placeText == nil {
        apply(what, to: index)
      }
      placed = group.items.count
      return
    }
    guard placed < group.items.count else {
      if group.items.isEmpty { pending = what }
      return
    }
    for index in placed..<group.items.count { apply(what, to: index) }
    placed = group.items.count
    pending = nil
  }

  private mutating func apply(_ what: ProseScan.Whereabouts, to index: Int) {
    switch what {
    case .sector(let sector): group.items[index].sector = sector
    case .place(let text): group.items[index].placeText = text
    }
  }

  /// "from W to E", "E-W", "flying north-east": of what was told last.
  private mutating func course(_ at: Int) -> Int? {
    guard let last = group.items.indices.last else { return nil }
    var travel: Observation.Travel?
    var end = at
    if scan.has(.from, at), let from = scan.compass(scan.past(.from, at)), scan.has(.to, from.next),
      let to = scan.compass(scan.past(.to, from.next))
    {
      travel = Observation.Travel(from: from.bearing.point.bearing, to: to.bearing.point.bearing)
      end = to.next
    } else if let from = scan.compass(at), from.next < scan.count, scan.pieces[from.next].isJoined, let to = scan.compass(from.next) {
      travel = Observation.Travel(from: from.bearing.point.bearing, to: to.bearing.point.bearing)
      end = to.next
    } else if let heading = scan.value(.heading, at), let to = scan.compass(scan.past(.direction, heading.next)) {
      travel = Observation.Travel(to: to.bearing.point.bearing)
      end = scan.past(.direction, to.next)
    }
    guard let travel else { return nil }
    // The first that is named is the one that most took.
    group.items[last].travel = group.items[last].travel ?? travel
    return end
  }
}
