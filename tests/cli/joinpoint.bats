#!/usr/bin/env bats
# joinpoint: rows and their periods, the range of the average, selection, bad input.

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/bend.csv"
	# 2 % a year up to 2010, then -3 %, with a little noise that repeats
	awk 'BEGIN { print "year,rate"; v = 100; for (t = 2000; t < 2020; t++) {
		printf "%d,%.4f\n", t, v * (1 + 0.004 * ((t * 7) % 5 - 2)); v *= t < 2010 ? 1.02 : 0.97 } }' > "$FILE"
}

joinpoint() {
	run "$KENG" joinpoint "$FILE" --time year --value rate --format csv --quiet "$@"
}

@test "one bend: its year, the change on each side, the average" {
	joinpoint
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "from,to,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[[ "${lines[1]}" == 2010,2010,joinpoint_1,joinpoint,2010,* ]]
	[[ "${lines[2]}" == 2000,2010,apc_1,joinpoint,[12].*"% per year", ]]
	[[ "${lines[3]}" == 2010,2019,apc_2,joinpoint,-[23].*"% per year", ]]
	[[ "${lines[4]}" == 2000,2019,aapc,joinpoint,* ]]
}

@test "the average over a range within one piece is that piece's" {
	joinpoint --range 2001:2009
	[[ "${lines[4]}" == 2001,2009,aapc,joinpoint,* ]]
	[ "$(cut -d, -f5-9 <<< "${lines[4]}")" = "$(cut -d, -f5-9 <<< "${lines[2]}")" ]
}

@test "every rule finds the bend; a largest number of zero forbids it" {
	for rule in bic bic3 wbic permutation; do
		joinpoint --select "$rule" --replicates 199 --max-joinpoints 2
		[[ "${lines[1]}" == *joinpoint_1,joinpoint,2010,* ]]
	done
	joinpoint --max-joinpoints 0
	[[ "${lines[1]}" == 2000,2019,apc_1,* ]]
}

@test "the same bytes for any number of threads, resampling included" {
	joinpoint --ci empirical --replicates 99 --threads 1
	one="$output"
	joinpoint --ci empirical --replicates 99 --threads 2
	[ "$output" = "$one" ]
}

@test "a zero under the logarithm is a note, and poisson takes it" {
	printf '%s\n' year,rate 2000,4 2001,0 2002,3 2003,2 2004,4 > "$FILE"
	joinpoint
	[[ "${lines[1]}" == *,apc_1,joinpoint,,*zero-value ]]
	joinpoint --model poisson
	[[ "${lines[1]}" == *,apc_1,joinpoint,[-0-9]*half-added ]]
}

@test "a range must be two periods in order" {
	joinpoint --range 2010
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '2010' in --range has no colon; write FROM:TO, such as 2010:2019" ]
	joinpoint --range 2012:2010
	[ "$output" = "keng: '2012:2010' in --range ends before it begins; write FROM:TO" ]
	joinpoint --max-joinpoints ten
	[ "$output" = "keng: 'ten' in --max-joinpoints is no number from 0 to 9" ]
}
