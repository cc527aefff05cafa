#!/usr/bin/env bats
# datapackage.json: what it says of a file, and what is said of a broken one.

bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	DIR="$BATS_TEST_TMPDIR"
	FILE="$DIR/communes.csv"
	printf '%s\n' 'code;n' '05248;1.234' '17;-' > "$FILE"
}

# The resource with these further members.
describe_resource() {
	printf '{"resources": [{"name": "communes", "path": "communes.csv"%s}]}' "$1" > "$DIR/datapackage.json"
}

@test "delimiter, group character, missing values, types and units come from the descriptor" {
	describe_resource ', "dialect": {"delimiter": ";"}, "schema": {"missingValues": ["-"], "fields": [
		{"name": "code", "type": "integer"}, {"name": "n", "type": "integer", "groupChar": ".", "decimalChar": ",", "unit": "people"}]}'
	run --separate-stderr "$KENG" describe "$FILE" --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == code,2,0,2632.5,* ]]
	[ "${lines[2]}" = "n,1,1,1234,,1234,1234,1234,1234,1234,,people,too-few" ]
}

@test "a file that the descriptor does not list is read without it" {
	printf '%s\n' '{"resources": []}' > "$DIR/datapackage.json"
	run --separate-stderr "$KENG" query "$FILE" --delimiter ';' --sql 'SELECT * FROM communes' --format csv
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "05248,1.234" ]
}

refuses() {
	run "$KENG" describe "$FILE"
	[ "$status" -eq 1 ]
	[ "$output" = "keng: $DIR/datapackage.json$1" ]
}

@test "broken descriptors: file, line, or resource and field" {
	printf '%s\n' '{' '"resources": [,]}' > "$DIR/datapackage.json"
	refuses ":2: is not JSON: unexpected token near ','"
	printf '%s\n' '{"name": "a"}' > "$DIR/datapackage.json"
	refuses ": has no 'resources'; list the data files there"
	describe_resource ', "name": "b"'
	refuses ":1: is not JSON: duplicate object key near '\"name\"'"
	describe_resource ', "schema": {"fields": [{"name": "n", "type": "nubmer"}]}'
	refuses ": field 'n' of resource 'communes': 'nubmer' is not a type; did you mean 'number'?"
	describe_resource ', "schema": {"fields": [{"name": "n"}], "primaryKey": "code"}'
	refuses ": resource 'communes': the primary key 'code' is not a field"
}

@test "a resource that does not exist, and a path that leads out" {
	describe_resource ''
	run "$KENG" describe "$DIR#comunes"
	[ "$status" -eq 2 ]
	[ "$output" = "keng: $DIR/datapackage.json: 'comunes' is not a resource; did you mean 'communes'?" ]
	printf '%s' '{"resources": [{"name": "a", "path": "../../etc/passwd"}]}' > "$DIR/datapackage.json"
	run "$KENG" describe "$DIR#a"
	[ "$status" -eq 1 ]
	[ "$output" = "keng: $DIR/datapackage.json: resource 'a': the path '../../etc/passwd' leads out of the folder; name a file inside it" ]
}

@test "synthetic data says so" {
	describe_resource ', "synthetic": true, "dialect": {"delimiter": ";"}'
	run "$KENG" query "$FILE" --sql 'SELECT * FROM communes' --format table
	[ "$status" -eq 0 ]
	[[ "$output" == *ynthetic* ]]
}
