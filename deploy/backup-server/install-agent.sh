#!/bin/sh
# Puts the agent into the image that backup servers start from. Run it as root on that machine; again, it brings it up to date.
#
#   install-agent.sh --node DIR --restic FILE --innkeeper DIR [--mongod FILE] [--ca FILE]
#
# --node       a folder of Node 24 with bin/node in it
# --restic     the program restic, 0.17.1 or later
# --innkeeper  a release of Innkeeper with dist/ and node_modules/, which drills start
# --mongod     the program mongod, where databases are backed up
# --ca         certificates of an authority of your own that signs the orchestrator's
set -eu

here=$(cd "$(dirname "$0")" && pwd)
bundle=${INNKEEPER_AGENT_BUNDLE:-$here/../../dist/bundles/backup-agent.mjs}
to=${INNKEEPER_AGENT_ROOT:-}/opt
units=${INNKEEPER_AGENT_ROOT:-}/etc/systemd/system
node='' restic='' innkeeper='' mongod='' ca=''

while [ $# -gt 1 ]; do
  case $1 in
    --node) node=$2 ;;
    --restic) restic=$2 ;;
    --innkeeper) innkeeper=$2 ;;
    --mongod) mongod=$2 ;;
    --ca) ca=$2 ;;
    *) echo "Unknown: $1" >&2; exit 2 ;;
  esac
  shift 2
done

for needed in "$bundle" "$node/bin/node" "$restic" "$innkeeper/dist/apps/innkeeper/src/main.js"; do
  [ -f "$needed" ] || { echo "Missing: $needed" >&2; exit 2; }
done

umask 022
mkdir -p "$to/innkeeper-agent/bin" "$units"

# A file that runs is replaced as a whole, never written into.
put() {
  cp "$1" "$3.new"
  chmod "$2" "$3.new"
  mv -f "$3.new" "$3"
}

put "$node/bin/node" 755 "$to/innkeeper-agent/bin/node"
put "$restic" 755 "$to/innkeeper-agent/bin/restic"
if [ -n "$mongod" ]; then put "$mongod" 755 "$to/innkeeper-agent/bin/mongod"; fi
put "$bundle" 644 "$to/innkeeper-agent/backup-agent.mjs"
put "${ca:-/dev/null}" 644 "$to/innkeeper-agent/ca.pem"
put "$here/innkeeper-backup-agent.service" 644 "$units/innkeeper-backup-agent.service"

# The release that drills start, beside the old one until it is whole.
rm -rf "$to/innkeeper.new" "$to/innkeeper.old"
cp -R "$innkeeper" "$to/innkeeper.new"
if [ -d "$to/innkeeper" ]; then mv "$to/innkeeper" "$to/innkeeper.old"; fi
mv "$to/innkeeper.new" "$to/innkeeper"
rm -rf "$to/innkeeper.old"

if [ -z "${INNKEEPER_AGENT_ROOT:-}" ]; then systemctl daemon-reload; fi
"$to/innkeeper-agent/bin/node" --check "$to/innkeeper-agent/backup-agent.mjs"
"$to/innkeeper-agent/bin/restic" version
echo 'The agent is installed. cloud-init starts it on a new server; it is not enabled here.'
