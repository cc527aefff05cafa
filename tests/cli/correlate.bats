#!/usr/bin/env bats
# correlate: pairs, messages, the same bytes for any number of threads.

bats_require_minimum_version 1.5.0

setup() {
	KENG=$(realpath "${KENG:-build/keng}")
	cd "$BATS_TEST_TMPDIR"
	printf 'g,x,y,z\na,1,2,5\na,2,1,5\na,3,4,5\na,4,3,5\na,5,,5\nb,1,1,5\n' > data.csv
}

@test "a pair" {
	run --separate-stderr "$KENG" correlate data.csv --x x --y y --where "g = 'a'" --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == "x,y,term,method,estimate,"* ]]
	[[ "${lines[1]}" == "x,y,x~y,pearson,0.6,"* ]]
	[[ "${lines[1]}" == *",4,1,," ]]
	[[ "$stderr" == *"keng: note: 1 of 5 rows left out because a cell is missing: lines 6" ]]
}

@test "a constant column and a small group are rows with a note" {
	run --separate-stderr "$KENG" correlate data.csv --x x --y z --by g --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "a,x,z,x~z,pearson,"*",5,0,,no-spread" ]]
	[[ "${lines[2]}" == "b,x,z,x~z,pearson,"*",1,0,,too-few" ]]
}

@test "point-biserial needs a column with two values" {
	run --separate-stderr "$KENG" correlate data.csv --x x --y y --method point-biserial --where "g = 'a'"
	[[ "${lines[1]}" == *",not-binary" ]]
}

@test "exact permutation p of four pairs: 10 of 24 orders as far out" {
	run --separate-stderr "$KENG" correlate data.csv --x x --y y --where "g = 'a'" --permutations 99 --format json
	[[ "$output" == *'"p_value":0.41666666666666669'* || "$output" == *'"p_value": 0.41666666666666669'* ||
		"$output" == *'0.4166666666666667'* ]]
}

@test "what is wrong is said" {
	run "$KENG" correlate data.csv --x x
	[ "$status" -eq 2 ]
	[ "$output" = "keng: name a pair with --x and --y, or all pairs with --columns" ]
	run "$KENG" correlate data.csv --columns x
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'x' in --columns is one column; name two or more" ]
	run "$KENG" correlate data.csv --x x --y y --method partial
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'partial' holds columns fixed; name them with --partial" ]
	run "$KENG" correlate data.csv --x x --y y --method kendall --partial z
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'kendall' takes no --partial; use pearson, spearman or semi-partial" ]
}

@test "same bytes for 1, 2 and 4 threads" {
	awk 'BEGIN { srand(1); print "d,x,y,k"; for (i = 0; i < 131; i++) print i % 7 "," rand() "," rand() "," rand() }' > many.csv
	for ci in bootstrap percentile; do
		for threads in 1 2 4; do
			"$KENG" correlate many.csv --columns x,y,k --method pearson,spearman,kendall --ci $ci --replicates 999 \
				--permutations 999 --within d --adjust holm --threads $threads --output $threads.csv
		done
		cmp 1.csv 2.csv
		cmp 1.csv 4.csv
	done
}

# Expected: R 4.2, -P[1,2] / sqrt(P[1,1] P[2,2]) with P the inverse of the correlation matrix of the ranks; p from t(45).
@test "partial-spearman takes the matrix form on ranks" {
	run "$KENG" correlate "$BATS_TEST_DIRNAME/examples/communes.csv" --x density --y turnout --partial poverty \
		--method partial-spearman --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == density,turnout,density~turnout,partial-spearman,0.7387650110025* ]]
	[[ "${lines[1]}" == *,45,3.0594995134* ]]
}

@test "what stands in the way is named, with what to try" {
	printf 'x,z,one,y\n1,2,5,0\n2,4,5,1\n3,6,5,0\n4,8,5,1\n,1,5,1\n' > ways.csv
	run --separate-stderr "$KENG" correlate ways.csv --columns x,one,y
	[[ "$stderr" == *"'one' is 5 in every row: it has no correlation"* ]]
	[[ "$stderr" == *"1 of 5 rows have a missing cell and are left out pair by pair, counted in n_missing (lines 6); --uniform uses one common sample"* ]]
	run --separate-stderr "$KENG" correlate ways.csv --columns x,one,y --uniform
	[[ "$stderr" == *"1 of 5 rows left out because a cell is missing: lines 6"* ]]
	run --separate-stderr "$KENG" correlate ways.csv --x x --y y --partial z --format csv
	[[ "${lines[1]}" == x,y,x~y,partial,,,,,,,,,,,4,1,,collinear ]]
	run --separate-stderr "$KENG" correlate ways.csv --x x --y z --method point-biserial
	[[ "$stderr" == *"point-biserial needs one column with exactly two values: derive it with --let,"* ]]
	run --separate-stderr "$KENG" correlate ways.csv --x x --y y --within z --permutations 99
	[[ "$stderr" == *"every value of 'z' has one row: nothing can be permuted or resampled within it;"* ]]
	run "$KENG" correlate ways.csv --x x --y zz
	[ "$status" -eq 2 ]
	[ "$output" = "keng: ways.csv: 'zz' is not a column; did you mean 'z'? (columns: x, z, one, y)" ]
}

@test "a sentence says direction, size, limits and n, and what a correlation does not show" {
	run --separate-stderr "$KENG" correlate "$BATS_TEST_DIRNAME/examples/communes.csv" --x density --y turnout
	[[ "${stderr_lines[0]}" == "keng: note: Higher 'density' goes with higher 'turnout': pearson 0."*" (95% limits 0."*"), n = 48" ]]
	[ "${stderr_lines[1]}" = "keng: note: A correlation is no cause, and one between places need not hold for the people in them" ]
}

@test "permutations are told only where they ran" {
	printf 'x,one\n1,5\n2,5\n4,5\n3,5\n' > constant.csv
	run --separate-stderr "$KENG" correlate constant.csv --x x --y one --permutations 99 --format csv
	[[ "$stderr" == *"'one' is 5 in every row"* && "$stderr" != *"by permutation"* ]]
}
