#!/usr/bin/env bats
# Kinds of missing cells: said by the schema or by --missing, counted in every result.

bats_require_minimum_version 1.5.0

setup() {
	KENG=$(realpath "${KENG:-build/keng}")
	DIR="$BATS_TEST_TMPDIR"
	FILE="$DIR/figures.csv"
	printf '%s\n' place,year,attendances,visits a,2020,10,1 a,2021,..,2 a,2022,*, b,2020,-,4 b,2021,20,NA b,2022,,3 \
		> "$FILE"
	LIST='..=not reported, - = not reported,*=suppressed,NA'
}

describe_resource() {
	printf '{"resources": [{"name": "figures", "path": "figures.csv", "schema": {"fields": [{"name": "place", "type": "string"},
		{"name": "year", "type": "year"}, {"name": "attendances", "type": "integer"%s},
		{"name": "visits", "type": "integer"}], "missingValues": %s}}]}' "$1" "$2" > "$DIR/datapackage.json"
}

@test "--missing says what tokens mean; tokens of one meaning are counted together" {
	run --separate-stderr "$KENG" describe "$FILE" --missing "$LIST" --columns attendances --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == attendances,2,4,15,* ]]
	[ "$stderr" = "keng: note: Cells without a value in 'attendances': 2 not reported, 1 suppressed, 1 empty." ]
}

@test "tokens without a meaning stay; they are told apart when there are several" {
	run --separate-stderr "$KENG" describe "$FILE" --missing '..,-,*,NA' --columns attendances,visits --format csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "keng: note: Cells without a value in 'attendances': 1 '..', 1 '-', 1 '*', 1 empty.
keng: note: Cells without a value in 'visits': 1 'NA', 1 empty." ]
}

@test "one kind without a meaning needs no words" {
	printf '%s\n' n,m 1,NA 2,NA ,3 > "$FILE"
	run --separate-stderr "$KENG" describe "$FILE" --format csv
	[ -z "$stderr" ]
	run --separate-stderr "$KENG" describe "$FILE" --missing '=not asked,NA' --format csv
	[ "$stderr" = "keng: note: Cells without a value in 'n': 1 not asked." ]
}

@test "the schema says it, in both languages, for all fields and for one" {
	describe_resource ', "missingValues": ["-", {"value": "..", "label": "not reported", "label_vi": "chưa báo cáo"},
		{"value": "*", "label": "suppressed"}, ""]' '["", {"value": "NA", "label": "not asked"}]'
	run --separate-stderr "$KENG" describe "$FILE" --format csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "keng: note: Columns without numbers are left out: place.
keng: note: Cells without a value in 'attendances': 1 '-', 1 not reported, 1 suppressed, 1 empty.
keng: note: Cells without a value in 'visits': 1 not asked, 1 empty." ]
	run --separate-stderr "$KENG" describe "$FILE" --columns attendances --format csv --lang vi
	[ "$stderr" = "keng: note: Số ô không có giá trị ở 'attendances': 1 '-', 1 chưa báo cáo, 1 suppressed, 1 ô trống." ]
	run --separate-stderr "$KENG" validate "$FILE" --format csv
	[ "$status" -eq 0 ]
}

@test "rows kept by --where, rows read where they are folded or queried" {
	run --separate-stderr "$KENG" describe "$FILE" --missing "$LIST" --columns attendances --where "place = 'a'"
	[ "$stderr" = "keng: note: Cells without a value in 'attendances', in the rows kept: 1 not reported, 1 suppressed." ]
	run --separate-stderr "$KENG" growth "$FILE" --time year --value visits --by place --aggregate sum --missing "$LIST"
	[[ "$stderr" == *"Cells without a value in 'visits', in the rows read: 1 'NA', 1 empty."* ]]
	run --separate-stderr "$KENG" describe "$FILE" --missing "$LIST" --columns attendances --aggregate sum --by place \
		--where 'year > 2020'
	[[ "$stderr" == *"'attendances', in the rows kept: 1 not reported, 1 suppressed, 1 empty."* ]]
	run --separate-stderr "$KENG" query "$FILE" --missing "$LIST" --format csv \
		--sql 'SELECT place, sum(attendances) AS n FROM figures GROUP BY place'
	[ "$stderr" = "keng: note: Cells without a value in 'attendances', in the rows read: 2 not reported, 1 suppressed, 1 empty." ]
	run --separate-stderr "$KENG" describe "$FILE" --missing "$LIST" --let 'twice=2*visits' --columns twice
	[[ "$stderr" == *"Cells without a value in 'visits': 1 'NA', 1 empty."* ]]
	[[ "$stderr" != *attendances* ]]
}

@test "JSON carries it, tables show it, the same for any number of threads" {
	run "$KENG" growth "$FILE" --time year --value visits --by place --missing "$LIST" --format json --quiet
	[[ "$output" == *"\"Cells without a value in 'visits': 1 'NA', 1 empty.\""* ]]
	run "$KENG" growth "$FILE" --time year --value visits --by place --missing "$LIST" --format table
	[[ "$output" == *"Cells without a value in 'visits': 1 'NA', 1 empty."* ]]
	one=$("$KENG" describe "$FILE" --missing "$LIST" --threads 1 --format json)
	seven=$("$KENG" describe "$FILE" --missing "$LIST" --threads 7 --format json)
	[ "$one" = "$seven" ]
}

@test "contradictions are refused" {
	run "$KENG" describe "$FILE" --missing '*=suppressed,*=not reported'
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '--missing' gives '*' two meanings, 'suppressed' and 'not reported'; keep one" ]
	describe_resource '' '[{"label": "suppressed"}]'
	run "$KENG" describe "$FILE"
	[ "$status" -eq 1 ]
	[ "$output" = "keng: $DIR/datapackage.json: resource 'figures': an object in 'missingValues' needs a 'value'; write {\"value\": \"..\", \"label\": \"not reported\"}" ]
	describe_resource ', "missingValues": [{"value": "*", "label": "a"}, {"value": "*", "label": "b"}]' '[""]'
	run "$KENG" describe "$FILE"
	[ "$status" -eq 1 ]
	[ "$output" = "keng: $DIR/datapackage.json: field 'attendances' of resource 'figures': '*' in 'missingValues' has two labels, 'a' and 'b'; keep one" ]
}

@test "labels are text, never a command or a format" {
	run --separate-stderr "$KENG" describe "$FILE" --missing '..=%s%n $(id),-,*,NA' --columns attendances --format csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "keng: note: Cells without a value in 'attendances': 1 %s%n \$(id), 1 '-', 1 '*', 1 empty." ]
}
