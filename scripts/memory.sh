# Where temporary files of tests belong: in memory, where it has room; sourced.

# temporary_files_in_memory SCRIPT WORD...: begins the script, which calls this, anew with a
# TMPDIR of its own in memory. On a disk with many files one more takes fifty times as long
# to make, and who syncs it waits. (Not in /dev/shm: what lies below /dev is never remembered
# by aigenv; nor under a longer name: PM2's daemon is known by its title, which is cut off.)
# A machine of scripts/bare takes 3 GB there.
temporary_files_in_memory() {
  local folder=/srv free
  free=$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo)
  [ -z "${TMPDIR:-}" ] && [ "$(id -u)" = 0 ] && [ "${free:-0}" -ge $((8 << 20)) ] || return 0
  [ -d "$folder" ] && [ -z "$(ls -A "$folder")" ] || return 0
  unshare --mount mount -t tmpfs tmpfs "$folder" 2>/dev/null || return 0
  # The mount is this script's alone, and ends with it.
  TMPDIR=$folder exec unshare --mount -- sh -c \
    'mount -t tmpfs -o mode=1777 tmpfs "$TMPDIR" && exec "$@"' sh "$@"
}
