#!/usr/bin/env bats
# The study: its notebooks are up to date, give the same numbers when run again, and its pages say what is synthetic.

setup() {
	cd "$BATS_TEST_DIRNAME/../.."
	KENG=$(realpath "${KENG:-build/keng}")
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
	! grep -qi "synthetic data" "$BATS_TEST_TMPDIR/pages/population.html" || false
	! grep -qE 'src="http|href="http[^"]*\.css' "$BATS_TEST_TMPDIR"/pages/*.html || false
}

@test "the figures made from the scenario say so, the others do not" {
	grep -q "Synthetic data" notebooks-md/figures/curve.svg
	! grep -q "Synthetic data" notebooks-md/figures/population-province.svg || false
}

@test "one page for each of the ten districts, from one template" {
	run "$KENG" notebook batch notebooks-md/district.md --over datasets/hoa-binh-2020/districts.csv --slug name_en \
		--to html --title "The ten districts" --output "$BATS_TEST_TMPDIR/d/districts" -j 2
	echo "$output"
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "$BATS_TEST_TMPDIR/d/districts: 10 notebooks: 10 run, 0 up to date, 0 failed" ]
	cd "$BATS_TEST_TMPDIR/d"
	[ "$(grep -c '^<li><h2><a href="' districts/index.html)" -eq 10 ]
	grep -q '<title>Huyện Đà Bắc: people, communes and model units</title>' districts/da-bac/district.html
	grep -q 'Synthetic data' districts/da-bac/district.html
	grep -q 'had <span class="value" title="place.population_2019">55,002</span> residents' districts/da-bac/district.html
	[ "$(grep -c '<figure ' districts/mai-chau/district.html)" -eq 4 ]
	! diff -q districts/da-bac/figures/residents.svg districts/mai-chau/figures/residents.svg || false
	# 55,100 in 2019 and 55,812 in 2021: sqrt(55812 / 55100) - 1 = 0.644 %
	grep -q '^da-bac,residents,"from=2019, to=2021",cagr,cagr,0.6440' districts/results.csv
	"$KENG" notebook render --output . districts/mai-chau/district.md districts/index.html
	grep -q '<a href="districts/index.html">The ten districts</a>' index.html
	run "$KENG" notebook render --output . districts/da-bac/district.md districts/mai-chau/district.md
	[ "$status" -eq 2 ]
	[ "${lines[1]}" = "keng: the page of 'districts/mai-chau/district.md' would be written over that of another notebook of this name; rename one, or render it into another folder" ]
}
