#!/bin/sh
# showcase.sh FOLDER: draws the figures of the gallery (tests/charts/showcase) into FOLDER, without the program's version;
# that of the map only where its shapes are.
set -e
cd "$(dirname "$0")/../.."
folder=$(realpath "$1")
binary=$(realpath "${KENG:-build/keng}")
list=$(realpath tests/charts/showcase)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
shapes=../shared/datasets/hoa-binh-2020/districts.geojson
mkdir -p "$work/datasets"
cp -r datasets/hoa-binh-2020 "$work/datasets"
[ ! -f $shapes ] || cp $shapes "$work/datasets/hoa-binh-2020"
cd "$work/datasets/hoa-binh-2020"
keng() { "$binary" "$@" --quiet; }
grep -v '^#' "$list" | while IFS= read -r line; do
	kind=${line%%:*}
	[ "$kind" != map ] || [ -f districts.geojson ] || continue
	eval "${line#*: }" > /dev/null < /dev/null
	sed 's/<metadata>keng [^;]*;/<metadata>keng;/' "$kind.svg" > "$folder/$kind.svg"
done
