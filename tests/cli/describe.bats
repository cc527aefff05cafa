#!/usr/bin/env bats
# describe: profile of each numeric column.

bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/communes.csv"
	printf '%s\n' 'place,year,n,code' 'A,2010,5,05248' 'A,2011,>7,05248' 'B,2010,NA,00001' 'B,2011,9,00001' > "$FILE"
	BOUNDED="variable,n,n_missing,mean,sd,min,q1,median,q3,max,autocorrelation,bound_low,bound_high,unit,note"
	HEADER="variable,n,n_missing,mean,sd,min,q1,median,q3,max,autocorrelation,unit,note"
}

@test "every numeric column; texts and codes are named as left out" {
	run --separate-stderr "$KENG" describe "$FILE" --format csv
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "$BOUNDED" ]
	[ "${lines[1]}" = "year,4,0,2010.5,0.5773502691896257,2010,2010,2010.5,2011,2011,-0.75,,,," ]
	[ "${lines[2]}" = "n,3,1,7,2,5,6,7,8,9,0,7,,,bound" ]
	[ "${#lines[@]}" -eq 3 ]
	[[ "$stderr" == *"keng: note: Columns without numbers are left out: place, code." ]]
	[[ "$stderr" == "keng: note: bound_low and bound_high are the range of the mean"* ]]
}

@test "by group, chosen columns in the order given" {
	run --separate-stderr "$KENG" describe "$FILE" --columns n,year --by place --format csv
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "place,$BOUNDED" ]
	[ "${lines[1]}" = "A,n,2,0,6,1.4142135623730951,5,5.5,6,6.5,7,-0.5,6,,,bound" ]
	[ "${lines[3]}" = "B,n,1,1,9,,9,9,9,9,9,,,,,too-few" ]
	[[ "$stderr" == *"the other columns take bounds at their stated figures." ]]
	run --separate-stderr "$KENG" describe "$FILE" --columns n,year --by place --where "place = 'B'" --format csv
	[ "${lines[0]}" = "place,$HEADER" ]
	[ -z "$stderr" ]
}

@test "a column without values is a row, a constant one has no autocorrelation" {
	printf '%s\n' 'a,b' 'NA,0.1' '2,0.1' > "$FILE"
	run "$KENG" describe "$FILE" --where 'a IS NULL' --format csv
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "a,0,1,,,,,,,,,,too-few" ]
	run "$KENG" describe "$FILE" --columns b --format csv
	[ "${lines[1]}" = "b,2,0,0.1,0,0.1,0.1,0.1,0.1,0.1,,,no-spread" ]
}

@test "a text among numbers is said with its line" {
	printf '%s\n' 'a,b' '1,1' '1o,2' > "$FILE"
	run --separate-stderr "$KENG" describe "$FILE"
	[ "$status" -eq 0 ]
	[ "$stderr" = "keng: note: Columns without numbers are left out: a ('1o' on line 3)." ]
	run "$KENG" describe "$FILE" --columns a
	[ "$status" -eq 1 ]
	[ "$output" = "keng: $FILE:3: column 'a': '1o' is not a number; correct the cell, or name it with --missing" ]
}

@test "no numeric column, and an unknown one" {
	run "$KENG" describe "$FILE" --columns yeer
	[ "$status" -eq 2 ]
	[ "$output" = "keng: $FILE: 'yeer' is not a column; did you mean 'year'? (columns: place, year, n, code)" ]
	printf '%s\n' 'a' 'x' > "$FILE"
	run "$KENG" describe "$FILE"
	[ "$status" -eq 1 ]
	[ "$output" = "keng: $FILE: has no numeric column to describe; if it holds numbers, name how they are written with --decimal and --digit-group" ]
}

@test "NIST's certified values through the whole program" {
	run "$KENG" describe tests/cases/data/strd-univariate.csv --by dataset --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "PiDigits,y,5000,0,4.5348,2.86733906028870"*,-0.0035509928723797* ]]
	[[ "${lines[3]}" == "Lew,y,200,0,-177.435,277.332168044316"*,-0.307304800605679* ]]
	[[ "${lines[9]}" == "NumAcc4,y,1001,0,10000000.2,0.1000000"* ]]
}

@test "the same bytes for any number of threads" {
	one=$("$KENG" describe tests/cases/data/strd-univariate.csv --by dataset --threads 1 --format csv)
	two=$("$KENG" describe tests/cases/data/strd-univariate.csv --by dataset --threads 2 --format csv)
	[ "$one" = "$two" ]
}
