// Words by which wires tell of fighting, deaths, posts and troops, and words of peace that look like them.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct VocabularyReadingTests {
  @Test(
    "Ordinary words of war tell what they tell",
    arguments: [
      ("Gunmen riddled a bus with bullets near Orlin.", ClaimType.hostilities),
      ("A lorry hit a landmine near Orlin.", .hostilities),
      ("Westland's army mopped up the last rebels in Orlin.", .hostilities),
      ("Youths hurled stones at Westland's soldiers in Orlin.", .hostilities),
      ("Gunmen kidnapped the mayor of Vale near Orlin.", .hostilities),
      ("Orlin was the scene of fierce fighting on March 4.", .hostilities),
      ("Orlin was rocked by two explosions on March 4.", .hostilities),
      ("Eleven soldiers went missing in Orlin.", .casualties),
      ("A mass grave with 40 bodies was found near Orlin.", .casualties),
      ("A policeman was stabbed to death in Orlin.", .casualties),
      ("Rebels slit the throats of nine farmers in Orlin.", .casualties),
      ("Troops erected barricades in Orlin.", .postEstablished),
      ("Soldiers combed the forest near Orlin.", .deployment),
      ("Paratroopers were dropped near Orlin.", .deployment),
      ("Marines waded ashore at Orlin.", .deployment),
      ("Westland has beefed up its presence in Orlin.", .deployment),
      ("Troops in Orlin were put on alert.", .deployment),
      ("Westland's soldiers are still in Orlin.", .deployment),
      ("Witnesses saw soldiers near Orlin.", .deployment),
      ("The army intervened in Orlin.", .deployment),
      ("Extra troops were drafted into Orlin.", .deployment),
      ("Bandits robbed an aid convoy near Orlin.", .hostilities),
      ("The rebels lost their grip on Orlin.", .controlChange),
      ("Westland's soldiers operating near Orlin found a body.", .deployment),
      ("Westland's warlords have been locked in a power struggle for two years.", .hostilities),
      ("Soldiers are pursuing rebel fighters near Orlin.", .hostilities),
      ("The raid followed the death of a soldier in Orlin.", .casualties),
      ("He was shot near Orlin.", .casualties),
      ("The minister made a peace pact with Westland in May.", .agreementSigned),
      ("Rebels have been flushed out of their hideouts near Orlin.", .controlChange),
    ])
  func words(_ text: String, _ type: ClaimType) {
    #expect(Snippets.claims(text).map(\.type).contains(type))
  }

  @Test(
    "Words of peace that look like words of war tell nothing",
    arguments: [
      "The minister launched a scathing attack on the press in Orlin.", "He was battling cancer in Orlin.",
      "Workers in Orlin began a hunger strike.", "Shares fell sharply in Orlin on March 4.", "Aid workers returned to Orlin on March 4.",
      "A fire at a hotel in Orlin burned for days.", "Westland attacked Eastland for allowing rebels to meet.", "He left Orlin on March 4.",
    ])
  func peace(_ text: String) {
    #expect(Snippets.claims(text).filter { $0.type != .statement }.isEmpty)
  }

  @Test("Bombing that one side stops is fighting that there is none of, and a promise to stop it is owed")
  func stopped() {
    let stopped = Snippets.claims("Westland suspended its air strikes on Orlin on March 4.")
    #expect(stopped.map(\.type) == [.hostilities])
    #expect(stopped.first?.polarity == .negative)
    let owed = Snippets.claims("Westland has decided to stop the shelling of Orlin.")
    #expect(owed.map(\.type) == [.commitment])
    #expect(owed.first?.polarity == .positive)
  }

  @Test("Who claims responsibility did it, who denies it in the same sentence denies it, and whoever it may be where nobody claims it")
  func responsibility() {
    #expect(Snippets.claims("Westland claimed responsibility for Tuesday's attack on Orlin.").first?.who.first?.party == "WST")
    let denied = Snippets.claims("Westland denied responsibility for the attack on Orlin.").first
    #expect(denied?.who.first?.party == "WST")
    #expect(denied?.modality == .denied)
    #expect(Snippets.claims("No group claimed responsibility for the bombing in Orlin.").first?.who.isEmpty == true)
  }

  @Test("Violence that pits two sides against each other is theirs, and its dead are counted since it began")
  func pitting() {
    let claims = Snippets.claims("Some 9,000 people have died in violence pitting rebels against Westland since 2003.")
    #expect(claims.first { $0.type == .casualties }?.when?.edtf.hasPrefix("2003") == true)
    #expect(claims.first { $0.type == .hostilities }?.whom.first?.party == "WST")
  }

  @Test("A blow of which several are told in passing took place, and whom they are blamed on did it")
  func several() {
    let told = Snippets.claims("Talks resumed after a wave of bombings in Orlin.").first
    #expect(told?.type == .hostilities)
    #expect(Snippets.claims("Officials blamed Westland for a spate of attacks in Orlin.").first?.who.first?.party == "WST")
  }

  @Test("Who escapes unhurt is nobody hurt, and a settlement that one side pledges to sign is owed")
  func unhurt() {
    let claim = Snippets.claims("The president escaped unhurt in Orlin.").first
    #expect(claim?.type == .casualties)
    #expect(claim?.polarity == .negative)
    #expect(Snippets.claims("Westland promised to sign the accord by May.").map(\.type) == [.commitment])
  }

  @Test(
    "What a government will not allow is owed to nobody, what it will not hand over is kept, and a withdrawal in preparation is to come")
  func refused() {
    #expect(Snippets.claims("Westland said it would not allow the rebels to enter Orlin.").isEmpty)
    let kept = Snippets.claims("Westland said it would never cede any part of Orlin.").first
    #expect(kept?.type == .controlChange)
    #expect(kept?.polarity == .negative)
    let coming = Snippets.claims("Westland's army said it was preparing to withdraw from Orlin.").first
    #expect(coming?.type == .controlChange)
    #expect(coming?.modality == .planned)
    #expect(Snippets.claims("The factions should agree to name a chairman and hold a vote.").isEmpty)
  }

  @Test("An attempt to kill is an attack, and who is accused of involvement in one is blamed for it")
  func attempts() {
    let tried = Snippets.claims("Westland's soldiers tried to kill the mayor of Vale in Orlin.")
    #expect(tried.map(\.type) == [.hostilities])
    let blamed = Snippets.claims("Eastland accused Westland of involvement in the bombing in Orlin.").first
    #expect(blamed?.who.first?.party == "WST")
    #expect(blamed?.modality == .alleged)
  }

  @Test("A list of gerunds shares its object: who was killed, wounded or captured")
  func sharedObject() {
    let dead = Snippets.claims("Westland's troops took Orlin, killing, wounding or capturing 40 soldiers.").filter {
      $0.type == .casualties
    }
    #expect(dead.map { $0.quantities.first?.minimum } == [40])
  }

  @Test("Fighting that is feared or averted has not happened, and who returns somewhere is not handed over there")
  func feared() {
    #expect(Snippets.claims("Westland's envoy feared attacks in Orlin.").isEmpty)
    #expect(Snippets.claims("Westland averted a war in Orlin.").isEmpty)
    #expect(!Snippets.claims("Westland halted an attack by rebels on Orlin.").isEmpty)
    #expect(Snippets.claims("Hale returned to Orlin on March 4 after the talks.").isEmpty)
    #expect(Snippets.claims("The bodies were returned to Eastland on March 4.").map(\.type) == [.exchange])
    #expect(Snippets.claims("Troops rescued 12 hostages in Orlin.").map(\.type) == [.exchange])
  }

  @Test("A president who pulls troops out does not travel")
  func president() {
    let claim = Snippets.claims("The president of Westland promised to pull troops out of Orlin within a month.").first
    #expect(claim?.type == .commitment)
    #expect(claim?.due != nil)
  }
}
