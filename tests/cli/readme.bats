#!/usr/bin/env bats
# What README shows is what keng prints.

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
}

@test "the command in README prints what README says" {
	command=$(sed -n 's/^\$ build\/keng //p' README.md)
	[ -n "$command" ]
	# shellcheck disable=SC2086
	"$KENG" $command > "$BATS_TEST_TMPDIR/got"
	awk '/^\$ build\/keng /{inside = 1; next} /^```/{inside = 0} inside' README.md > "$BATS_TEST_TMPDIR/shown"
	diff "$BATS_TEST_TMPDIR/shown" "$BATS_TEST_TMPDIR/got"
}

@test "every file and program that README names exists" {
	for path in $(grep -o 'notebooks-md/figures/[a-z-]*\.svg' README.md); do [ -f "$path" ]; done
	for program in $(sed -n '/^| program/,/^$/s/^| `\([a-z]*\)`.*/\1/p' README.md); do
		[ "$program" = explain ] || "$KENG" "$program" --help > /dev/null
	done
}

# What README shows indented after `$ build/keng notebook ACTION`, errors among it.
shown() {
	awk -v command="$1" 'index($0, "   $ build/keng notebook " command " ") == 1 {inside = 1; next}
		inside && /^   (\$|```)/ {exit} inside {print substr($0, 4)}' "$BATS_TEST_DIRNAME/../../README.md"
}

@test "the notebook of README, step by step" {
	KENG=$(realpath "$KENG")
	mkdir -p "$BATS_TEST_TMPDIR/paper"
	awk '/^   year,population/ {inside = 1} /^   ```/ {inside = 0} inside {print substr($0, 4)}' README.md > "$BATS_TEST_TMPDIR/paper/population.csv"
	commands=$(sed -n 's/^   \$ build\/keng notebook //p' README.md)
	cd "$BATS_TEST_TMPDIR"
	[ "$(wc -l < paper/population.csv)" -eq 6 ]
	printf '%s\n' slug,from long,2017 short,2019 > paper/from.csv
	[ "$(echo "$commands" | wc -l)" -eq 5 ]
	while read -r action rest; do
		[ "$action" != check ] || echo 2022,880000 >> paper/population.csv
		# shellcheck disable=SC2086
		run "$KENG" notebook "$action" $rest
		echo "$action: $output"
		[ "$output" = "$(shown "$action")" ]
	done <<< "$commands"
	[ -e paper/out/long/first.html ]
	[ -e paper/out/short/first.html ]
	[ -e paper/out/index.html ]
	run "$KENG" whence 0.78 paper/first.md
	[[ "${lines[0]}" == "paper/first.md:31: 0.78 is growth[term=cagr].estimate %.2f" ]]
}
