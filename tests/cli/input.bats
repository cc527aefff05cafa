#!/usr/bin/env bats
# What bad input gets: file, line, column, what is wrong and what to do; exit 1 (data) or 2 (usage); no output file touched.

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	KENG=$(realpath "$KENG")
	cd "$BATS_TEST_TMPDIR"
}

# refuse STATUS MESSAGE: growth on x.csv leaves an output file as it was and says exactly this.
refuse() {
	echo before > out.csv
	run --separate-stderr "$KENG" growth x.csv --time year --value n --by place --output out.csv
	[ "$status" -eq "$1" ]
	[ -z "$output" ]
	[ "$stderr" = "keng: $2" ]
	[ "$(cat out.csv)" = before ]
}

bats_require_minimum_version 1.5.0

@test "missing file: the nearest name is said" {
	printf 'a\n1\n' > festivals.csv
	run "$KENG" describe festival.csv
	[ "$status" -eq 1 ]
	[ "$output" = "keng: no such file 'festival.csv'; did you mean 'festivals.csv'?" ]
	run "$KENG" describe nowhere/festivals.csv
	[ "$status" -eq 1 ]
	[ "$output" = "keng: no such file 'nowhere/festivals.csv': there is no folder 'nowhere'; check the path" ]
}

@test "a folder instead of a file" {
	mkdir data
	run "$KENG" describe data
	[ "$status" -eq 1 ]
	[ "$output" = "keng: 'data' is a folder; name a file in it, or 'data#NAME' for a resource of its datapackage.json" ]
}

@test "empty file" {
	: > x.csv
	refuse 1 "x.csv: the file is empty; it needs a header and rows"
}

@test "header only" {
	printf 'place,year,n\n' > x.csv
	refuse 1 "x.csv: there are no rows below the header; add data"
}

@test "header that is blank, has an empty name or a name twice" {
	printf '\nA,2019,5\n' > x.csv
	refuse 1 "x.csv:1: the header is blank; the first line must name the columns"
	printf 'place,,n\nA,2019,5\n' > x.csv
	refuse 1 "x.csv:1: column 2 has no name; the first line must name each column"
	printf 'place,year,n,year\nA,2019,5,1\n' > x.csv
	refuse 1 "x.csv:1: column 'year': columns 2 and 4 have the same name; rename one"
}

@test "byte-order mark and CR LF are no trouble" {
	printf '\xEF\xBB\xBFplace,year,n\r\nA,2019,5\r\nA,2020,6\r\n' > x.csv
	run "$KENG" growth x.csv --time year --value n --by place --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == A,2019,2020,cagr,cagr,2* ]]
}

@test "lone CR" {
	printf 'place,year,n\nA,2019,5\rA,2020,6\n' > x.csv
	refuse 1 "x.csv:2: a carriage return without a line feed; save the file with LF or CR LF line ends"
}

@test "ragged rows" {
	printf 'place,year,n\nA,2019,5\nA,2020\n' > x.csv
	refuse 1 "x.csv:3: the row has 2 cells but the header has 3; add the missing cells or delimiters"
	printf 'place,year,n\nA,2019,5\nA,2020,6,000\n' > x.csv
	refuse 1 "x.csv:3: the row has 4 cells but the header has 3; remove the surplus, or quote the cell that holds a delimiter"
}

@test "blank row; blank lines at the end are let be" {
	printf 'place,year,n\nA,2019,5\n\nA,2020,6\n' > x.csv
	refuse 1 "x.csv:3: the row is blank; remove it"
	printf 'place,year,n\nA,2019,5\nA,2020,6\n\n\n' > x.csv
	run "$KENG" growth x.csv --time year --value n --by place
	[ "$status" -eq 0 ]
}

@test "the line is that of the file, also after cells with line ends" {
	printf 'place,year,n\n"A\n\n1",2019,5\nA,2020\n' > x.csv
	refuse 1 "x.csv:5: the row has 2 cells but the header has 3; add the missing cells or delimiters"
}

@test "unclosed and stray quotes" {
	printf 'place,year,n\nA,2019,5\n"A,2020,6\nB,2020,7\n' > x.csv
	refuse 1 "x.csv:3: column 'place': a quote is opened and never closed; add the closing quote"
	printf 'place,year,n\nA,2019,5\nA "x",2020,6\n' > x.csv
	refuse 1 "x.csv:3: column 'place': a stray quote; put the whole cell in quotes and double each quote inside it"
}

@test "NUL byte and invalid UTF-8" {
	printf 'place,year,n\nA,2019,5\nA,20\00020,6\n' > x.csv
	refuse 1 "x.csv:3: column 'year': a NUL byte; save the file as UTF-8 text"
	printf 'place,year,n\nA,2019,5\nH\362a,2020,6\n' > x.csv
	refuse 1 "x.csv:3: column 'place': the text is not UTF-8; save the file as UTF-8"
	printf '\377\376a\000\n\000' > x.csv
	refuse 1 "x.csv:1: the header holds NUL bytes or is UTF-16; save the file as UTF-8"
}

@test "text in a numeric column, number too large" {
	printf 'place,year,n\nA,2019,5\nA,2020,many\n' > x.csv
	refuse 1 "x.csv:3: column 'n': 'many' is not a number; correct the cell, or name it with --missing"
	printf 'place,year,n\nA,2019,5\nA,2020,12345678901234567890\n' > x.csv
	refuse 1 "x.csv:3: column 'n': '12345678901234567890' is too large for a number; if it is a code, declare the column as string in datapackage.json"
}

@test "1.23 where the schema says that a point groups" {
	cat > datapackage.json <<-'END'
	{"resources": [{"name": "x", "path": "x.csv", "schema": {"fields": [{"name": "place", "type": "string"},
	 {"name": "year", "type": "year"}, {"name": "n", "type": "number", "decimalChar": ",", "groupChar": "."}]}}]}
	END
	printf 'place,year,n\nA,2019,1.234\nA,2020,1.23\n' > x.csv
	refuse 1 "x.csv:3: column 'n': '1.23' is not a number; correct the cell, or name it with --missing"
	printf 'place,year,n\nA,2019,1.234\nA,2020,"1.358.024,5"\n' > x.csv
	run "$KENG" query x.csv --sql 'select n from x' --format csv
	[ "${lines[1]}" = 1234 ]
	[ "${lines[2]}" = 1358024.5 ]
}

@test "unknown column, and the wrong delimiter" {
	printf 'place,year,nn\nA,2019,5\n' > x.csv
	refuse 2 "x.csv: 'n' is not a column; did you mean 'nn'? (columns: place, year, nn)"
	printf '"place";"year";"n"\n"A";2019;5\n' > x.csv
	refuse 1 "x.csv:1: the header has no ','; try --delimiter ';'"
}

@test "what is no CSV at all" {
	printf 'PK\003\004\000\000' > x.csv
	refuse 1 "x.csv:1: this is a spreadsheet or zip file, not CSV; export the table as CSV"
	printf '\037\213\010\000\000\000\000\000\000\003abc' > x.csv
	refuse 1 "x.csv: the gzip data are damaged or cut short; fetch or pack the file again"
}

@test "standard input, gzip and a pipe give what the file gives" {
	printf 'place,year,n\nA,2019,5\nA,2020,6\n' > x.csv
	gzip -k x.csv
	"$KENG" growth x.csv --time year --value n --format csv > file.out
	"$KENG" growth - --time year --value n --format csv < x.csv > stdin.out
	cat x.csv.gz | "$KENG" growth - --time year --value n --format csv > pipe.out
	"$KENG" growth x.csv.gz --time year --value n --format csv > gzip.out
	"$KENG" growth <(cat x.csv) --time year --value n --format csv > fifo.out
	for way in stdin pipe gzip fifo; do cmp file.out $way.out; done
}

@test "rows are folded while reading, bounds as bounds" {
	printf 'place,year,n\nA,2019,5\nA,2020,>4\nA,2019,1\nA,2020,8\n' > x.csv
	run "$KENG" growth x.csv --time year --value n --by place --method change --aggregate sum --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == A,*,change,100,* ]]
	[[ "${lines[1]}" == *,100,,2,0,*,bound ]]
}

@test "a file that another character separates is recognised when a column is not found" {
	printf 'place;year;n\nA;2001;5\nA;2002;7,5\nA;2003;8\n' > "$BATS_TEST_TMPDIR/semi.csv"
	run "$KENG" growth "$BATS_TEST_TMPDIR/semi.csv" --time year --value n
	[ "$status" -ne 0 ]
	[[ "$output" == *"the file has one, 'place;year;n'; does ';' separate its columns? Then add --delimiter ';'" ]]
	tr ';' '\t' < "$BATS_TEST_TMPDIR/semi.csv" > "$BATS_TEST_TMPDIR/tab.csv"
	run "$KENG" growth "$BATS_TEST_TMPDIR/tab.csv" --time year --value n
	[[ "$output" == *"Then add --delimiter '\t'" ]]
}

@test "a file with another delimiter is told so, by every first step" {
	cd "$BATS_TEST_TMPDIR"
	printf 'a;b\n1;2\n3;4\n' > semicolon.csv
	printf 'a\tb\n1\t2\n' > tab.csv
	run "$KENG" describe semicolon.csv
	[ "$status" -eq 1 ]
	[[ "$output" == *"semicolon.csv: column 'a;b': is the only column; does ';' separate its columns? Then add --delimiter ';'"* ]]
	run "$KENG" describe tab.csv
	[[ "$output" == *"does 'tab' separate its columns? Then add --delimiter '\\t'"* ]]
	run "$KENG" validate semicolon.csv
	[[ "$output" == *"'semicolon.csv' has one column, 'a;b': if ';' separates its columns, add --delimiter ';'."* ]]
	run "$KENG" growth semicolon.csv --time a --value b
	[ "$status" -eq 2 ]
	[[ "$output" == *"Then add --delimiter ';'"* ]]
}
