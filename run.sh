#!/bin/sh
# ./run.sh            set up, build the demo country, serve API and map
# ./run.sh test       set up, run all tests (on all cores; -n 0 for one after the other)
# ./run.sh COMMAND    any command of the CLI, see ./run.sh --help
set -eu
cd "$(dirname "$0")"
PY=${PYTHON:-python3}
UV_VERSION=0.13.9

say() { echo "paritet: $*" >&2; }

"$PY" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
  say "Python 3.11 or newer is needed; '$PY' is missing or older. Install it or set PYTHON=/path/to/python3."
  exit 1
}

if [ ! -x .venv/bin/uv ]; then
  say "first start: making the environment in .venv (needs the package registries once)"
  rm -rf .venv
  if ! "$PY" -m venv .venv 2>/dev/null; then
    rm -rf .venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq >&2
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >&2
      "$PY" -m venv .venv
    else
      say "Python's venv module is missing. Run: apt-get install python3-venv"
      exit 1
    fi
  fi
  .venv/bin/python -m pip install -q --disable-pip-version-check "uv==$UV_VERSION" >&2
fi

# A stamp says for which lock file and sources the environment stands; while it holds,
# nothing is asked of the network. What the tests need holds what the program needs.
sync() {
  want=$({ cat uv.lock pyproject.toml hatch_build.py; find maps/app -path '*/node_modules' -prune -o -type f -print | LC_ALL=C sort | xargs cat; } | cksum)
  for stamp in ".venv/paritet-$1" .venv/paritet-test; do
    if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && [ -f maps/static/index.html ]; then
      return
    fi
  done
  say "installing the locked packages and building the web app"
  if [ "$1" = test ]; then group="--group dev"; else group=--no-dev; fi
  # shellcheck disable=SC2086 - two words on purpose
  .venv/bin/uv sync -q --frozen --inexact $group
  printf '%s\n' "$want" >".venv/paritet-$1"
}

# The demo is built again only when the program, its declarations or its packages have
# changed since; the same inputs would give the same release. What was just built is
# served, even if a demo of a later day was served before.
demo() {
  want=$({ cat uv.lock; find geo data -name __pycache__ -prune -o -type f -print | LC_ALL=C sort | xargs cat; } | cksum)
  if [ "$(cat .venv/paritet-demo 2>/dev/null)" != "$want" ] || [ ! -f "${PARITET_RELEASES:-releases}/demo/latest" ]; then
    said=$(.venv/bin/paritet build demo)
    made=${said%% *}
    printf '%s\n' "$said"
    .venv/bin/paritet publish "$made"
    printf '%s\n' "$want" >.venv/paritet-demo
  fi
}

export VIRTUAL_ENV="$PWD/.venv" UV_PROJECT_ENVIRONMENT="$PWD/.venv"
case "${1:-}" in
  test)
    shift
    sync test
    # a file stays with one worker: its tests share what is costly to make
    exec .venv/bin/python -m pytest -n auto --maxprocesses 8 --dist loadfile "$@"
    ;;
  "")
    sync run
    demo
    exec .venv/bin/paritet serve
    ;;
  *)
    sync run
    exec .venv/bin/paritet "$@"
    ;;
esac
