// Reads a lexicon's files, one after the other, and checks what they refer to.
internal import TruceModel

/// Builds a lexicon from lines.
struct LexiconBuilder {
  var lexicon = Lexicon()
  private var verbIndex: [String: Int32] = [:]
  private var nounIndex: [String: Int32] = [:]
  private var frameIDs: Set<String> = []

  mutating func read(_ file: LexiconLines) throws(LexiconError) {
    for line in file.lines {
      switch file.file {
      case "words.txt": try classes(file, line)
      case "verbs.txt": try verbs(file, line)
      case "nouns.txt": try nouns(file, line)
      case "titles.txt": try titles(file, line)
      case "cues.txt": try cues(file, line)
      case "happening.txt": try happening(file, line)
      case "frames.txt": try frame(file, line)
      case "world-countries.txt": try country(file, line)
      case "world-groups.txt": try group(file, line)
      default:
        for name in line.text.parts(",") { lexicon.world.append(.init(text: String(name), party: nil, kind: .place)) }
      }
    }
  }

  // MARK: words

  private mutating func word(_ text: String, _ change: (inout Word) -> Void) {
    let forms = Lexicon.forms(text)
    guard let first = forms.first else { return }
    if forms.count == 1 {
      lexicon.words.update(first, default: Word(), change)
    } else if let value = lexicon.phrases[forms] {
      change(&lexicon.phraseWords[Int(value)])
    } else {
      var word = Word()
      change(&word)
      lexicon.phrases.add(forms, Int32(lexicon.phraseWords.count))
      lexicon.phraseWords.append(word)
      lexicon.words.update(first, default: Word()) { $0.startsPhrase = true }
    }
  }

  private mutating func classes(_ file: LexiconLines, _ line: LexiconLines.Line) throws(LexiconError) {
    let (key, _) = try file.keyed(line)
    if key == "auxiliary" { return }
    guard let kind = Word.Classes.named[key] else {
      throw file.fail(line, "No class '\(key)'. Classes are \(Word.Classes.named.keys.sorted().joined(separator: ", ")).")
    }
    let colon = line.text.utf8.firstIndex(of: 0x3A)!
    for part in line.text[line.text.utf8.index(after: colon)...].parts(" ") {
      if kind == .number {
        let halves = part.parts("=")
        guard halves.count == 2, let value = Double(halves[1]) else {
          throw file.fail(line, "A word of number stands with what it counts: `three=3`, not '\(part)'.")
        }
        lexicon.numbers[Form(String(halves[0]))] = value
        word(String(halves[0])) { $0.classes.insert(.number) }
        continue
      }
      word(part.words) { $0.classes.insert(kind) }
    }
  }

  private mutating func verbs(_ file: LexiconLines, _ line: LexiconLines.Line) throws(LexiconError) {
    let parts = line.text.parts(" ")
    switch parts[0] {
    case "irregular":
      guard parts.count == 4 else { throw file.fail(line, "An irregular verb has three forms: `irregular LEMMA PAST PARTICIPLE`.") }
      let lemma = String(parts[1])
      add(verb: lemma, past: parts[2].parts("/").map(String.init), participle: parts[3].parts("/").map(String.init))
    case "regular":
      for part in parts.dropFirst() where verbIndex[String(part)] == nil { add(verb: String(part), past: nil, participle: nil) }
    case "also-noun":
      for part in parts.dropFirst() {
        let lemma = String(part)
        if verbIndex[lemma] == nil { add(verb: lemma, past: nil, participle: nil) }
        for form in [lemma, Morphology.verb(lemma).third] {
          lexicon.words.update(Form(form), default: Word()) { $0.shape.insert(.alsoNoun) }
        }
      }
    default: throw file.fail(line, "A line of verbs opens with `irregular`, `regular` or `also-noun`.")
    }
  }

  private mutating func add(verb lemma: String, past: [String]?, participle: [String]?) {
    // A verb that a line before called regular keeps its place.
    let index = verbIndex[lemma] ?? Int32(lexicon.verbs.count)
    if verbIndex[lemma] == nil {
      verbIndex[lemma] = index
      lexicon.verbs.append(Verb(lemma: lemma))
      lexicon.happenings.append([])
    }
    let forms = Morphology.verb(lemma)
    func set(_ text: String, _ shape: Word.Shape) {
      lexicon.words.update(Form(text), default: Word()) { word in
        if word.verb >= 0, word.verb != index, !word.shape.isEmpty, shape == .base || shape == .gerund || word.shape.contains(.base) {
          // "found" is the past of "find"; another verb's rarer form does not take it over.
          return
        }
        if word.verb >= 0, word.verb != index { return }
        word.verb = index
        word.shape.insert(shape)
      }
    }
    set(lemma, .base)
    set(forms.third, .third)
    set(forms.gerund, .gerund)
    let doubled = Morphology.doubled(lemma)
    if let doubled { set(doubled.gerund, .gerund) }
    let regular = [forms.past, doubled?.past].compactMap { $0 }
    for text in past ?? regular { set(text, .past) }
    for text in participle ?? regular { set(text, .participle) }
    switch lemma {
    case "be":
      set("being", .gerund)
      for text in ["is", "are", "am", "'re", "'m"] { set(text, .third) }
    case "have":
      for text in ["has", "'ve"] { set(text, .third) }
      set("'d", .past)
    case "do": set("does", .third)
    case "go": set("goes", .third)
    case "die": set("dying", .gerund)
    case "lie": set("lying", .gerund)
    default: break
    }
  }

  private mutating func nouns(_ file: LexiconLines, _ line: LexiconLines.Line) throws(LexiconError) {
    let (key, parts) = try file.keyed(line)
    guard let kind = NounKinds.named[key] else {
      throw file.fail(line, "No kind '\(key)'. Kinds are \(NounKinds.named.keys.sorted().joined(separator: ", ")).")
    }
    for part in parts { noun(part.words, kind) }
  }

  /// The lemma's index; `kind` is added to those that it has.
  @discardableResult
  private mutating func noun(_ text: String, _ kind: NounKinds) -> Int32 {
    let halves = Substring(text).parts("/").map(String.init)
    let lemma = halves[0]
    let plural = halves.count > 1 ? halves[1] : Morphology.plural(lemma)
    let index: Int32
    if let known = nounIndex[lemma] {
      index = known
      lexicon.nouns[Int(index)].kinds.formUnion(kind)
    } else {
      index = Int32(lexicon.nouns.count)
      nounIndex[lemma] = index
      lexicon.nouns.append(Noun(lemma: lemma, kinds: kind))
    }
    for (form, isPlural) in [(lemma, false), (plural, true)] {
      word(form) { word in
        word.noun.formUnion(kind)
        if word.nounLemma < 0 || word.nounLemma == index || !isPlural {
          word.nounLemma = index
          word.isPlural = isPlural
        }
      }
    }
    return index
  }

  private mutating func titles(_ file: LexiconLines, _ line: LexiconLines.Line) throws(LexiconError) {
    let (key, parts) = try file.keyed(line)
    guard let kind = Word.Classes.named[key] else { throw file.fail(line, "A line of titles opens with `title:` or `head:`.") }
    for part in parts {
      word(String(part)) {
        $0.classes.insert(kind)
        $0.noun.insert(.office)
      }
    }
  }

  private mutating func cues(_ file: LexiconLines, _ line: LexiconLines.Line) throws(LexiconError) {
    let (key, parts) = try file.keyed(line)
    if key == "hedge" {
      for part in parts { word(String(part)) { $0.classes.insert(.hedge) } }
      return
    }
    guard let cue = Verb.Cues.named[key] else {
      throw file.fail(line, "No class of cues '\(key)'. Classes are hedge, \(Verb.Cues.named.keys.sorted().joined(separator: ", ")).")
    }
    for part in parts {
      let lemma = String(part.parts(" ").first ?? part)
      if let index = verbIndex[lemma] {
        lexicon.verbs[Int(index)].cues.insert(cue)
      } else {
        // An adjective: "due to", "ready to".
        add(verb: lemma, past: [], participle: [lemma])
        lexicon.verbs[Int(verbIndex[lemma]!)].cues.insert(cue)
        lexicon.words.update(Form(lemma), default: Word()) { $0.shape = [.participle] }
      }
    }
  }

  private mutating func happening(_ file: LexiconLines, _ line: LexiconLines.Line) throws(LexiconError) {
    let (key, parts) = try file.keyed(line)
    guard let kind = Lexicon.Happening.Kind(rawValue: key) else {
      throw file.fail(line, "A line of happenings opens with `starts:`, `goes:`, `ends:` or `makes:`.")
    }
    for part in parts {
      let words = part.parts(" ")
      guard let index = verbIndex[String(words[0])] else {
        throw file.fail(line, "No verb '\(words[0])' in verbs.txt.")
      }
      // "be over" before "be": the longer one is meant where it stands.
      let rest = words.dropFirst().map { Form(String($0)) }
      let at = lexicon.happenings[Int(index)].firstIndex { $0.words.count < rest.count } ?? lexicon.happenings[Int(index)].count
      lexicon.happenings[Int(index)].insert(.init(kind: kind, words: rest), at: at)
    }
  }

  // MARK: frames

  private mutating func frame(_ file: LexiconLines, _ line: LexiconLines.Line) throws(LexiconError) {
    let fields = line.text.fields("|")
    guard fields.count == 4 else {
      throw file.fail(line, "A frame has four fields: `verb TYPE ACT | triggers | roles | flags`.")
    }
    let head = fields[0].parts(" ")
    guard head.count >= 2, head[0] == "verb" || head[0] == "noun", let type = ClaimType(rawValue: String(head[1])) else {
      throw file.fail(line, "A frame opens with `verb` or `noun` and a type of claims, as `verb control_change entered`.")
    }
    let act = head.count > 2 ? String(head[2]) : ""
    let triggers = fields[1].parts(",")
    guard let first = triggers.first else { throw file.fail(line, "A frame needs a trigger.") }
    var id = "\(head[0])/\(act.isEmpty ? type.rawValue : act)/\(first.parts(" ").joined(separator: "-").filter { $0 != "~" })"
    while !frameIDs.insert(id).inserted { id += "+" }
    var roles: [Frame.Role] = []
    for part in fields[2].parts(" ") { roles.append(try role(part, file, line)) }
    var flags: Frame.Flags = []
    var object: String?
    for flag in fields[3].parts(" ") {
      if flag.hasPrefix("object=") {
        object = String(flag.dropFirst(7))
      } else if let known = Frame.Flags.words[String(flag)] {
        flags.insert(known)
      } else {
        throw file.fail(line, "No flag '\(flag)'. Flags are \(Frame.Flags.words.keys.sorted().joined(separator: ", ")), object=WORD.")
      }
    }
    let frame = Frame(
      id: id, type: type, act: act, roles: roles, flags: flags, origin: "\(file.file):\(line.number)", object: object)
    let index = Int32(lexicon.frames.count)
    lexicon.frames.append(frame)
    for trigger in triggers {
      if head[0] == "verb" { try verbTrigger(trigger, index, file, line) } else { nounTrigger(trigger, index) }
    }
  }

  private func role(_ part: Substring, _ file: LexiconLines, _ line: LexiconLines.Line) throws(LexiconError) -> Frame.Role {
    let halves = part.parts("=")
    guard halves.count == 2 else { throw file.fail(line, "A role is SLOT=SOURCE:KIND, not '\(part)'.") }
    let isRequired = halves[0].hasSuffix("!")
    guard let slot = Frame.Slot(rawValue: String(isRequired ? halves[0].dropLast() : halves[0])) else {
      throw file.fail(line, "No slot '\(halves[0])'. Slots are \(Frame.Slot.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    var options: [Frame.Option] = []
    for option in halves[1].parts(",") {
      let sides = option.parts(":")
      var kinds: NounKinds?
      if sides.count > 1 {
        guard let known = NounKinds.named[String(sides[1])] else {
          throw file.fail(line, "No kind '\(sides[1])'. Kinds are \(NounKinds.named.keys.sorted().joined(separator: ", ")).")
        }
        kinds = known
      }
      let source: Frame.Source
      switch sides[0] {
      case "subject": source = .subject
      case "object": source = .object
      case "owner": source = .owner
      case "agent": source = .agent
      case "within": source = .within
      default:
        let words = sides[0].parts("_")
        source = .after(sides[0] == "out_of" ? Chunker.outOf : Form(String(words[0])))
      }
      options.append(.init(source: source, kinds: kinds))
    }
    return Frame.Role(slot: slot, isRequired: isRequired, options: options)
  }

  private mutating func verbTrigger(
    _ text: Substring, _ frame: Int32, _ file: LexiconLines, _ line: LexiconLines.Line
  ) throws(LexiconError) {
    if text == "*" {
      lexicon.obligations.append(frame)
      return
    }
    var words = text.parts(" ").map(String.init)
    let lemma = words.removeFirst()
    guard let verb = verbIndex[lemma] else { throw file.fail(line, "No verb '\(lemma)' in verbs.txt.") }
    let isSeparable = words.first?.hasPrefix("~") ?? false
    let forms = words.map { Form($0.hasPrefix("~") ? String($0.dropFirst()) : $0) }
    lexicon.verbs[Int(verb)].triggers.append(Trigger(frame: frame, words: forms, isSeparable: isSeparable))
  }

  /// The noun itself is the phrase's head: of "violation of ceasefire" the first word, of "rocket attack" the last, of "under control"
  /// the word after the preposition.
  private mutating func nounTrigger(_ text: Substring, _ frame: Int32) {
    let words = text.parts(" ").map(String.init)
    var before: [Form] = []
    var after: [Form] = []
    var head = words.joined(separator: " ")
    if let of = words.firstIndex(of: "of"), of > 0, words.count > of + 1 {
      head = words[..<of].joined(separator: " ")
      after = words[(of + 1)...].map { Form($0) }
    } else if words.count > 1, ["under", "in", "among", "without"].contains(words[0]) {
      before = [Form(words[0])]
      head = words[1...].joined(separator: " ")
    }
    let plain = singular(head)
    let index = noun(plain, nounIndex[plain] == nil ? .event : [])
    lexicon.nouns[Int(index)].triggers.append(
      Trigger(frame: frame, words: before.isEmpty ? after : before, isSeparable: !before.isEmpty))
  }

  /// Plurals in triggers ("in hands", "deaths") stand for their noun.
  private func singular(_ text: String) -> String {
    if nounIndex[text] != nil { return text }
    if let form = lexicon.words[Form(text)], form.nounLemma >= 0 { return lexicon.nouns[Int(form.nounLemma)].lemma }
    return text
  }

  // MARK: the world

  private mutating func country(_ file: LexiconLines, _ line: LexiconLines.Line) throws(LexiconError) {
    let fields = line.text.fields("|")
    guard fields.count == 4 else { throw file.fail(line, "A country has four fields: ISO | names | words of belonging | capitals.") }
    let party = PartyID(String(fields[0].prefix(3)))
    for name in fields[1].parts(",") { lexicon.world.append(.init(text: String(name), party: party, kind: .country)) }
    for name in fields[2].parts(",") { lexicon.world.append(.init(text: String(name), party: party, kind: .demonym)) }
    for name in fields[3].parts(",") { lexicon.world.append(.init(text: String(name), party: party, kind: .capital)) }
  }

  private mutating func group(_ file: LexiconLines, _ line: LexiconLines.Line) throws(LexiconError) {
    let fields = line.text.fields("|")
    guard fields.count == 4 else { throw file.fail(line, "A group has four fields: id | names | words of belonging | kind.") }
    var party = PartyID(String(fields[0]))
    let kind: Lexicon.WorldName.Kind
    let words = fields[3].parts(" ")
    let foes = words.dropFirst(2).map { PartyID(String($0)) }
    switch words.count > 2 && words[1] == "against" ? words[0] : fields[3] {
    case "organisation": kind = .organisation
    case "armed": kind = .armed
    case "entity": kind = .entity
    case let force where force.hasPrefix("force-of "):
      kind = .force
      party = PartyID(String(force.dropFirst(9)))
    default:
      throw file.fail(
        line, "A group is an organisation, `armed` or an `entity` (`armed against ISO ISO`), or `force-of ISO`, not '\(fields[3])'.")
    }
    for name in fields[1].parts(",") { lexicon.world.append(.init(text: String(name), party: party, kind: kind, foes: foes)) }
    for name in fields[2].parts(",") { lexicon.world.append(.init(text: String(name), party: party, kind: .demonym)) }
  }
}
