// A name in plain small letters, for ids.
internal import Foundation

/// A name in small letters a to z as far as it can be told: accents go, `ə` is `a`, Cyrillic and Armenian are transliterated.
func plainLetters(_ name: String) -> String {
  let latin = name.applyingTransform(.toLatin, reverse: false) ?? name
  let folded = latin.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "en_US_POSIX"))
  return String(folded.lowercased().map { $0 == "ə" ? "a" : $0 == "ı" ? "i" : $0 }.filter { $0 != "'" && $0 != "ʹ" && $0 != "’" })
}
