// Tests of documents made from web pages and entries of feeds.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct TextPageTests {
  private let page = """
    <!doctype html><html lang="en"><head><title>Site - Troops leave</title>
    <meta property="article:published_time" content="2020-12-01T06:30:00+04:00"><meta property="og:site_name" content="Example News">
    <link rel="canonical" href="https://example.org/a"><style>p { color: red }</style></head>
    <body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
    <article><h1>Troops leave the valley</h1><figure><img src="x.jpg"><figcaption>A column on the road.</figcaption></figure>
    <p>The last units left&nbsp;the valley, the ministry&#8217;s office said &amp; showed film.</p>
    <script>document.write("no");</script><ul><li>One post stays</li><li>Two close</li></ul>
    <p>The road was open again by the evening of the same day, and buses ran. Nobody was hurt, the mission said in a statement.
    It will report again when the next convoy has crossed the bridge at the border.</p></article>
    <footer>All rights reserved</footer></body></html>
    """

  @Test("A page's article becomes text; navigation, scripts and footer do not")
  func article() {
    let document = Document(html: Array(page.utf8))
    let text = String(decoding: document.bytes, as: UTF8.self)
    #expect(text.hasPrefix("Troops leave the valley\n\nA column on the road.\n\nThe last units left the valley"))
    #expect(text.contains("the ministry’s office said & showed film."))
    for word in ["Home", "document.write", "All rights", "color"] { #expect(!text.contains(word), "\(word)") }
    #expect(document.title == "Troops leave the valley")
    #expect(document.sourceName == "Example News")
    #expect(document.address == "https://example.org/a")
    #expect(document.published?.edtf == "2020-12-01T06:30:00+04:00")
    #expect(document.sentences.map(\.kind).prefix(5) == [.headline, .caption, .body, .listItem, .listItem])
  }

  @Test("Broken markup, deep nesting and bytes that are no UTF-8 give text and no crash")
  func broken() {
    let deep = String(repeating: "<div><b>", count: 20_000) + "Units left." + "</p></x>"
    #expect(String(decoding: Document(html: Array(deep.utf8)).bytes, as: UTF8.self).contains("Units left."))
    let latin = Array("<html><head><meta charset=\"iso-8859-1\"></head><body><p>Stra".utf8) + [0xDF] + Array("e</p></body>".utf8)
    #expect(String(decoding: Document(html: latin).bytes, as: UTF8.self) == "Straße")
    #expect(Document(html: []).bytes.isEmpty)
    #expect(Document(html: [0, 0xFF, 0x3C]).sentences.count <= 1)
  }

  @Test("An entry of a feed is read with its title, date and address")
  func entries() {
    let rss = """
      <item><title>Troops leave</title><link>https://example.org/b</link><pubDate>Tue, 01 Dec 2020 06:30:00 +0400</pubDate>
      <description><![CDATA[<p>Units left the town.</p>]]></description></item>
      """
    let document = Document(feedEntry: Array(rss.utf8))
    #expect(String(decoding: document.bytes, as: UTF8.self) == "Units left the town.")
    #expect(document.title == "Troops leave")
    #expect(document.address == "https://example.org/b")
    #expect(document.published?.edtf == "2020-12-01T06:30:00+04:00")
    let atom = """
      <entry><title>Troops leave</title><link href="https://example.org/c"/><published>2020-12-01T02:30:00Z</published>
      <content type="html">&lt;p&gt;Units left.&lt;/p&gt;</content></entry>
      """
    let other = Document(feedEntry: Array(atom.utf8))
    #expect(String(decoding: other.bytes, as: UTF8.self) == "Units left.")
    #expect(other.address == "https://example.org/c")
    #expect(other.published?.edtf == "2020-12-01T02:30:00Z")
  }
}
