// libxml2's HTML parser, by which web pages become text.
#include <libxml/HTMLparser.h>
