#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
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

@test "several ranges, and the last periods of each series" {
	joinpoint --range 2000:2010,last:5
	[[ "${lines[4]}" == 2000,2010,aapc,* ]]
	[[ "${lines[5]}" == 2015,2019,aapc,* ]]
	joinpoint --range last:x
	[ "$output" = "keng: 'last:x' in --range is no number of periods from 2 up; write last:10" ]
}

@test "the delta limits of the average are narrower: the pieces meet" {
	joinpoint
	wide=$(cut -d, -f6 <<< "${lines[4]}")
	joinpoint --ci delta
	narrow=$(cut -d, -f6 <<< "${lines[4]}")
	[ "$(awk -v a="$narrow" -v b="$wide" 'BEGIN { print a < b }')" = 1 ]
	[ "$(cut -d, -f1-11 <<< "${lines[2]}")" != "" ]
}

@test "a step of the level is taken out: known, or estimated" {
	awk -F, 'NR == 1 { print; next } { printf "%d,%.10f\n", $1, ($1 >= 2005 ? 0.8 : 1) * $2 }' "$FILE" > "$FILE.step"
	run "$KENG" joinpoint "$FILE.step" --time year --value rate --format csv --quiet --jump 2005
	[[ "${lines[1]}" == 2010,2010,joinpoint_1,* ]]
	[[ "${lines[5]}" == 2005,2005,jump_1,joinpoint,-[12][0-9].*,%, ]]
	run "$KENG" joinpoint "$FILE.step" --time year --value rate --format csv --quiet --jump 2005 --comparability-ratio 0.8
	known=$(cut -d, -f5 <<< "${lines[2]}")
	joinpoint
	[ "$(awk -v a="$known" -v b="$(cut -d, -f5 <<< "${lines[2]}")" 'BEGIN { print (a - b) ^ 2 < 1e-12 }')" = 1 ]
}

@test "breaks of the schema become jumps; no schema, no breaks" {
	run "$KENG" joinpoint datasets/hoa-binh-2020/population-province-year.csv --time year --value population --format csv --jump breaks
	[ "$status" -eq 0 ]
	[[ "$output" == *2008,2008,jump_1,* ]]
	[[ "$output" == *2017,2017,jump_2,* ]]
	[[ "$output" != *"series breaks at"* ]]
	joinpoint --jump breaks
	[ "$status" -eq 2 ]
	[ "$output" = "keng: --jump breaks: the input's schema declares no series breaks; name the periods instead" ]
}

@test "autocorrelated errors: given and estimated" {
	joinpoint --autocorrelation 0.5
	[[ "$output" == *2000,2019,autocorrelation,joinpoint,0.5,* ]]
	joinpoint --autocorrelation estimate
	[[ "$output" == *autocorrelation,joinpoint,-0.[0-9]* ]]
	joinpoint --autocorrelation 1
	[ "$output" = "keng: '1' in --autocorrelation is no number between -1 and 1, and not 'estimate'" ]
}

@test "a ratio needs the one jump it belongs to" {
	joinpoint --comparability-ratio 0.9
	[ "$status" -eq 2 ]
	[ "$output" = "keng: --comparability-ratio needs --jump with the one period that it holds from" ]
}

@test "series without a model are counted, and resampling names its seed" {
	awk -F, 'NR == 1 { print "place," $0; next } { print "A," $0; print "B," $1 "," ($1 == 2003 ? 0 : $2) }' "$FILE" > "$FILE.two"
	run "$KENG" joinpoint "$FILE.two" --time year --value rate --by place --format table --ci empirical --replicates 99 --seed 7
	[[ "$output" == *"Series without a model: 1 of 2; the column note says why."* ]]
	[[ "$output" == *"Limits from 99 resampled series, seed 7."* ]]
}

@test "two series: the same trend, a parallel one, or neither; all pairs" {
	awk -F, 'NR == 1 { print "place," $0; next } { printf "A,%s\nB,%s,%.6f\nC,%s,%.6f\n", $0, $1, 1.5 * $2 * (1 + 0.002 * (($1 * 3) % 4 - 1.5)), $1, $2 * 1.03 ^ ($1 - 2000) }' "$FILE" > "$FILE.three"
	run "$KENG" joinpoint "$FILE.three" --time year --value rate --compare place --format csv --quiet --replicates 99
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 7 ]
	[[ "${lines[0]}" == place,reference,from,to,joinpoints,term,* ]]
	[[ "${lines[1]}" == B,A,2000,2019,1,coincidence,coincidence,,*,0.01,* ]]
	[[ "${lines[2]}" == B,A,2000,2019,1,parallelism,parallelism,[45]* ]]
	[ "$(cut -d, -f15 <<< "${lines[2]}" | awk '{ print ($1 > 0.05) }')" = 1 ]
	[[ "${lines[4]}" == C,A,2000,2019,1,parallelism,parallelism,*,0.01,* ]]
	one="$output"
	run "$KENG" joinpoint "$FILE.three" --time year --value rate --compare place --format csv --quiet --replicates 99 --threads 1
	[ "$output" = "$one" ]
}

@test "what does not go together" {
	joinpoint --method coincidence
	[ "$status" -eq 2 ]
	[ "$output" = "keng: --method coincidence needs --compare with a column" ]
	joinpoint --compare year --jump 2005
	[ "$output" = "keng: --compare does not go with --jump or --autocorrelation" ]
}

@test "a jump without data on both sides, and a compared column in --by, are usage errors" {
	for jump in 1990 2000 2050; do
		joinpoint --jump "$jump"
		[ "$status" -eq 2 ]
		[ "$output" = "keng: '$jump' in --jump has no data on both sides; name a period of the column 'year' after its first" ]
	done
	awk 'NR == 1 { print "sex," $0; next } { print "f," $0; print "m," $0 }' "$FILE" > "$BATS_TEST_TMPDIR/sexes.csv"
	run "$KENG" joinpoint "$BATS_TEST_TMPDIR/sexes.csv" --time year --value rate --by sex --compare sex
	[ "$status" -eq 2 ]
	[ "$output" = "keng: --compare tests the series of 'sex' against each other; leave it out of --by" ]
}

@test "values without a logarithm: their lines, and the model that takes them" {
	printf 'year,rate\n2000,3\n2001,0\n2002,-2\n2003,4\n2004,5\n' > "$FILE"
	run "$KENG" joinpoint "$FILE" --time year --value rate --format csv
	[ "$status" -eq 0 ]
	[[ "$output" == *"'rate' is zero (lines: 3): it has no logarithm; --model linear takes zeros, and --model poisson counts of zero, as a half."* ]]
	[[ "$output" == *"'rate' is negative (lines: 4): it has no logarithm; --model linear takes negative values."* ]]
}

@test "values that are all the same change by exactly nothing" {
	printf 'year,rate\n' > "$FILE"
	seq 2000 2011 | sed 's/$/,5/' >> "$FILE"
	joinpoint
	[[ "${lines[1]}" == 2000,2011,apc_1,joinpoint,0,,,*,exact-fit ]]
	[[ "${lines[2]}" == 2000,2011,aapc,joinpoint,0,,,*,exact-fit ]]
}

@test "series too short for --max-joinpoints are counted in a note" {
	awk 'BEGIN { print "year,n"; for (i = 0; i < 12; i++) print 2000 + i "," 10 + i * i }' > "$BATS_TEST_TMPDIR/short.csv"
	run --separate-stderr "$KENG" joinpoint "$BATS_TEST_TMPDIR/short.csv" --time year --value n --max-joinpoints 5
	[ "$status" -eq 0 ]
	[ "$stderr" = "keng: note: Series too short for 5 joinpoints with 2 values at each end and 2 between: 1 of 1; as many as fit were tried." ]
	run --separate-stderr "$KENG" joinpoint "$BATS_TEST_TMPDIR/short.csv" --time year --value n --max-joinpoints 3
	[ -z "$stderr" ]
}
