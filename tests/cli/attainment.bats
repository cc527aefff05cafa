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
	"$KENG" attainment ones.csv --outcome y --exposure x --method firth --quiet --format csv > firth.csv
	grep -q '^,,,intercept_flic,firth,,.*,constant-outcome$' firth.csv
}

@test "what is wrong is said" {
	run "$KENG" attainment quasi.csv
	[ "$status" -eq 2 ]
	[ "$output" = "keng: name a model with --formula 'y ~ x', or --outcome and --exposure" ]
	run "$KENG" attainment quasi.csv --outcome y --exposure d --method mantel-haenszel
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'mantel-haenszel' compares tables of strata; name their column with --strata" ]
}

@test "a constant and a collinear covariate are named, and the lines that were left out" {
	printf 'y,x,z,one,c\n0,1,2,5,k\n1,2,4,5,k\n0,3,6,5,l\n1,4,8,5,l\n0,5,10,5,m\n1,6,12,5,m\n1,,14,5,n\n0,8,16,5,\n' > gaps.csv
	run --separate-stderr "$KENG" attainment gaps.csv --formula 'y ~ x + one' --format csv
	[[ "$output" == *",,,one,logistic,,"*",collinear"* ]]
	[[ "$stderr" == *"keng: note: 'one' left out: constant, or a combination of other columns; take it out of the formula"* ]]
	[[ "$stderr" == *"keng: note: 1 of 8 rows left out because a cell is missing: lines 8"* ]]
	run --separate-stderr "$KENG" attainment gaps.csv --formula 'y ~ x + z' --method firth --format csv
	[[ "$output" == *",,,z,firth,,"*",collinear"* ]]
	[[ "$stderr" == *"keng: note: 'z' left out: constant, or a combination of other columns; take it out of the formula"* ]]
}

@test "clusters: too few, one only, one row each" {
	printf 'y,x,c,one,id\n0,1,k,5,1\n1,2,k,5,2\n0,3,l,5,3\n1,4,l,5,4\n0,5,m,5,5\n1,6,m,5,6\n0,8,,5,7\n' > clusters.csv
	run --separate-stderr "$KENG" attainment clusters.csv --formula 'y ~ x' --cluster c --format csv
	[[ "${lines[2]}" == *",2,"*",6,1,log-odds,few-clusters" ]]
	[[ "$stderr" == *"'c' has 3 values: with fewer than 40 clusters these standard errors tend to be too small;"* ]]
	[[ "$stderr" == *"standard errors: clustered by 'c' (CR1: G/(G-1) (n-1)/(n-k), t with G-1 degrees of freedom)"* ]]
	run --separate-stderr "$KENG" attainment clusters.csv --formula 'y ~ x' --cluster one
	[[ "$stderr" == *"'one' has one value only: there are no clustered standard errors;"* ]]
	run --separate-stderr "$KENG" attainment clusters.csv --formula 'y ~ x' --cluster id
	[[ "$stderr" == *"every value of 'id' has one row:"* ]]
	run --separate-stderr "$KENG" attainment clusters.csv --formula 'y ~ x' --method firth --cluster c
	[[ "$stderr" == *"firth takes no account of --cluster: its limits and tests hold for independent rows"* ]]
}

@test "exposures that a table cannot take are named, with what to try" {
	printf 'y,x,one\n0,1,5\n1,2,5\n0,3,5\n1,4,5\n' > values.csv
	run --separate-stderr "$KENG" attainment values.csv --outcome y --exposure x --method two-by-two --format csv
	[[ "${lines[1]}" == *",not-binary" ]]
	[ "$stderr" = "keng: note: 'x' has more than two values: name a two-valued exposure, or cut it with --groups 2" ]
	run --separate-stderr "$KENG" attainment values.csv --outcome y --exposure one --method auc,cochran-armitage --format csv
	[[ "${lines[1]}" == *",no-spread" && "${lines[2]}" == *",no-spread" ]]
	[[ "$stderr" == "keng: note: 'one' has one value only in a group: there is nothing to compare;"* ]]
	run --separate-stderr "$KENG" attainment values.csv --outcome y --exposure x --method cochran-armitage --scores 1,2
	[[ "$stderr" == "keng: note: 'x' has not 2 values, as many as --scores: "* ]]
	run --separate-stderr "$KENG" attainment values.csv --outcome y --exposure x --where 'y = 1'
	[[ "$stderr" == "keng: note: 'y' is the same in all rows of a group: there is nothing to compare;"* ]]
}

@test "an unknown column, a text outcome, a method without --robustness" {
	printf 'y,x,t\n0,1,a\n1,2,b\n0,3,a\n1,4,b\n' > text.csv
	run "$KENG" attainment text.csv --formula 'y ~ xx'
	[ "$status" -eq 2 ]
	[ "$output" = "keng: text.csv: 'xx' is not a column; did you mean 'x'? (columns: y, x, t)" ]
	run "$KENG" attainment text.csv --formula 't ~ x'
	[ "$status" -eq 1 ]
	[ "$output" = "keng: text.csv:2: column 't': 'a' is not a number; correct the cell, or name it with --missing" ]
	run "$KENG" attainment text.csv --formula 'y ~ x' --method flac --robustness
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'flac' has no --robustness; it examines logistic and firth: leave one of them out" ]
	run "$KENG" attainment text.csv --formula 'y ~ x' --instead x
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '--instead' changes what --robustness examines; add --robustness" ]
}

# p of a trend upwards is half the two-sided one when the trend is upwards, and 1 less that downwards.
@test "one-sided trends" {
	trend() { "$KENG" attainment "$BATS_TEST_DIRNAME/examples/communes.csv" --outcome attained --exposure density \
		--groups 4 --method cochran-armitage --quiet --format csv "$@" | grep ',trend,' | cut -d, -f13; }
	awk -v two="$(trend)" -v up="$(trend --alternative greater)" -v down="$(trend --alternative less)" \
		'BEGIN { exit !(two > 0.003 && two < 0.004 && up - two / 2 < 1e-12 && two / 2 - up < 1e-12 && down + up - 1 < 1e-12 && 1 - down - up < 1e-12) }'
}

@test "robustness: the same bytes for 1, 2 and 4 threads; a sentence for each result" {
	communes=$BATS_TEST_DIRNAME/examples/communes.csv
	for threads in 1 2 4; do
		"$KENG" attainment "$communes" --formula 'attained ~ density + log(population)' --robustness \
			--cluster district --id code --instead units --threads $threads --output $threads.csv 2> $threads.txt
	done
	cmp 1.csv 2.csv
	cmp 1.csv 4.csv
	cmp 1.txt 4.txt
	grep -q "^keng: note: Higher 'density' goes with higher odds of 'attained': one unit more multiplies them by 1.39 (95% limits 1.09 to 1.77; logistic, n = 48)$" 1.txt
	grep -q "^keng: note: Whichever single place is left out, the odds ratio of 'density' keeps its side of 1: it stays between 1.36 and 1.51; '04908' matters most$" 1.txt
	grep -q "^keng: note: Changing 7 of 48 outcomes is enough to turn the sign of 'density'$" 1.txt
	grep -q "seed 1;" 1.txt
	[ "$(grep -c ',units,' 1.csv)" -eq 2 ]
}

@test "models and effects: the same bytes for 1, 2 and 4 threads" {
	communes=$BATS_TEST_DIRNAME/examples/communes.csv
	for threads in 1 2 4; do
		"$KENG" attainment "$communes" --formula 'attained ~ density + upland' --by district \
			--method logistic,firth,flac,marginal-effects,calibration --threads $threads --quiet --output $threads.csv
	done
	cmp 1.csv 2.csv
	cmp 1.csv 4.csv
}

# Without c, or without d, x separates the outcomes; n of each row is what its estimate rests on.
@test "robustness: places without which there is no estimate are named" {
	printf 'id,y,x,z\na,0,1,2\nb,0,2,1\nc,0,3,2\nd,1,2.5,1\ne,1,4,2\nf,1,5,1\ng,1,6,1\nh,0,0,2\n' > fragile.csv
	run --separate-stderr "$KENG" attainment fragile.csv --formula 'y ~ x' --robustness --id id --format csv
	[ "$status" -eq 0 ]
	[ "$(grep -c '^,,,[cd],without_place,logistic,.*,7,0,log-odds,separation$' <<< "$output")" -eq 2 ]
	grep -q ',without_place_lowest,.*,7,0,log-odds,$' <<< "$output"
	[[ "$stderr" == *"Places without which 'x' has no finite estimate: 2 (the first is 'c'); without any other one"* ]]
	[[ "$stderr" != *"'without_place' separates"* ]]
	[[ "$stderr" != *"does not hold other covariates fixed"* ]]
}

@test "robustness: permutation does not hold other covariates fixed, and standard errors are classical" {
	communes=$BATS_TEST_DIRNAME/examples/communes.csv
	"$KENG" attainment "$communes" --formula 'attained ~ density + log(population)' --robustness --cluster district \
		--output all.csv 2> remarks.txt
	grep -q "^keng: note: the permutation test does not hold other covariates fixed: its p is that of the first" remarks.txt
	grep -q "^keng: note: --robustness takes rows as independent: its standard errors are classical" remarks.txt
	"$KENG" attainment "$communes" --formula 'attained ~ density + log(population)' --robustness --lang vi \
		--output all.csv 2> remarks.txt
	grep -q "kiểm định hoán vị không giữ cố định các biến độc lập khác" remarks.txt
}

two_groups() {
	printf 'x,u,z,g,y\n'
	awk 'BEGIN{for (i = 0; i < 120; i++) printf "%g,%d,%g,%s,%d\n", i % 10, i % 3 == 0, 2 * (i % 10), i % 2 ? "a" : "b", (i * 7) % 11 < 3 + i % 10 / 2}'
}

@test "several covariates: the chart is a forest of odds ratios, of one covariate in each group one of groups" {
	two_groups > forest.csv
	"$KENG" attainment forest.csv --formula 'y ~ x + u' --plot forest.svg --quiet > result.csv
	grep -q '>x<' forest.svg
	grep -q '>u<' forest.svg
	! grep -q 'Intercept' forest.svg || false
	"$KENG" attainment forest.csv --formula 'y ~ x' --by g --plot groups.svg --quiet > result.csv
	grep -q '>a<' groups.svg
	grep -q '>b<' groups.svg
}

@test "robustness: collinear columns are named; permutations are told only where they ran" {
	two_groups > forest.csv
	run --separate-stderr "$KENG" attainment forest.csv --formula 'y ~ x + z' --robustness --format csv
	[[ "$stderr" == *"keng: note: 'z' left out: constant, or a combination of other columns; take it out of the formula"* ]]
	run --separate-stderr "$KENG" attainment forest.csv --formula 'y ~ u + z + x' --robustness --format csv
	[[ "$stderr" == *"keng: note: 'x' left out: constant, or a combination of other columns; take it out of the formula"* ]]
	run --separate-stderr "$KENG" attainment forest.csv --formula 'y ~ x + u' --permutations 99 --format csv
	[[ "$stderr" != *"by permutation"* ]]
	[[ "$stderr" == *"keng: note: --permutations: nothing was permuted; method cochran-armitage and"* ]]
}
