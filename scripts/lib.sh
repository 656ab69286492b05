# shellcheck shell=bash
# What the scripts share: where the tree is, which system packages are needed, how to get them.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# To build and run: SQLite, GEOS, libxml2, zlib.
run_packages=(libsqlite3-dev libgeos-dev libxml2-dev zlib1g-dev pkg-config)
# To test besides: PROJ as an oracle, a browser and its driver, a C compiler, Python, and other people's tools that check our log.
test_packages=(
  "${run_packages[@]}" libproj-dev chromium chromium-driver gcc python3 python3-cryptography
  golang-go golang-golang-x-mod-dev openssl
)

say() { printf '%s\n' "$*" >&2; }

# Installs the Debian packages of the list that are missing, asking for root only then.
need_packages() {
  local missing=() as_root=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if ! command -v apt-get >/dev/null; then
    say "Missing: ${missing[*]}. This script installs them with apt-get, which is not here; install them by hand."
    exit 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { say "Missing: ${missing[*]}. Install them as root: apt-get install ${missing[*]}"; exit 1; }
    as_root=(sudo)
  fi
  say "Installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

need_swift() {
  command -v swift >/dev/null && return
  say "Swift is missing. truce needs Swift 6.2 or later: take the toolchain for Debian 12 from the Swift project's download page,"
  say "unpack it, and put its usr/bin on PATH; then run this again."
  exit 1
}

# Builds the release program and prints its path.
build_release() {
  swift build --package-path "$root" -c release --product truce 1>&2
  printf '%s/truce\n' "$(swift build --package-path "$root" -c release --show-bin-path)"
}
