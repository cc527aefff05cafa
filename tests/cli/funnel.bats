#!/usr/bin/env bats
# funnel: limits by size, classes, own target, bad input.
bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/places.csv"
	printf '%s\n' 'place,x,n' 'a,10,100' 'b,60,300' 'c,2,90' 'd,5,0' 'e,,10' > "$FILE"
}

@test "one row per place with limits and class; bad places get a note" {
	run --separate-stderr "$KENG" funnel "$FILE" --count x --population n --by place --format csv
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "place,limit_95_low,limit_95_high,limit_998_low,limit_998_high,class,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[[ "${lines[3]}" == c,*,-2,value,poisson,22.22* ]]
	[ "${lines[4]}" = "d,,,,,,value,poisson,,,,,,,,,,,1,0,per 1000 n,zero-denominator" ]
	[ "${lines[5]}" = "e,,,,,,value,poisson,,,,,,,,,,,0,1,per 1000 n,missing" ]
	[[ "$stderr" == *"Target: 146.939 per 1000 n, from all places together."* ]]
}

@test "an own target" {
	run --separate-stderr "$KENG" funnel "$FILE" --count x --population n --by place --target 20 --quiet --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[3]}" == c,*,0,value,poisson,22.22* ]]
}

@test "without --by every row is a place" {
	run --separate-stderr "$KENG" funnel "$FILE" --count x --population n --quiet --format csv
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 6 ]
	[[ "${lines[3]}" == *,-2,value,poisson,22.22* ]]
}

@test "a method of the other kind is refused" {
	run "$KENG" funnel "$FILE" --count x --population n --by place --method binomial
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'binomial' is no method for a rate; choose poisson or normal" ]
}

# Classes of a column of a reference file as numbers, and those that keng gives, beside each other; says how many rows.
classes_agree() { # FILE COLUMN LEFT_OUT ARGUMENT...
	local file=$1 column=$2 left_out=$3
	shift 3
	"$KENG" funnel "$file" --format csv --quiet --output "$BATS_TEST_TMPDIR/got.csv" "$@"
	"$KENG" query "$file" --quiet --format csv --output "$BATS_TEST_TMPDIR/expected.csv" --sql "SELECT CASE $column
		WHEN 'High (0.001)' THEN 2 WHEN 'High (0.025)' THEN 1 WHEN 'Not significant' THEN 0 WHEN 'Low (0.025)' THEN -1
		WHEN 'Low (0.001)' THEN -2 END AS class FROM $(basename "$file" .csv) WHERE $left_out"
	"$KENG" query "$BATS_TEST_TMPDIR/got.csv" --quiet --format csv --sql "SELECT class FROM got" \
		> "$BATS_TEST_TMPDIR/class.csv"
	diff "$BATS_TEST_TMPDIR/class.csv" "$BATS_TEST_TMPDIR/expected.csv"
	[ "$(wc -l < "$BATS_TEST_TMPDIR/class.csv")" -gt 39 ]
}

@test "the class of each place, row by row, as Public Health England gives it" {
	SHARED="${KENG_SHARED:-../shared}/reference/funnel"
	[ -d "$SHARED" ] || skip "no reference folder"
	classes_agree "$SHARED/phe_ratio_input.csv" significance 1 --count obs --population expected --as ratio
	classes_agree "$SHARED/phe_prop_input.csv" significance 1 --count numerator --population denominator \
		--as proportion --method wilson
	for unit in 100 100000; do
		file="$SHARED/phe_rate_significance.csv"
		classes_agree "$file" "dsr_per_${unit}_with_0" 1 --count count --standardised rate --multiplier $unit \
			--let "rate=rate_dsr/(100000/$unit)"
		classes_agree "$file" "dsr_per_${unit}_without_0" 'count>0' --count count --standardised rate \
			--multiplier $unit --let "rate=rate_dsr/(100000/$unit)" --where 'count>0'
		classes_agree "$file" "crude_per_${unit}_with_0" 1 --count count --population pop --multiplier $unit
		classes_agree "$file" "crude_per_${unit}_without_0" 'count>0' --count count --population pop \
			--multiplier $unit --where 'count>0'
	done
}

@test "target and spread of all places together are rows" {
	run --separate-stderr "$KENG" funnel "$FILE" --count x --population n --by place --method poisson,dispersion --format csv
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 10 ]
	[[ "${lines[6]}" == ,,,,,,target,dispersion,146.938775510204*,,,,,,,,,,3,2,"per 1000 n", ]]
	# R: z <- (c(10,60,2)/n - p)/sqrt(p/n); sum(z^2); pchisq(., 2, lower = FALSE)
	[[ "${lines[7]}" == ,,,,,,phi,dispersion,5.591563786008*,,,,,16.774691358024*,2,0.00022773094787*,,,3,2,, ]]
	run --separate-stderr "$KENG" funnel "$FILE" --count x --population n --method dispersion --where 'n=0' --format csv
	[[ "${lines[1]}" == *,target,dispersion,,*,too-few ]]
	[[ "$stderr" == *"No place can be assessed."* ]]
	[[ "$stderr" != *nan* ]]
}

@test "targets as Public Health England has them: of standardised rates, of proportions" {
	SHARED="${KENG_SHARED:-../shared}/reference/funnel"
	[ -d "$SHARED" ] || skip "no reference folder"
	run "$KENG" funnel "$SHARED/phe_rate_input.csv" --count ev --standardised rate --multiplier 100000 --method dispersion \
		--quiet --format csv
	[[ "${lines[1]}" == *,target,dispersion,116.17208350* ]] # printed there: 116.1720835
	run "$KENG" funnel "$SHARED/phe_prop_input.csv" --count numerator --population denominator --as proportion \
		--method dispersion --quiet --format csv
	[[ "${lines[1]}" == *,target,dispersion,0.8064244785* ]] # printed there: 80.642448
}

@test "a standardised rate is not assessed below 10 events; it excludes a population" {
	printf '%s\n' 'place,x,rate,n' 'a,9,10,90' 'b,60,20,100' 'c,50,25,1000' > "$FILE"
	run --separate-stderr "$KENG" funnel "$FILE" --count x --standardised rate --by place --format csv
	[[ "${lines[1]}" == a,*,small-count ]]
	[[ "${lines[2]}" == b,*,value,poisson,20,* ]]
	run "$KENG" funnel "$FILE" --count x
	[ "$status" -eq 2 ]
	[ "$output" = "keng: give either '--population' or '--standardised'" ]
}

@test "the chart takes sizes from the population, be it called as a column of results or the places unnamed" {
	command -v gnuplot > /dev/null || skip "gnuplot is not installed"
	for by in "--by place" ""; do
		"$KENG" funnel "$FILE" --count x --population n $by --quiet --output "$BATS_TEST_TMPDIR/result.csv" \
			--plot "$BATS_TEST_TMPDIR/funnel.svg" --with-script
		grep -q "^300 200 *$" "$BATS_TEST_TMPDIR/funnel.gp"
		grep -q "dotted: the target" "$BATS_TEST_TMPDIR/funnel.svg"
	done
}

@test "a column named like one of the program's own is refused, and with another name taken" {
	printf '%s\n' 'class,x,n' 'a,10,100' 'b,60,300' > "$FILE"
	run "$KENG" funnel "$FILE" --count x --population n --by class
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'class' is also the name of a column of the result; give it another one, as with --let 'NAME=class'" ]
	run "$KENG" funnel "$FILE" --count x --population n --let kind=class --by kind --quiet --format csv
	[ "$status" -eq 0 ]
}
