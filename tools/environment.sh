#!/bin/sh
# Makes .venv and installs the given requirements files into it, once: the stamp that is left
# behind names what is installed, so that the next call does nothing.
#
#   sh tools/environment.sh requirements.txt [requirements-dev.txt]
#
# PYTHON=… chooses the interpreter that .venv is made from.
set -eu

stop() {
    echo "touchstone: $*" >&2
    exit 1
}

recent_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        recent_enough "$PYTHON" || stop "PYTHON=$PYTHON is not Python 3.11 or later."
        echo "$PYTHON"
        return
    fi
    # 3.11 first: the pinned versions were tried together on it.
    for name in python3.11 python3.12 python3.13 python3 python; do
        if recent_enough "$name"; then
            echo "$name"
            return
        fi
    done
    stop "needs Python 3.11 or later, found $(python3 --version 2>&1 || true)." \
        "Install it (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python@3.11)" \
        "or name one: PYTHON=/path/to/python3.11"
}

make_venv() {
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
        stop "$python has no venv. Debian, Ubuntu: apt-get install python3-venv"
    echo "Making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv || stop "$python could not make .venv (the lines above say why)."
}

sum() {
    # The text of all files as one number; cksum because macOS has no sha256sum.
    cat "$@" | cksum | tr ' ' '-'
}

stamp=.venv/.installed
wanted=$(sum "$@")

# One line for each set of files that is installed as it stands now.
if recent_enough .venv/bin/python && grep -qxF -e "$wanted" "$stamp" 2>/dev/null; then
    exit 0
fi

if ! recent_enough .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    make_venv
fi
rm -f "$stamp"

echo "Installing $* (about a minute, once)"
for file in "$@"; do last=$file; done
.venv/bin/python -m pip install --disable-pip-version-check --no-input -r "$last" ||
    stop "pip could not install $last (the lines above say why); call make again to go on."

# requirements-dev.txt includes requirements.txt, so both are there now.
sum requirements.txt >"$stamp.new"
[ $# -eq 1 ] || echo "$wanted" >>"$stamp.new"
mv "$stamp.new" "$stamp"
