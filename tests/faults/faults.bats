#!/usr/bin/env bats
# Each allocation and each write fails once: exit 0 (a library had another way) or 3, never a crash, never a torn file.

setup() {
	KENG=${KENG:-$PWD/build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	INJECT=$(dirname "$KENG")/inject.so
	[ -f "$INJECT" ] || INJECT=build/release/inject.so
	[ -f "$INJECT" ] || skip "inject.so is not built"
	case $KENG in *asan*) skip "the sanitizer has an allocator of its own" ;; esac
	OUT="$BATS_TEST_TMPDIR/out.csv"
	OLD="old content"
}

# Runs the command with fault 1, 2, ... until no call is left that could fail; checks each outcome.
exhaust() {
	local kind=$1 most=$2 step=${STEP:-1} at=1 failures=0
	shift 2
	"$@" > /dev/null 2>&1
	cp "$OUT" "$BATS_TEST_TMPDIR/new.csv"
	while [ "$at" -le "$most" ]; do
		echo "$OLD" > "$OUT"
		status=0
		KENG_FAULT=$kind KENG_FAULT_AT=$at LD_PRELOAD=$INJECT "$@" > /dev/null 2> "$BATS_TEST_TMPDIR/err" || status=$?
		case $status in
		0) cmp -s "$OUT" "$BATS_TEST_TMPDIR/new.csv" || { echo "fault $at: exit 0 and a wrong file"; return 1; } ;;
		3) failures=$((failures + 1))
			[ "$(cat "$OUT")" = "$OLD" ] || { echo "fault $at: exit 3 and a changed file"; return 1; }
			[ -s "$BATS_TEST_TMPDIR/err" ] || { echo "fault $at: no message"; return 1; } ;;
		*) echo "fault $at: exit $status"; cat "$BATS_TEST_TMPDIR/err"; return 1 ;;
		esac
		at=$((at + step))
	done
	[ -z "$(ls "$BATS_TEST_TMPDIR" | grep 'out.csv\.')" ] || { echo "temporary files left"; return 1; }
	[ "$failures" -gt 0 ]
}

@test "every allocation fails once: growth" {
	exhaust malloc 120 "$KENG" growth datasets/hoa-binh-2020/population-district-year.csv --time year --value population \
		--by district --threads 1 --output "$OUT"
}

@test "every allocation fails once: a query" {
	exhaust malloc 150 "$KENG" query datasets/hoa-binh-2020/districts.csv --threads 1 --output "$OUT" \
		--sql "SELECT type, SUM(population_2019) AS p FROM districts GROUP BY type"
}

@test "every allocation fails once: harmonise" {
	exhaust malloc 150 "$KENG" harmonise tests/cli/examples/panel.csv --id code --time year --value cases,population \
		--rate cases/population --crosswalk tests/cli/examples/changes.csv --threads 1 --quiet --output "$OUT"
}

@test "every allocation fails once: reconcile" {
	exhaust malloc 100 "$KENG" reconcile tests/cli/examples/population.csv --value population --by year \
		--parents tests/cli/examples/province.csv --parent-by period --parent-value residents --threads 1 --quiet --output "$OUT"
}

@test "every allocation fails once: what is suppressed" {
	exhaust malloc 150 "$KENG" participation tests/cli/examples/panel.csv --count cases --population population \
		--by code,year --suppress 35 --round 5 --threads 1 --quiet --output "$OUT"
}

@test "every write fails once: growth" {
	exhaust write 3 "$KENG" growth datasets/hoa-binh-2020/population-district-year.csv --time year --value population \
		--by district --output "$OUT"
}

@test "each 31st allocation fails once: neighbours from shapes" {
	local communes="$BATS_TEST_DIRNAME/../cli/examples/communes"
	STEP=31
	exhaust malloc 4000 "$KENG" spatial "$communes.csv" --value density --id code --shapes "$communes.geojson" \
		--contiguity rook --threads 1 --output "$OUT"
}
