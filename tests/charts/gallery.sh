#!/bin/sh
# gallery.sh [FILE]: writes plots/GALLERY.md (or FILE): every kind of chart with what it takes, its command and its figure.
cd "$(dirname "$0")/../.."
keng=${KENG:-build/keng}
{
	echo "# Charts"
	echo
	echo "Written by \`tests/charts/gallery.sh\` (part of \`make accept\`) from the golden figures; inputs are in \`tests/charts/data\`."
	"$keng" plot --help | sed -n '/^Kinds:/,/^$/s/^  \([a-z-]*\)  *\(.*\)/\1 \2/p' | while read -r kind title; do
		printf '\n## %s\n\n%s.\n' "$kind" "$title"
		grep "^[a-z-]*: $kind " tests/charts/cases | while IFS= read -r line; do
			printf '\n`keng plot %s`\n\n![%s: %s](../tests/charts/golden/%s.svg)\n' \
				"${line#*: }" "$kind" "$(sed -n 's/^<desc>\(.*\)<\/desc>$/\1/p' "tests/charts/golden/${line%%:*}.svg")" "${line%%:*}"
		done
	done
} > "${1:-plots/GALLERY.md}"
