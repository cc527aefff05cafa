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

@test "a funnel of standardised rates: classes as Public Health England gives them, none below 10 events" {
	SHARED="${KENG_SHARED:-../shared}/reference/funnel/phe_rate_significance.csv"
	[ -f "$SHARED" ] || skip "no reference folder"
	"$KENG" funnel "$SHARED" --count count --standardised rate_dsr --multiplier 100000 --format csv --quiet \
		--output "$BATS_TEST_TMPDIR/classes.csv"
	expected=$(tail -n +2 "$SHARED" | cut -d, -f6 | sed 's/High (0.001)/2/; s/High (0.025)/1/; s/Low (0.025)/-1/; s/Low (0.001)/-2/; s/Not significant/0/; s/Not applicable.*//')
	[ "$(tail -n +2 "$BATS_TEST_TMPDIR/classes.csv" | cut -d, -f5)" = "$expected" ]
	[[ "$(tail -1 "$BATS_TEST_TMPDIR/classes.csv")" == *,small-count ]]
	run "$KENG" funnel "$SHARED" --count count
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
