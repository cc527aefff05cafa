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

@test "a batch over the 63 provinces, a broken row among them" {
	cd "$BATS_TEST_DIRNAME/../.."
	panel=$(realpath ../shared/datasets)/vietnam-provinces-social/panel.csv
	cd "$BATS_TEST_TMPDIR"
	awk -F, 'NR == 1 {print "name,code"; next} !seen[$1]++ {print $2 "," ($2 == "Hoa Binh" ? "99" : $1)}' "$panel" > over.csv
	cat > p.md <<-E
	---
	title: <!-- keng:= params.name -->?<!-- keng:. -->
	keng: 1
	params: {code: "17", name: "Hoa Binh"}
	data: {panel: $panel}
	---
	\`\`\`keng #pop
	growth panel --time year --value population --where "province_code = '{{code}}'"
	plot line panel --x year --y population --where "province_code = '{{code}}'" --title "Population of {{name}}"
	\`\`\`
	It grew by <!-- keng:= pop[term=cagr].estimate %.2f -->?<!-- keng:. --> % a year.
	E
	run "$KENG" notebook batch p.md --over over.csv --to html
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = "hoa-binh: failed: out/hoa-binh/p.md:9: there is no row with both 'year' and 'population': nothing to draw" ]
	[ "${lines[1]}" = "out: 63 notebooks: 62 run, 0 up to date, 1 failed" ]
	[ "$(ls out/*/figures/pop.svg out/*/p.html | wc -l)" -eq 124 ]
	run "$KENG" whence out/an-giang/figures/pop.svg
	[[ "${lines[0]}" == *"--where \"province_code = '89'\" --title \"Population of An Giang\"; data: "* ]]
	[ "${lines[1]}" = "out/an-giang/p.md:11: pop.svg" ]
	number=$(sed -n 's/^It grew by .*-->\([-0-9.]*\)<.*/\1/p' out/an-giang/p.md)
	run "$KENG" whence "$number" out/an-giang/p.md
	[[ "${lines[0]}" == *": $number is pop[term=cagr].estimate %.2f" ]]
	sed -i 's/,99$/,17/' over.csv
	run "$KENG" notebook batch p.md --over over.csv
	[ "$output" = "out: 63 notebooks: 1 run, 62 up to date, 0 failed" ]
}
