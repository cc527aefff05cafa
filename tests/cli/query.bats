#!/usr/bin/env bats
# query, --where, --let, --sql: SQL over the inputs.

bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/panel.csv"
	OTHER="$BATS_TEST_TMPDIR/place-names.csv"
	printf '%s\n' 'code,year,n,pop' '05248,2010,10,1000' '05248,2015,30,1100' '17,2010,NA,4000' '17,2015,>60,4400' > "$FILE"
	printf '%s\n' 'code,name' '05248,Mường Bi' '17,Lương Sơn' > "$OTHER"
}

@test "codes keep their zeros, missing stays missing, sums are whole" {
	run "$KENG" query "$FILE" --sql 'SELECT code, count(*) AS rows, sum(n) AS n FROM panel GROUP BY code ORDER BY code' --format csv
	[ "$status" -eq 0 ]
	[ "$output" = 'code,rows,n
05248,2,40
17,2,≥60' ]
}

@test "two files are joined by their names" {
	run "$KENG" query "$FILE" "$OTHER" --sql 'SELECT name, year, pop FROM panel JOIN "place-names" USING (code) WHERE year = 2015' --format csv
	[ "$status" -eq 0 ]
	[ "$output" = 'name,year,pop
Mường Bi,2015,1100
Lương Sơn,2015,4400' ]
}

@test "an empty result is a header" {
	run "$KENG" query "$FILE" --sql 'SELECT code, n FROM panel WHERE pop > 1e6' --format csv
	[ "$status" -eq 0 ]
	[ "$output" = "code,n" ]
}

@test "--let builds on --let, --where sees both" {
	run "$KENG" describe "$FILE" --let 'rate=1000.0*n/pop' --let 'double rate=2*rate' --where 'rate > 11 AND "double rate" < 50' --columns 'rate,double rate' --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == rate,1,0,13.636363636363637,* ]]
	[[ "${lines[2]}" == "double rate,1,0,27.272727272727273,"* ]]
}

@test "median and sd, natural and common logarithm" {
	run "$KENG" query "$FILE" --sql 'SELECT median(pop) AS m, ln(1) AS ln, log(100) AS log, year/10 AS decade FROM panel' --format csv
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "2550,0,2,201" ]
}

@test "--sql is required" {
	run "$KENG" query "$FILE"
	[ "$status" -eq 2 ]
	[ "$output" = "keng: query needs '--sql QUERY': SQL over the inputs, which go by their files' names" ]
}

refuses() {
	run "$KENG" query "$FILE" "$OTHER" --sql "$1"
	[ "$status" -eq 2 ]
	[ "$output" = "keng: $2" ]
}

@test "slips in a query are explained" {
	refuses 'SELECT popp FROM panel' "'popp' is not a column; did you mean 'pop'?"
	refuses 'SELECT * FROM pannel' "'pannel' is not an input; did you mean 'panel'?"
	refuses 'SELECT * FROM place-names' "'-' is not understood here; write the input's name in double quotes: \"place-names\""
	refuses 'SELECT medain(pop) FROM panel' "'medain' is not a function of SQL; see sqlite.org/lang_corefunc.html"
	refuses 'SELECT (n FROM panel' "'FROM' is not understood here; correct the SQL before it (names with other signs than letters and digits need double quotes)"
	refuses "SELECT * FROM panel WHERE code = '17" "the quote in '17 is not closed"
	refuses 'SELECT n, n FROM panel' "two columns of the result are named 'n'; rename one with AS"
	refuses 'SELECT 1 AS a; SELECT 2' "only one query can be run; 'SELECT 2' follows the first"
}

@test "only reading" {
	refuses "ATTACH '$BATS_TEST_TMPDIR/new.db' AS new" "only reading is allowed; begin the query with SELECT or WITH"
	refuses "VACUUM INTO '$BATS_TEST_TMPDIR/new.db'" "only reading is allowed; begin the query with SELECT or WITH"
	refuses 'DELETE FROM panel' "only reading is allowed; begin the query with SELECT or WITH"
	refuses 'SELECT random()' "'random' is not allowed: its value would change from run to run"
	[ ! -e "$BATS_TEST_TMPDIR/new.db" ]
}

@test "slips in --where and --let name the option" {
	run "$KENG" describe "$FILE" --where 'yeer > 2010'
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'yeer' is not a column; did you mean 'year'? (in --where)" ]
	run "$KENG" describe "$FILE" --let 'rate=n/pup'
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'pup' is not a column; did you mean 'pop'? (in --let rate)" ]
	run "$KENG" describe "$FILE" --let 'share=n/sum(n)'
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'n/sum(n)' folds all rows into one; write OVER () behind the function to have its value beside each row (in --let share)" ]
	run "$KENG" describe "$FILE" --let 'year=1'
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'year' is a column already; give --let another name" ]
}

@test "an integer too large to be kept" {
	run "$KENG" query "$FILE" --sql 'SELECT 9007199254740993 AS big'
	[ "$status" -eq 1 ]
	[ "$output" = "keng: column 'big': the integer 9007199254740993 is too large to be kept exactly; cast it to text" ]
}

@test "what changes from run to run and what does not end is refused" {
	refuses "SELECT date('now')" "'now' is not allowed: its value would change from run to run; write the date"
	refuses "SELECT date()" "the SQL cannot be run: a function of dates without a date means now, which changes from run to run; name a column"
	refuses "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c" \
		"the recursive query does not end; add a condition or a LIMIT inside its recursive part"
	run "$KENG" query "$FILE" --sql "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 1000000)
		SELECT count(*) AS n FROM c"
	[ "$output" = $'n\n1000000' ]
}

@test "a quotient of whole numbers says that SQL cuts its decimals off" {
	local counts=$BATS_TEST_TMPDIR/counts.csv
	printf 'place,n,pop\na,3,10\nb,4,20\n' > "$counts"
	run --separate-stderr "$KENG" describe "$counts" --let h=n/pop --columns h --format csv
	[[ "$stderr" == *"keng: note: 'h' holds whole numbers: SQL divides whole numbers without decimals; write 1.0 * before the first of them to keep decimals"* ]]
	run --separate-stderr "$KENG" describe "$counts" --let 'h=1.0*n/pop' --columns h --format csv
	[[ "$stderr" != *"whole numbers"* ]]
}

@test "a title stands above the table, its signs as they are" {
	printf 'a,b\n1,2\n' > "$BATS_TEST_TMPDIR/t.csv"
	run "$KENG" query "$BATS_TEST_TMPDIR/t.csv" --sql "SELECT * FROM t" --title 'Xã | *x*' --format markdown --lang vi
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = '**Xã \| \*x\*.**' ]
	run "$KENG" query "$BATS_TEST_TMPDIR/t.csv" --sql "SELECT * FROM t" --title 'Communes' --format table
	[ "${lines[0]}" = Communes ]
}
