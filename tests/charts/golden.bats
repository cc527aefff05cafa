#!/usr/bin/env bats
# Each case draws the recorded script and the recorded bytes. `make accept` records anew.

setup_file() {
	cd "$BATS_TEST_DIRNAME/../.."
	command -v gnuplot > /dev/null || skip "gnuplot is not installed"
	mkdir -p "$BATS_FILE_TMPDIR/drawn"
	KENG=${KENG:-build/keng} tests/charts/draw.sh "$BATS_FILE_TMPDIR/drawn"
}

setup() {
	cd "$BATS_TEST_DIRNAME"
}

@test "every case is recorded, and nothing else" {
	diff <(grep -v '^#' cases | sed 's/:.*//' | sort) <(ls golden | sed -n 's/\.svg$//p' | sort)
}

@test "scripts are the recorded ones" {
	for script in golden/*.gp; do
		diff "$script" "$BATS_FILE_TMPDIR/drawn/$(basename "$script")"
	done
}

@test "figures are the recorded bytes" {
	for figure in golden/*.svg; do
		cmp "$figure" "$BATS_FILE_TMPDIR/drawn/$(basename "$figure")"
	done
}

@test "figures are well-formed and speak for themselves" {
	for figure in "$BATS_FILE_TMPDIR"/drawn/*.svg; do
		if command -v xmllint > /dev/null; then xmllint --noout "$figure"; fi
		grep -q 'role="img"' "$figure"
		grep -q '<title>[^<]' "$figure"
		grep -q '<desc>[^<]' "$figure"
		grep -q '<metadata>keng' "$figure"
		[[ "$(tail -n 2 "$figure")" == *"</svg>"* ]]
	done
}

@test "every kind has a case, and one figure in the gallery" {
	cd ../..
	for kind in $("${KENG:-build/keng}" plot --help | sed -n '/^Kinds:/,/^$/s/^  \([a-z-]*\) .*/\1/p'); do
		grep -q "^[a-z-]*: $kind " tests/charts/cases
		[ "$(grep -c "^$kind: keng " tests/charts/showcase)" -eq 1 ]
		grep -q "^## $kind\$" plots/GALLERY.md
		grep -q "](gallery/$kind.svg)" plots/GALLERY.md
	done
}

@test "the figures of the gallery are the recorded bytes" {
	cd ../..
	mkdir "$BATS_TEST_TMPDIR/gallery"
	KENG=${KENG:-build/keng} tests/charts/showcase.sh "$BATS_TEST_TMPDIR/gallery"
	diff <(ls plots/gallery | grep -v '^map') <(ls "$BATS_TEST_TMPDIR/gallery" | grep -v '^map')
	for figure in "$BATS_TEST_TMPDIR"/gallery/*.svg; do
		cmp "$figure" "plots/gallery/$(basename "$figure")"
	done
	[ -f "$BATS_TEST_TMPDIR/gallery/map.svg" ] || skip "the shapes of the map are not part of keng"
}

@test "the gallery is current" {
	cd ../..
	KENG=${KENG:-build/keng} tests/charts/gallery.sh "$BATS_TEST_TMPDIR/gallery.md"
	diff plots/GALLERY.md "$BATS_TEST_TMPDIR/gallery.md"
}
