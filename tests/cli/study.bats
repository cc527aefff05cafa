#!/usr/bin/env bats
# The study: its notebooks are up to date, give the same numbers when run again, and its pages say what is synthetic.

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
}

@test "the notebooks are up to date" {
	run "$KENG" notebook check notebooks-md/*.md
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "every number comes out the same when computed again" {
	run "$KENG" notebook check --rerun notebooks-md/*.md
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "a second run changes no byte" {
	cp -r notebooks-md datasets "$BATS_TEST_TMPDIR"
	cd "$BATS_TEST_TMPDIR"
	"$KENG" notebook run notebooks-md/*.md
	diff -r notebooks-md "$BATS_TEST_DIRNAME/../../notebooks-md"
}

@test "data that changed makes the notebook stale, by name" {
	cp -r notebooks-md datasets "$BATS_TEST_TMPDIR"
	cd "$BATS_TEST_TMPDIR"
	sed -i 's/^commune,790,exact,1200000/commune,790,exact,1300000/' datasets/hoa-binh-2020/festivals.csv
	run "$KENG" notebook check notebooks-md/festivals.md
	[ "$status" -eq 1 ]
	[[ "$output" == *"festivals.csv changed"* ]]
}

@test "pages: an index, one for each notebook, synthetic where the data are" {
	run "$KENG" notebook render --to html --output "$BATS_TEST_TMPDIR/pages" notebooks-md/*.md
	[ "$status" -eq 0 ]
	for notebook in notebooks-md/*.md; do
		page="$BATS_TEST_TMPDIR/pages/$(basename "$notebook" .md).html"
		[ -s "$page" ]
		grep -q "href=\"$(basename "$page")\"" "$BATS_TEST_TMPDIR/pages/index.html"
		if grep -q scenario "$notebook"; then grep -qi "synthetic data" "$page"; fi
	done
	! grep -qi "synthetic data" "$BATS_TEST_TMPDIR/pages/population.html"
	! grep -qE 'src="http|href="http[^"]*\.css' "$BATS_TEST_TMPDIR"/pages/*.html
}

@test "the figures made from the scenario say so, the others do not" {
	grep -q "Synthetic data" notebooks-md/figures/curve.svg
	! grep -q "Synthetic data" notebooks-md/figures/population-province.svg
}
