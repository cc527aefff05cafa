#!/bin/sh
# gallery.sh [FILE]: writes plots/GALLERY.md (or FILE): every kind of chart with its figure (tests/charts/showcase.sh), what
# it takes, and its command.
cd "$(dirname "$0")/../.."
keng=${KENG:-build/keng}
help=$("$keng" plot --help)
{
	echo "# Charts"
	echo
	echo "All kinds that \`keng plot\` draws, here with the tables of \`datasets/hoa-binh-2020\`; run the commands there. Titles are the"
	echo "author's, everything else is made from the tables and what they say of themselves. An ending other than \`.svg\` gives"
	echo "\`.pdf\`, \`.png\`, \`.eps\`, \`.tex\` or, for a terminal, \`.txt\`; \`--size column\`, \`page\` or \`slide\` the width; \`--lang vi\` Vietnamese."
	echo
	echo "This page is written by \`tests/charts/gallery.sh\` (part of \`make accept\`), and a test draws it anew."
	printf '%s\n' "$help" | sed -n '/^Kinds:/,/^$/s/^  \([a-z-]*\)  *\(.*\)/\1 \2/p' | while read -r kind title; do
		printf '\n## %s\n\n%s.\n' "$kind" "$(printf '%s' "$title" | sed 's/^./\U&/')"
		printf '\n![%s](gallery/%s.svg)\n' "$(sed -n 's/^<desc>\(.*\)<\/desc>$/\1/p' "plots/gallery/$kind.svg")" "$kind"
		printf '%s\n' "$help" | sed -n "s/^  $kind: \(.*\)/\n\1/p"
		printf '\n```\n%s\n```\n' "$(sed -n "s/^$kind: //p" tests/charts/showcase)"
	done
} > "${1:-plots/GALLERY.md}"
