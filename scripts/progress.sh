# For scripts that are waited for; sourced.

# Shows the newest line of its stdin in place of the one before, on a terminal.
progress() {
  local line width
  if [ ! -t 1 ]; then
    cat >/dev/null
    return
  fi
  width=$(tput cols 2>/dev/null || echo 80)
  while IFS= read -r line; do
    printf '\r\033[K  %s' "${line:0:width-3}"
  done
  printf '\r\033[K'
}
