#!/usr/bin/env bats
# validate: inputs against their schema.

bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/communes.csv"
	HEADER=file,row,column,problem,value,expected
	cat > "$BATS_TEST_TMPDIR/datapackage.json" <<-'END'
		{"resources": [{"name": "communes", "path": "communes.csv", "schema": {
		  "primaryKey": ["code", "year"], "missingValues": ["", "-"], "fields": [
		    {"name": "code", "type": "string", "constraints": {"pattern": "\\d{5}"}},
		    {"name": "year", "type": "year"},
		    {"name": "n", "type": "integer", "groupChar": ".", "decimalChar": ",",
		     "constraints": {"minimum": 0, "maximum": 1000}},
		    {"name": "kind", "constraints": {"enum": ["a", "b"], "required": true}},
		    {"name": "since", "type": "date", "constraints": {"minimum": "2000-01-01"}},
		    {"name": "ratio", "type": "number", "constraints": {"enum": [0.5, 1]}},
		    {"name": "id", "constraints": {"unique": true}},
		    {"name": "open", "type": "boolean"}]}}]}
	END
	NAMES=code,year,n,kind,since,ratio,id,open
}

# Writes the file from lines and validates it.
validate() {
	printf '%s\n' "$NAMES" "$@" > "$FILE"
	run --separate-stderr "$KENG" validate "$FILE" --format csv
}

@test "a good file: no rows, exit 0" {
	validate '05248,2010,1.000,a,2010-01-31,0.50,x,true' '05248,2011,>30,b,-,1,y,0' '05249,2010,,b,,,,'
	[ "$status" -eq 0 ]
	[ "$output" = "$HEADER" ]
	[ "$stderr" = "keng: note: No problems found." ]
}

@test "each kind of problem, in the order of lines and columns" {
	validate '5248,20x0,-1,c,2010-02-30,0.7,x,yes' '05248,2010,1.5,,1999-12-31,one,x,1' '05248,2010,>2.000,a,,,,'
	[ "$status" -eq 1 ]
	[ "$output" = "$HEADER
$FILE,2,code,pattern,5248,\\d{5}
$FILE,2,year,not-an-integer,20x0,a whole number
$FILE,2,n,below-minimum,-1,at least 0
$FILE,2,kind,not-allowed,c,\"one of a, b\"
$FILE,2,since,not-a-date,2010-02-30,a date
$FILE,2,ratio,not-allowed,0.7,\"one of 0.5, 1\"
$FILE,2,open,not-a-boolean,yes,true or false
$FILE,3,n,not-an-integer,1.5,a whole number
$FILE,3,kind,missing,,a value
$FILE,3,since,below-minimum,1999-12-31,at least 2000-01-01
$FILE,3,ratio,not-a-number,one,a number
$FILE,3,id,duplicate,x,another value than on line 2
$FILE,4,n,above-maximum,>2.000,at most 1000
$FILE,4,\"code,year\",duplicate-key,\"05248,2010\",another key than on line 3" ]
	[ "$stderr" = "keng: note: Problems found: 14; row is the line of the file, the header being 1." ]
}

@test "a part of the key is missing; an integer beyond 2^53" {
	validate ',2010,90071992547409930,a,,,,'
	[ "$status" -eq 1 ]
	[ "${lines[1]}" = "$FILE,2,code,missing,,a value" ]
	[ "${lines[2]}" = "$FILE,2,n,too-large,90071992547409930,a number that can be kept exactly" ]
}

@test "columns that only file or schema has" {
	NAMES=code,year,n,kind,since,ratio,id,opened
	validate '05248,2010,1,a,,,,'
	[ "$status" -eq 1 ]
	[ "${lines[1]}" = "$FILE,1,opened,column-unknown,,a field of the schema" ]
	[ "${lines[2]}" = "$FILE,1,open,column-missing,,a column of this name" ]
}

@test "every row with too few or too many cells is listed, and the others are checked" {
	validate '05248,2010,1,a,,,,' '05248,2010' '5248,2011,x,a,,,,' '"05,
248",2010,1,a,,,,,,' '05248,2012,y,a,,,,' '05249'
	[ "$status" -eq 1 ]
	[ "${lines[1]}" = "$FILE,3,,too-few-cells,2,\"as many as the header, 8\"" ]
	[[ "$output" == *"$FILE,4,n,not-an-integer,x,"* ]]
	[[ "$output" == *"$FILE,5,,too-many-cells,10,\"as many as the header, 8\""* ]]
	[[ "$output" == *"$FILE,7,n,not-an-integer,y,"* ]]
	[ "${lines[-1]}" = "$FILE,8,,too-few-cells,1,\"as many as the header, 8\"" ]
	printf '%s\n' a,b 1 1,2,3 > "$BATS_TEST_TMPDIR/ragged.csv"
	run --separate-stderr "$KENG" validate "$BATS_TEST_TMPDIR/ragged.csv" --format csv
	[ "$status" -eq 1 ]
	[ "$output" = "$HEADER
$BATS_TEST_TMPDIR/ragged.csv,2,,too-few-cells,1,\"as many as the header, 2\"
$BATS_TEST_TMPDIR/ragged.csv,3,,too-many-cells,3,\"as many as the header, 2\"" ]
}

@test "a file that is no CSV is a row, and the other file is checked" {
	validate '05248,2010,1,a,,,,'
	printf '%s\n' 'a,b' '1,"2"x' > "$BATS_TEST_TMPDIR/ragged.csv"
	run --separate-stderr "$KENG" validate "$BATS_TEST_TMPDIR/ragged.csv" "$FILE" --format csv
	[ "$status" -eq 1 ]
	[ "$output" = "$HEADER
$BATS_TEST_TMPDIR/ragged.csv,2,b,unreadable,a stray quote; put the whole cell in quotes and double each quote inside it,a CSV file" ]
}

@test "without a descriptor only the form is checked, and that is said" {
	printf '%s\n' 'a,b' '1,2' > "$BATS_TEST_TMPDIR/plain.csv"
	run --separate-stderr "$KENG" validate "$BATS_TEST_TMPDIR/plain.csv" --format csv
	[ "$status" -eq 0 ]
	[ "$output" = "$HEADER" ]
	[ "${stderr_lines[0]}" = "keng: note: No datapackage.json describes '$BATS_TEST_TMPDIR/plain.csv': only its form as CSV was checked." ]
}

@test "a resource by its name" {
	validate '5248,2010,1,a,,,,'
	run --separate-stderr "$KENG" validate "$BATS_TEST_TMPDIR#communes" --format csv
	[ "$status" -eq 1 ]
	[ "${lines[1]}" = "$BATS_TEST_TMPDIR#communes,2,code,pattern,5248,\\d{5}" ]
}

@test "a pattern that is none" {
	sed -i 's/\\\\d{5}/[0-9/' "$BATS_TEST_TMPDIR/datapackage.json"
	validate '05248,2010,1,a,,,,'
	[ "$status" -eq 1 ]
	[[ "$stderr" == "keng: "*"field 'code' of resource 'communes': the pattern '[0-9' is no regular expression: "* ]]
}
