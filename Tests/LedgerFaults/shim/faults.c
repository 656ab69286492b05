// Loaded in front of the C library: the FAULT_CALL-th write, sync or truncation of the files whose name starts with FAULT_FILE fails.
//
// FAULT_KIND: full (ENOSPC, and so every later one), error (EIO, once), short (half of it is written, then ENOSPC once).
// When the call is reached, the file FAULT_FILE.faulted is made.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_int calls;

static int concerns(int descriptor) {
  const char *file = getenv("FAULT_FILE");
  char link[64], name[4096];
  if (!file) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t count = readlink(link, name, sizeof name - 1);
  if (count < 0) return 0;
  name[count] = 0;
  return strncmp(name, file, strlen(file)) == 0 && !strstr(name, "-lock") && !strstr(name, "-shm");
}

// 0: go on; 1: fail with errno; 2: write half.
static int fault(int descriptor, int writes) {
  if (!concerns(descriptor)) return 0;
  const char *kind = getenv("FAULT_KIND");
  int target = atoi(getenv("FAULT_CALL")), call = atomic_fetch_add(&calls, 1) + 1;
  if (call == target) {
    char name[4200];
    snprintf(name, sizeof name, "%s.faulted", getenv("FAULT_FILE"));
    close(open(name, O_CREAT | O_WRONLY, 0644));
  }
  if (!strcmp(kind, "full") && call >= target) return errno = ENOSPC, 1;
  if (!strcmp(kind, "error") && call == target) return errno = EIO, 1;
  if (!strcmp(kind, "short")) {
    if (call == target && writes) return 2;
    if (call == target || call == target + 1) return errno = ENOSPC, 1;
  }
  return 0;
}

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

ssize_t write(int d, const void *b, size_t n) {
  int f = fault(d, 1);
  return f == 1 ? -1 : REAL(ssize_t, write, int, const void *, size_t)(d, b, f == 2 ? n / 2 : n);
}
ssize_t pwrite(int d, const void *b, size_t n, off_t o) {
  int f = fault(d, 1);
  return f == 1 ? -1 : REAL(ssize_t, pwrite, int, const void *, size_t, off_t)(d, b, f == 2 ? n / 2 : n, o);
}
ssize_t pwrite64(int d, const void *b, size_t n, off64_t o) {
  int f = fault(d, 1);
  return f == 1 ? -1 : REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t)(d, b, f == 2 ? n / 2 : n, o);
}
int fsync(int d) { return fault(d, 0) ? -1 : REAL(int, fsync, int)(d); }
int fdatasync(int d) { return fault(d, 0) ? -1 : REAL(int, fdatasync, int)(d); }
int ftruncate(int d, off_t n) { return fault(d, 0) ? -1 : REAL(int, ftruncate, int, off_t)(d, n); }
int ftruncate64(int d, off64_t n) { return fault(d, 0) ? -1 : REAL(int, ftruncate64, int, off64_t)(d, n); }
