#!/bin/sh
# draw.sh FOLDER: draws every case into FOLDER as NAME.svg with its script NAME.gp. Works in a copy of the inputs: the
# command that a figure remembers then has no path in it. The program's version is left out of the figures.
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
	sed 's/<metadata>keng [^;]*;/<metadata>keng;/' "$name.svg" > "$folder/$name.svg"
	mv "$name.gp" "$folder"
done
