#!/usr/bin/env bats
# smooth: empirical Bayes rates, notes, bad input.
bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/places.csv" PAIRS="$BATS_TEST_TMPDIR/pairs.csv"
	printf '%s\n' 'code,x,n' '01,10,100' '02,60,300' '03,2,90' '04,5,0' > "$FILE"
	printf '%s\n' 'code,neighbour' '01,02' '02,01' '02,03' '03,02' '03,99' > "$PAIRS"
}

@test "one row per place, raw beside smoothed" {
	run --separate-stderr "$KENG" smooth "$FILE" --count x --population n --id code --format csv
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "code,raw,prior_mean,prior_variance,neighbours,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[[ "${lines[1]}" == 01,100,*,rate,eb-global,* ]]
	[ "${lines[4]}" = "04,,,,,rate,eb-global,,,,,,,,,,,1,0,per 1000 n,zero-denominator" ]
	[[ "$stderr" == *"Smoothed by empirical Bayes, not standardised; 'raw' is the rate itself."* ]]
}

@test "local methods need neighbours" {
	run "$KENG" smooth "$FILE" --count x --population n --id code --method eb-local
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'eb-local' needs the places' neighbours; give '--neighbours FILE'" ]
	run --separate-stderr "$KENG" smooth "$FILE" --count x --population n --id code --method eb-local \
		--neighbours "$PAIRS" --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == 01,100,*,rate,eb-local,* ]]
}

@test "a place that stands twice" {
	printf '%s\n' 'code,x,n' '01,10,100' '01,60,300' > "$FILE"
	run "$KENG" smooth "$FILE" --count x --population n --id code
	[ "$status" -eq 1 ]
	[ "$output" = "keng: place '01' stands twice in 'code'; name further --by columns or an --aggregate" ]
}

@test "without --id places go by the last of --by, or by their row" {
	run --separate-stderr "$KENG" smooth "$FILE" --count x --population n --by code --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == code,raw,*,term,* ]]
	[[ "${lines[1]}" == 01,100,*,rate,eb-global,* ]]
	run --separate-stderr "$KENG" smooth "$FILE" --count x --population n --format csv
	[[ "${lines[0]}" == row,raw,*,term,* ]]
	[[ "${lines[2]}" == 2,200,*,rate,eb-global,* ]]
}

@test "counts that are bounds give every place a range" {
	printf 'commune,models,population\nA,<5,900\nB,12,2000\nC,30,2500\nD,>30,1800\nE,7,1500\n' > "$BATS_TEST_TMPDIR/bounds.csv"
	run --separate-stderr "$KENG" smooth "$BATS_TEST_TMPDIR/bounds.csv" --count models --population population --id commune --format csv
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 6 ]
	# commune raw mean variance neighbours term method estimate std_error conf_low conf_high conf_level statistic df p_value bound_low bound_high
	while IFS=, read -r commune _ _ _ _ _ _ estimate _ _ _ _ _ _ _ low high _ _ _ note; do
		[ "$note" = bound ]
		awk -v e="$estimate" -v l="$low" -v h="${high:-1e9}" 'BEGIN { exit !(l <= e + 1e-9 && e <= h + 1e-9 && l < h) }'
		[ "$commune" = D ] || [ -n "$high" ] # more than 30 has no upper end
		[ "$commune" != D ] || [ -z "$high" ]
	done < <(printf '%s\n' "${lines[@]:1}")
}

@test "results name the mean, the variance between places and the number of neighbours" {
	printf '%s\n' 'code,x,n' '01,10,100' '02,60,300' '03,2,90' '05,7,100' > "$FILE"
	run --separate-stderr "$KENG" smooth "$FILE" --count x --population n --id code --method eb-global,eb-local \
		--neighbours "$PAIRS" --multiplier 100 --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == code,raw,prior_mean,prior_variance,neighbours,term,* ]]
	# by hand: 79 of 590; sum n (x/n - m)^2 / sum n less m / (590 / 4)
	[[ "${lines[1]}" == 01,10,13.38983050847457*,41.031951227*,,rate,* ]]
	[[ "${lines[5]}" == 01,10,17.5*,1,rate,eb-local,* ]]
	[[ "${lines[6]}" == 02,20,14.6938775510204*,2,rate,eb-local,* ]]
	[[ "${lines[8]}" == 05,7,7*,0,0,rate,eb-local,7,*,no-neighbours ]]
	[[ "$stderr" == *"Places without neighbours have no mean to be drawn to and keep their own rate: rows 1."* ]]
	[[ "$stderr" == *"pairs left out, with a place that is not in the data: 1 (first: '99', line 6 of"* ]]
}

@test "a list that names each pair once is taken both ways, one with a pair twice is refused" {
	run --separate-stderr "$KENG" smooth "$FILE" --count x --population n --id code --method eb-local \
		--neighbours "$PAIRS" --format csv
	both=$output
	printf '%s\n' 'code,neighbour' '01,02' '02,03' > "$PAIRS"
	run --separate-stderr "$KENG" smooth "$FILE" --count x --population n --id code --method eb-local \
		--neighbours "$PAIRS" --format csv
	[ "$output" = "$both" ]
	[[ "$stderr" == *"each pair of neighbours stands once in the list; it is taken both ways"* ]]
	echo '01,02' >> "$PAIRS"
	run "$KENG" smooth "$FILE" --count x --population n --id code --method eb-local --neighbours "$PAIRS"
	[ "$status" -eq 1 ]
	[[ "$output" == *"pairs.csv:4: column 'code': this pair stands twice; keep it once"* ]]
	run "$KENG" smooth "$FILE" --count x --population n --method eb-local --neighbours "$PAIRS"
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '--neighbours' names places; say which column names them in the data: '--id COL'" ]
}

@test "jackknife limits are wider than posterior ones, around the same estimate" {
	for how in jackknife posterior; do
		run --separate-stderr "$KENG" smooth "$FILE" --count x --population n --id code --ci "$how" --format csv
		[ "$status" -eq 0 ]
		IFS=, read -r _ _ _ _ _ _ _ estimate _ low high _ <<< "${lines[1]}"
		printf -v "$how" '%s' "$estimate $low $high"
	done
	awk -v j="$jackknife" -v p="$posterior" 'BEGIN { split(j, a, " "); split(p, b, " ")
		exit !(a[1] == b[1] && a[2] < b[2] && a[3] > b[3]) }'
}
