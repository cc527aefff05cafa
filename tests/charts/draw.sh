#!/bin/sh
# draw.sh FOLDER: draws every case into FOLDER as NAME.svg with its script NAME.gp. Works in a copy of the inputs: the
# command that a figure remembers then has no path in it.
set -e
cd "$(dirname "$0")/../.."
folder=$(realpath "$1")
keng=$(realpath "${KENG:-build/keng}")
cases=$(realpath tests/charts/cases)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp tests/charts/data/* "$work"
cd "$work"
grep -v '^#' "$cases" | while IFS= read -r line; do
	name=${line%%:*}
	eval "set -- ${line#*:}"
	"$keng" plot "$@" --output "$name.svg" --with-script --quiet
	mv "$name.svg" "$name.gp" "$folder"
done
