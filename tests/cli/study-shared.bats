#!/usr/bin/env bats
# Notebooks on data that stay in ../shared: up to date, and the same numbers when run again. Skipped without the data.

setup() {
	cd "$BATS_TEST_DIRNAME/../.."
	KENG=$(realpath "${KENG:-build/keng}")
	[ -d ../shared/datasets ] || skip "../shared/datasets is not there"
}

@test "the notebooks on shared data are up to date" {
	run "$KENG" notebook check notebooks-md/shared/*.md
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "their numbers come out the same when computed again" {
	run "$KENG" notebook check --rerun notebooks-md/shared/*.md
	echo "$output"
	[ "$status" -eq 0 ]
}
