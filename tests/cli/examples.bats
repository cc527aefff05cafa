#!/usr/bin/env bats
# Every example that a --help prints runs, on the small synthetic tables of examples/.

setup() {
	KENG=$(realpath "${KENG:-build/keng}")
	cp "$BATS_TEST_DIRNAME"/examples/*.csv "$BATS_TEST_DIRNAME"/examples/*.geojson "$BATS_TEST_TMPDIR"
	cd "$BATS_TEST_TMPDIR"
}

run_examples() {
	local program=$1 count=0 line
	while IFS= read -r line; do
		eval "set -- ${line#keng }"
		"$KENG" "$@" > out 2> err || { echo "keng $*"; cat err; return 1; }
		[ "$1" = plot ] || [ -s out ] || { echo "no output: keng $*"; return 1; }
		count=$((count + 1))
	done < <("$KENG" "$program" --help | sed -n 's/^    keng /keng /p')
	[ "$count" -gt 0 ]
}

@test "the examples of every program run" {
	for program in $("$KENG" --help | sed -n '/^Programs:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
		case $program in notebook | whence | explain | plot | validate) continue ;; esac
		run_examples "$program"
	done
}

@test "the examples of plot run" {
	run_examples plot
}
