// libxml2's HTML parser, by which web pages become text. Debian's build names ICU in its headers, which clashes with the ICU
// of Swift's Foundation; only handlers of encodings, which nobody here looks into, would need it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
