#!/usr/bin/env bats
# --suppress and --round: small counts are neither read nor worked out, whatever program shows them.
bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/counts.csv"
	printf '%s\n' 'd,sex,n,pop' 'A,m,2,100' 'A,f,12,110' 'B,m,20,200' 'B,f,9,180' 'C,m,30,300' 'C,f,40,310' > "$FILE"
}

run_keng() {
	run --separate-stderr "$KENG" "$@" --format csv
}

@test "primary and secondary cells are empty but for their names" {
	run_keng participation "$FILE" --count n --population pop --by d,sex --suppress 5
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "A,m,rate,byar,,,,,,,,,,,,,per 1000 pop,suppressed" ]
	[ "${lines[2]}" = "A,f,rate,byar,,,,,,,,,,,,,per 1000 pop,suppressed-secondary" ]
	[ "${lines[3]}" = "B,m,rate,byar,,,,,,,,,,,,,per 1000 pop,suppressed-secondary" ]
	[ "${lines[4]}" = "B,f,rate,byar,,,,,,,,,,,,,per 1000 pop,suppressed-secondary" ]
	[[ "${lines[5]}" == "C,m,rate,byar,100,"* ]]
	[[ "$stderr" == *"Suppressed: 1 counts below 5, and 3 others from which totals would give them away."* ]]
}

@test "no sentence tells what is hidden: the smallest rate is that of the hidden cell" {
	run --separate-stderr "$KENG" participation "$FILE" --count n --population pop --by d,sex --suppress 5 --format json
	[ "$status" -eq 0 ]
	[[ "$output" != *"from 20"* ]]
	[[ "$output" == *'"remarks": ["What is usually said of this result is left out, for it may tell what is hidden.", "Suppressed: 1 counts'* ]]
}

@test "one key: a second cell is hidden, for the grand total is known" {
	run_keng participation "$FILE" --count n --population pop --by d --suppress 15
	[ "${lines[1]}" = "A,rate,byar,,,,,,,,,,,,,per 1000 pop,suppressed" ]
	[ "${lines[2]}" = "B,rate,byar,,,,,,,,,,,,,per 1000 pop,suppressed-secondary" ]
	[[ "${lines[3]}" == "C,rate,byar,114."* ]]
}

@test "a comparison is hidden with either of its groups" {
	run_keng compare "$FILE" --count n --population pop --group sex --by d --suppress 5
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "A,f,m,difference,newcombe,,,,,,,,,,,,,fraction,suppressed" ]
	[ "${lines[4]}" = "B,f,m,difference,newcombe,,,,,,,,,,,,,fraction,suppressed-secondary" ]
	[[ "${lines[7]}" == "C,f,m,difference,newcombe,0.029"* ]]
}

@test "funnel: class and limits go too, and the point leaves the chart" {
	run_keng funnel "$FILE" --count n --population pop --by d,sex --suppress 5 --plot "$BATS_TEST_TMPDIR/f.svg" --with-script
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" =~ ^A,m,,,,,,value,[a-z]+,,,,,,,,,,,,,.*,suppressed$ ]]
	[[ "${lines[5]}" =~ ^C,m,[0-9.]+,[0-9.]+, ]]
	[ "$(grep -c '^A,m,,,,,,value,' "$BATS_TEST_TMPDIR/f.csv")" -eq 1 ]
}

@test "places within districts are protected within each district" {
	printf '%s\n' 'district,place,n,pop' 'D,p1,3,100' 'D,p2,8,100' 'D,p3,50,100' 'E,p4,7,100' 'E,p5,60,100' > "$FILE"
	run_keng participation "$FILE" --count n --population pop --by district,place --suppress 5
	[ "${lines[1]}" = "D,p1,rate,byar,,,,,,,,,,,,,per 1000 pop,suppressed" ]
	[ "${lines[2]}" = "D,p2,rate,byar,,,,,,,,,,,,,per 1000 pop,suppressed-secondary" ]
	[[ "${lines[3]}" == "D,p3,rate,byar,500,"* ]]
	[[ "${lines[4]}" == "E,p4,rate,byar,70,"* ]]
}

@test "what totals give away whatever is hidden is said" {
	printf '%s\n' 'd,n,pop' 'A,4,100' 'B,4,100' > "$FILE"
	run_keng participation "$FILE" --count n --population pop --by d --suppress 5
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"2 of them can be worked out from their totals whatever else is hidden: do not publish the totals over 'd'."* ]]
}

@test "a query: rows without a name are totals" {
	run_keng query "$FILE" --sql "SELECT d, sum(n) AS n, sum(pop) AS pop FROM counts GROUP BY d UNION ALL SELECT NULL, sum(n), sum(pop) FROM counts" \
		--by d --count n --suppress 15
	[ "$status" -eq 0 ]
	[ "$output" = "$(printf 'd,n,pop,note\nA,,,suppressed\nB,,,suppressed-secondary\nC,70,610,\n,113,1200,')" ]
}

@test "rounding: after adding up, with the range of what rounds to it" {
	run_keng participation "$FILE" --count n --population pop --by d --round 5 --multiplier 210
	[ "$status" -eq 0 ]
	# 2 + 12 = 14 becomes 15, somewhere from 13 to 17
	[[ "${lines[1]}" =~ ^A,rate,byar,15,.*,13,17,1,0,per\ 210\ pop,rounded$ ]]
	[[ "$stderr" == *"Counts are rounded to multiples of 5; the bounds hold all counts that round to them."* ]]
	printf '%s\n' 'd,n,pop' 'A,1,100' 'B,98,99' > "$FILE"
	run_keng participation "$FILE" --count n --denominator pop --by d --round 5
	[[ "${lines[1]}" =~ ^A,proportion,wilson,0,.*,0,0.02,1,0,fraction,rounded$ ]]
	[[ "${lines[2]}" =~ ^B,proportion,wilson,1,.*,1,1,0,fraction,rounded$ ]]
}

@test "rounding leaves rows without a count, and what a query says besides, as they are" {
	printf '%s\n' 'd,n,pop' 'A,9,100' 'A,,300' 'A,12,200' > "$FILE"
	run_keng participation "$FILE" --count n --population pop --by d --round 5 --multiplier 300
	[[ "${lines[1]}" =~ ^A,rate,byar,20,.*,18,22,1,1,per\ 300\ pop,rounded$ ]]
	run_keng query "$FILE" --sql "SELECT d, 'x' AS name, sum(n) AS n, max(pop) AS most FROM counts GROUP BY d" --by d --count n --round 5
	[ "${lines[0]}" = "d,name,n,most,note" ]
	[ "${lines[1]}" = "A,x,20,300,rounded" ]
	run --separate-stderr "$KENG" plot bar "$FILE" --x d --y n --round 5 --output "$BATS_TEST_TMPDIR/p.svg"
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: '--suppress' and '--round' belong to a program with a '--count'; draw its result" ]
}

@test "suppressed by the counts themselves, shown rounded" {
	run_keng participation "$FILE" --count n --population pop --by d --round 5 --suppress 15
	[ "${lines[1]}" = "A,rate,byar,,,,,,,,,,,,,per 1000 pop,suppressed" ]
	[ "${lines[2]}" = "B,rate,byar,,,,,,,,,,,,,per 1000 pop,suppressed-secondary" ]
	[[ "${lines[3]}" == "C,rate,byar,114."*",rounded" ]]
}

@test "what it refuses" {
	run_keng growth "$FILE" --time n --value n --suppress 5
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: '--suppress' and '--round' need a '--count', and growth has none" ]
	run_keng query "$FILE" --sql "SELECT * FROM counts" --suppress 5
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: '--suppress' and '--round' need a '--count', and query has none here; name its column" ]
	run_keng participation "$FILE" --count n --population pop --suppress 1
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: '1' is out of range for '--suppress'; give a value from 2 to 1e+06" ]
	run_keng smooth "$FILE" --count n --population pop --suppress 5
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: '--suppress' needs to know what names a row; name it with --by" ]
	printf 'a,b,c,n,pop\n' > "$FILE"
	for a in 1 2; do for b in 1 2; do for c in 1 2; do echo "$a,$b,$c,9,100"; done; done; done >> "$FILE"
	run_keng participation "$FILE" --count n --population pop --by a,b,c --suppress 5
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: '--suppress' protects tables in which at most two columns cross; leave one out of --by, or make a table for each of its values with --where" ]
}
