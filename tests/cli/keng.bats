#!/usr/bin/env bats
# The command line itself: help, messages, exit codes, where output goes.
bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/panel.csv"
	printf '%s\n' 'place,year,cases' '05248,2015,10' '05248,2016,12' '05248,2017,15' '00001,2015,7' '00001,2016,7' > "$FILE"
}

programs() {
	"$KENG" --help | sed -n '/^Programs:/,/^$/s/^  \([a-z]*\) .*/\1/p' | grep -vx -e explain
}

@test "help of every program, on standard output, with exit 0" {
	for program in $(programs); do
		run "$KENG" "$program" --help
		[ "$status" -eq 0 ]
		[[ "${lines[0]}" == "keng $program: "* ]]
		[[ "$output" == *"Usage: keng $program"* ]]
	done
	[ "$(programs | wc -l)" -ge 8 ]
}

@test "version" {
	run "$KENG" --version
	[ "$status" -eq 0 ]
	[[ "$output" == "keng "[0-9]* ]]
}

@test "a program that does not exist: nearest name, exit 2" {
	run "$KENG" grwoth "$FILE"
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'grwoth' is not a program of keng; did you mean 'growth'?" ]
}

@test "an option that does not exist: nearest name, exit 2" {
	run "$KENG" growth "$FILE" --tmie year --value cases
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '--tmie' is not an option of growth; did you mean '--time'?" ]
}

@test "an option without its value" {
	run "$KENG" growth "$FILE" --time
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '--time' needs a value; write '--time COL'" ]
}

@test "a required option that is not given" {
	run "$KENG" growth "$FILE" --time year
	[ "$status" -eq 2 ]
	[[ "$output" == "keng: growth needs '--value COL': "* ]]
}

@test "a method that does not exist" {
	run "$KENG" growth "$FILE" --time year --value cases --method cagrr
	[ "$status" -eq 2 ]
	[[ "$output" == "keng: 'cagrr' is no value for '--method'; did you mean 'cagr'? (choose from: cagr, "* ]]
}

@test "a number out of range, and one that is none" {
	run "$KENG" growth "$FILE" --time year --value cases --conf-level 95
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '95' is out of range for '--conf-level'; give a value from 0.5 to 0.999999" ]
	run "$KENG" growth "$FILE" --time year --value cases --threads two
	[ "$output" = "keng: 'two' is no value for '--threads'; give a whole number" ]
}

@test "a column that does not exist: nearest name and all columns, exit 2" {
	run "$KENG" growth "$FILE" --time year --value csaes
	[ "$status" -eq 2 ]
	[ "$output" = "keng: $FILE: 'csaes' is not a column; did you mean 'cases'? (columns: place, year, cases)" ]
}

@test "no input, and two where one is taken" {
	run "$KENG" growth --time year --value cases
	[ "$status" -eq 2 ]
	[ "$output" = "keng: growth has no input; name a CSV file, or - for standard input" ]
	run "$KENG" growth "$FILE" "$FILE" --time year --value cases
	[ "$status" -eq 2 ]
	[ "$output" = "keng: growth takes one input, not 2 ('$FILE' is the second); join them with --sql" ]
}

@test "duplicate periods are an error that says what to do, and fold when told how" {
	run "$KENG" growth "$FILE" --time year --value cases
	[ "$status" -eq 1 ]
	[ "$output" = "keng: $FILE:5: column 'year': '2015' is there twice (first on line 2); name what tells the rows apart with --by, or fold them with --aggregate sum, mean, min or max" ]
	run "$KENG" growth "$FILE" --time year --value cases --aggregate sum --where "year < 2017" --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == 2015,2016,cagr,cagr,11.76470588235* ]]
}

@test "codes keep their leading zeros" {
	run "$KENG" growth "$FILE" --time year --value cases --by place --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == 05248,* ]]
	[[ "$output" == *$'\n00001,'* ]]
}

@test "standard input and a file give the same" {
	run "$KENG" growth "$FILE" --time year --value cases --by place --format csv
	piped=$("$KENG" growth - --time year --value cases --by place --format csv < "$FILE")
	[ "$output" = "$piped" ]
}

@test "a full disk: exit 3, the old file untouched" {
	[ -c /dev/full ] || skip "no /dev/full"
	run sh -c "'$KENG' growth '$FILE' --time year --value cases --by place > /dev/full"
	[ "$status" -eq 3 ]
	[ "$output" = "keng: cannot be written: No space left on device; free some space, then run again" ]
}

@test "a folder that cannot be written: exit 3, nothing left behind" {
	run "$KENG" growth "$FILE" --time year --value cases --by place --output "$BATS_TEST_TMPDIR/no/such/out.csv"
	[ "$status" -eq 3 ]
	[ "$output" = "keng: $BATS_TEST_TMPDIR/no/such/out.csv: cannot be written: No such file or directory" ]
	[ "$(ls "$BATS_TEST_TMPDIR" | wc -l)" -eq 1 ]
}

@test "--output writes the file and keeps standard output empty; bad input leaves the old file" {
	out="$BATS_TEST_TMPDIR/out.csv"
	run "$KENG" growth "$FILE" --time year --value cases --by place --output "$out"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	before=$(cat "$out")
	run "$KENG" growth "$FILE" --time place --value cases --output "$out"
	[ "$status" -eq 1 ]
	[ "$(cat "$out")" = "$before" ]
}

@test "the same bytes for any number of threads" {
	one=$("$KENG" growth datasets/hoa-binh-2020/communes-scenario.csv --time year --value units --by code --method cagr,change,log-linear --threads 1 --quiet)
	two=$("$KENG" growth datasets/hoa-binh-2020/communes-scenario.csv --time year --value units --by code --method cagr,change,log-linear --threads 2 --quiet)
	[ -n "$one" ]
	[ "$one" = "$two" ]
}

@test "synthetic data says so by itself" {
	run "$KENG" describe datasets/hoa-binh-2020/communes-scenario.csv --format table
	[ "$status" -eq 0 ]
	[[ "$output" == *"ynthetic data"* ]]
	run "$KENG" describe datasets/hoa-binh-2020/communes.csv --format table
	[[ "$output" != *"ynthetic"* ]]
}

@test "explain documents every method that help names" {
	for method in $("$KENG" growth --help | sed -n '/^Methods/,/^$/s/^  \([a-z-]*\) .*/\1/p'); do
		run "$KENG" explain "$method"
		[ "$status" -eq 0 ]
		[[ "$output" == *"Formula:"*"Source:"*"Assumes:"*"Unit:"*"Agrees with:"* ]]
	done
	run "$KENG" explain cager
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'cager' is not a method; did you mean 'cagr'?" ]
}

@test "the scenario is made again from its seed, byte for byte" {
	maker=$(dirname "$KENG")/generate-scenario
	[ -x "$maker" ] || maker=build/release/generate-scenario
	[ -x "$maker" ] || skip "generate-scenario is not built"
	"$maker" datasets/hoa-binh-2020 "$BATS_TEST_TMPDIR"
	cmp "$BATS_TEST_TMPDIR/communes-scenario.csv" datasets/hoa-binh-2020/communes-scenario.csv
	cmp "$BATS_TEST_TMPDIR/models-scenario.csv" datasets/hoa-binh-2020/models-scenario.csv
}

@test "a bound stays a bound through --sql, and a mix-up is refused" {
	printf '%s\n' 'level,n,m' 'a,>30000,5' 'b,120,3' > "$FILE"
	run "$KENG" participation "$FILE" --sql 'SELECT level, n, m FROM panel' --count n --events m --by level --format csv
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "a,per_event,ratio-of-sums,6000,,,,,,,,6000,,1,0,per event,bound" ]
	[ "${lines[2]}" = "b,per_event,ratio-of-sums,40,,,,,,,,,,1,0,per event," ]
	printf '%s\n' 'level,n,m' 'a,>30000,5' 'b,30000,3' > "$FILE"
	run "$KENG" participation "$FILE" --sql 'SELECT level, n, m FROM panel' --count n --events m --by level --format csv
	[ "${lines[1]}" = "a,per_event,ratio-of-sums,6000,,,,,,,,6000,,1,0,per event,bound" ]
	[ "${lines[2]}" = "b,per_event,ratio-of-sums,10000,,,,,,,,,,1,0,per event," ]
	run "$KENG" participation "$FILE" --sql 'WITH t AS (SELECT * FROM panel) SELECT level, n, m FROM t' --count n --events m --by level
	[ "$status" -eq 1 ]
	[ "$output" = "keng: 30000 stands in 'n' with different bounds, which the query would mix up; select 'n_low' and 'n_high' too" ]
}

@test "--output into a pipe writes to it, through a link replaces what is behind it" {
	mkfifo "$BATS_TEST_TMPDIR/pipe"
	cat "$BATS_TEST_TMPDIR/pipe" > "$BATS_TEST_TMPDIR/read" &
	run "$KENG" growth "$FILE" --time year --value cases --by place --output "$BATS_TEST_TMPDIR/pipe"
	wait
	[ -p "$BATS_TEST_TMPDIR/pipe" ]
	[ "$(head -c 5 "$BATS_TEST_TMPDIR/read")" = place ]
	echo old > "$BATS_TEST_TMPDIR/behind.csv"
	ln -s behind.csv "$BATS_TEST_TMPDIR/link.csv"
	run "$KENG" growth "$FILE" --time year --value cases --by place --output "$BATS_TEST_TMPDIR/link.csv"
	[ -L "$BATS_TEST_TMPDIR/link.csv" ]
	cmp "$BATS_TEST_TMPDIR/read" "$BATS_TEST_TMPDIR/behind.csv"
}

@test "a --where that no row fits is said" {
	run --separate-stderr "$KENG" growth "$FILE" --time year --value cases --where "year > 9999"
	[ "$stderr" = 'keng: note: No row fits --where "year > 9999": there is nothing to compute.' ]
	[ "${#lines[@]}" -eq 1 ]
}

@test "long results are written in blocks: all rows, in order, for any number of threads" {
	long="$BATS_TEST_TMPDIR/long.csv"
	awk 'BEGIN { print "id,v"; for (i = 1; i <= 70001; i++) printf "r%d,%.5f\n", i, i / 7 }' > "$long"
	"$KENG" query "$long" --sql 'SELECT id, v FROM long' --threads 1 > "$BATS_TEST_TMPDIR/one.csv"
	"$KENG" query "$long" --sql 'SELECT id, v FROM long' --threads 4 > "$BATS_TEST_TMPDIR/four.csv"
	cmp "$BATS_TEST_TMPDIR/one.csv" "$BATS_TEST_TMPDIR/four.csv"
	cut -d, -f1 "$long" | cmp - <(cut -d, -f1 "$BATS_TEST_TMPDIR/one.csv")
}

@test "a chart's ending that names no format is refused before anything is computed or printed" {
	printf 'year,n\n2001,5\n2002,7\n2003,8\n' > "$BATS_TEST_TMPDIR/g.csv"
	run --separate-stderr "$KENG" growth "$BATS_TEST_TMPDIR/g.csv" --time year --value n --plot "$BATS_TEST_TMPDIR/x.svgg"
	[ "$status" -eq 2 ]
	[ -z "$output" ]
	[[ "$stderr" == *"x.svgg' does not end in .svg, .pdf, .png, .eps, .tex or .txt"* ]]
}
