// zlib, which compresses the bodies of reports in a ledger.
#include <zlib.h>
