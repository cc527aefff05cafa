#!/usr/bin/env bats
# Counts that cannot be: their place gets a note and goes without, the others go on, and the cell is named.
bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/bad.csv"
	printf '%s\n' 'p,n,pop,age' 'a,5,10,y' 'b,12,10,o' 'c,-1,10,y' 'd,3,0,o' 'e,,10,y' 'f,4,10,o' > "$FILE"
}

# The places with an estimate among the rows of one term, then all remarks.
try() {
	run --separate-stderr "$KENG" "$@" --format csv
	[ "$status" -eq 0 ]
}

note_of() { # place
	sed -n "s/^$1,.*,\([a-z-]*\)\$/\1/p" <<< "$output" | head -1
}

@test "a proportion: above its denominator, negative, missing" {
	try participation "$FILE" --count n --denominator pop --by p
	[ -z "$(note_of a)" ]
	[ "$(note_of b)" = count-above-denominator ]
	[ "$(note_of c)" = negative ]
	[ "$(note_of d)" = zero-denominator ]
	[ "$(note_of e)" = missing ]
	[ -z "$(note_of f)" ]
	[[ "$stderr" == *"$FILE:4: column 'n': -1 is negative."* ]]
	[[ "$stderr" == *"$FILE:3: column 'n': 12 is more than the 10 of 'pop'."* ]]
}

@test "a rate: no denominator" {
	try participation "$FILE" --count n --population pop --by p
	[ -z "$(note_of b)" ]
	[ "$(note_of d)" = zero-denominator ]
	[[ "$stderr" == *"$FILE:5: column 'pop': 0 is no denominator."* ]]
	[[ "$stderr" != *"more than the"* ]]
}

@test "funnel, smooth and compare name the same cells" {
	for command in "funnel --by p --as proportion" "smooth --by p" "compare --group p --as rate"; do
		read -ra word <<< "$command"
		try "${word[0]}" "$FILE" --count n --population pop "${word[@]:1}"
		[ "$(note_of c)" = negative ]
		[ "$(note_of d)" = zero-denominator ]
		[ -z "$(note_of f)" ]
		[[ "$stderr" == *"$FILE:4: column 'n': -1 is negative."* ]]
		[[ "$stderr" == *"$FILE:5: column 'pop': 0 is no denominator."* ]]
	done
}

@test "the line is that of the file after --where, and nothing is said of rows that were folded" {
	try participation "$FILE" --count n --population pop --by p --where "p <> 'b'"
	[[ "$stderr" == *"$FILE:4: column 'n': -1 is negative."* ]]
	try participation "$FILE" --count n --population pop --by p --aggregate sum
	[[ "$stderr" != *"is negative"* ]]
	try participation "$FILE" --count n --population pop --by p --suppress 5
	[[ "$stderr" != *"is negative"* ]]
}

@test "strata that a group lacks are named" {
	try standardise "$FILE" --count n --population pop --strata age --by p --where "n > 3"
	[[ "$stderr" == *"p=a: no row for the stratum 'o'."* ]]
	[[ "$stderr" == *"p=f: no row for the stratum 'y'."* ]]
}

@test "an inequality over a negative value" {
	run --separate-stderr "$KENG" inequality "$FILE" --value n --population pop --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == gini,*,negative ]]
	[[ "$stderr" == *"$FILE:4: column 'n': -1 is negative."* ]]
}

@test "totals read and totals with an estimate are always said, so that a loss shows" {
	printf '%s\n' 'p,x,n' 'a,5,4' 'b,-1,4' 'c,1,0' 'd,,4' 'e,4,4' 'f,1,4' > "$FILE"
	said="keng: note: Totals read: 10 of 'x', 20 of 'n'; in rows with an estimate: 5 and 8."
	for command in "participation --by p --as proportion" "compare --group p --reference e" "funnel --by p --as proportion"; do
		run --separate-stderr "$KENG" ${command%% *} "$FILE" --count x --population n ${command#* } --format csv
		[ "$status" -eq 0 ]
		[[ "$stderr" == *"$said"* ]] || { echo "$command: $stderr"; false; }
	done
	printf '%s\n' 'p,age,x,n' 'a,y,50,400' 'a,o,60,200' 'b,y,70,500' 'c,y,20,100' 'c,o,,100' > "$FILE"
	for how in "--weight n" --indirect; do
		run --separate-stderr "$KENG" standardise "$FILE" --count x --population n --strata age --by p ${how/--weight n/} --format csv
		[[ "$stderr" == *"Totals read: 200 of 'x', 1,300 of 'n'; in rows with an estimate: 110 and 600."* ]]
	done
	# Persons with several events: the total is of events, and each population stands once for each number.
	printf '%s\n' 'p,f,x,n' 'a,1,3,50' 'a,4,2,50' 'b,1,-1,9' > "$FILE"
	run --separate-stderr "$KENG" participation "$FILE" --count x --population n --events-per-person f --by p --format csv
	[[ "$stderr" == *"Totals read: 10 of 'x', 109 of 'n'; in rows with an estimate: 11 and 100."* ]]
	run --separate-stderr "$KENG" participation "$FILE" --count x --population n --years 5 --by p --format csv
	[[ "$stderr" == *"Total read: 4 of 'x'; in rows with an estimate: 5."* ]]
	run --separate-stderr "$KENG" participation "$FILE" --count x --population n --by p --where 'x>0' --format csv
	[[ "$stderr" == *"Totals: 5 of 'x', 100 of 'n', all of it in rows with an estimate."* ]]
}
