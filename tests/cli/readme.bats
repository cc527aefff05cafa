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
