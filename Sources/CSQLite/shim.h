// SQLite's C interface, by which GeoPackage files are read.
#include <sqlite3.h>
