#!/bin/bash
# Builds "Shop Sidebar.app", signs it with a Developer ID, has Apple notarise it, and packs it for download.
#
#   DEVELOPER_ID="Developer ID Application: NAME (TEAM)" NOTARY_PROFILE=NAME packaging/macos/sign_and_notarise.sh
#
# NOTARY_PROFILE names what was stored in the keychain once by
#   xcrun notarytool store-credentials NAME --apple-id … --team-id … --password <app-specific password>
# so that no secret stands in a file, on a command line or in a log.
#
# One identity for good: macOS binds what the user granted (Accessibility) to it. A build signed by
# another, or by none, is another program to macOS and has to be granted anew.
#
# Not yet run: all of it. Checked where there is no Mac: that bash reads it and that it stops at once
# without a Mac, an identity or a profile. To be looked at first on a Mac: whether PyInstaller signs
# everything it collected (codesign --verify --deep --strict tells), and whether the notary objects to
# anything in Qt (xcrun notarytool log ID --keychain-profile NAME).

set -euo pipefail

fail() {
    echo "$1" >&2
    exit 1
}

[[ "$(uname -s)" == Darwin ]] || fail "This needs a Mac: signing and notarising are done by Apple's own tools."
[[ -n "${DEVELOPER_ID:-}" ]] || fail "Set DEVELOPER_ID to the identity to sign with; 'security find-identity -v -p codesigning' lists them."
[[ "$DEVELOPER_ID" == "Developer ID Application: "* ]] || fail "DEVELOPER_ID is no 'Developer ID Application: …'; Apple notarises nothing signed otherwise."
[[ -n "${NOTARY_PROFILE:-}" ]] || fail "Set NOTARY_PROFILE to the keychain profile that 'xcrun notarytool store-credentials' made."

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
python="$root/.venv/bin/python"
[[ -x "$python" ]] || fail "There is no $python; run packaging/start.py once, then: $python -m pip install pyinstaller"
cd "$root"

export DEVELOPER_ID
"$python" -m PyInstaller --noconfirm --clean packaging/macos/sidebar.spec

app="dist/Shop Sidebar.app"
version="$(/usr/libexec/PlistBuddy -c 'Print CFBundleShortVersionString' "$app/Contents/Info.plist")"
upload="build/notarise.zip"
download="dist/Shop-Sidebar-$version.zip"

codesign --verify --deep --strict --verbose=2 "$app"

# ditto keeps links and attributes; an ordinary zip would break the signature.
rm -f "$upload" "$download"
ditto -c -k --keepParent "$app" "$upload"
xcrun notarytool submit "$upload" --keychain-profile "$NOTARY_PROFILE" --wait

# notarytool ends well even where the answer is no; there is then no ticket to staple.
xcrun stapler staple "$app"
xcrun stapler validate "$app"
spctl --assess --type execute --verbose=2 "$app"

# Packed again: the ticket is in the bundle now, and is found without a network.
ditto -c -k --keepParent "$app" "$download"
shasum -a 256 "$download"
