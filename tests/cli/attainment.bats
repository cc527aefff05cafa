#!/usr/bin/env bats
# attainment: separation is named, outcomes are checked.

bats_require_minimum_version 1.5.0

setup() {
	KENG=$(realpath "${KENG:-build/keng}")
	cd "$BATS_TEST_TMPDIR"
	printf 'y,x,z\n0,1,3\n0,2,1\n0,3,4\n1,4,2\n1,5,5\n1,6,1\n' > complete.csv
	printf 'y,d,z\n0,0,3\n1,0,1\n1,0,4\n0,0,2\n1,1,5\n1,1,1\n' > quasi.csv
}

@test "complete separation names the covariate" {
	run --separate-stderr "$KENG" attainment complete.csv --formula 'y ~ x + z' --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == ",,,(Intercept),logistic,,"*",separated-by-others" ]]
	[[ "${lines[2]}" == ",,,x,logistic,,"*",separation" ]]
	[[ "${lines[3]}" == ",,,z,logistic,,"*",separated-by-others" ]]
	[[ "$stderr" == "keng: note: 'x' separates the outcomes perfectly: the maximum-likelihood estimate is infinite; method firth gives a finite one" ]]
}

@test "quasi-complete separation leaves the other coefficients" {
	run --separate-stderr "$KENG" attainment quasi.csv --formula 'y ~ d + z' --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[2]}" == ",,,d,logistic,,"*",separation" ]]
	[[ "${lines[1]}" != *separat* ]]
	[[ "$stderr" == *"'d' separates the outcomes perfectly"* ]]
}

@test "an outcome that is not 0 or 1" {
	printf 'y,x\n1,1\n3,2\n' > bad.csv
	run "$KENG" attainment bad.csv --outcome y --exposure x
	[ "$status" -eq 1 ]
	[ "$output" = "keng: bad.csv:3: column 'y': the outcome is 3, not 0 or 1; for counts name their total with --trials, or derive a 0/1 column with --let" ]
}

@test "more successes than trials" {
	printf 'y,x,n\n1,1,2\n3,2,2\n' > bad.csv
	run "$KENG" attainment bad.csv --outcome y --exposure x --trials n
	[ "$status" -eq 1 ]
	[[ "$output" == "keng: bad.csv:3: column 'y': 3 of 2 trials ('n');"* ]]
}

@test "all outcomes the same" {
	printf 'y,x\n1,1\n1,2\n1,3\n' > ones.csv
	run --separate-stderr "$KENG" attainment ones.csv --outcome y --exposure x --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[2]}" == *",constant-outcome" ]]
}

@test "what is wrong is said" {
	run "$KENG" attainment quasi.csv
	[ "$status" -eq 2 ]
	[ "$output" = "keng: name a model with --formula 'y ~ x', or --outcome and --exposure" ]
	run "$KENG" attainment quasi.csv --outcome y --exposure d --method mantel-haenszel
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'mantel-haenszel' compares tables of strata; name their column with --strata" ]
}
