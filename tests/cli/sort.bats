#!/usr/bin/env bats
# --sort: rows of a result in the order of its columns, texts by the alphabet of --lang.

setup() {
	KENG=${KENG:-build/keng}
	FILE="$BATS_TEST_TMPDIR/places.csv"
	printf 'place,value\nĐà Bắc,3\nDương,4\nÂu,\nAn,7\nÁi,3\n' > "$FILE"
}

sorted() { "$KENG" query "$FILE" --sql 'SELECT * FROM places' "$@" | tail -n +2 | cut -d, -f1 | paste -sd ' '; }

@test "texts by the alphabet of the language" {
	[ "$(sorted --sort place --lang vi)" = "Ái An Âu Dương Đà Bắc" ]
	[ "$(sorted --sort place)" = "Ái An Âu Đà Bắc Dương" ]
	[ "$(sorted --sort -place --lang vi)" = "Đà Bắc Dương Âu An Ái" ]
}

@test "numbers by value, missing last, ties by the next column or as they were" {
	[ "$(sorted --sort value)" = "Đà Bắc Ái Dương An Âu" ]
	[ "$(sorted --sort value,place)" = "Ái Đà Bắc Dương An Âu" ]
	[ "$(sorted --sort -value,place --lang vi)" = "An Dương Ái Đà Bắc Âu" ]
}

@test "the result of a program is sorted by its estimates" {
	printf 'place,year,n\na,2000,10\na,2001,11\nb,2000,10\nb,2001,19\nc,2000,10\nc,2001,15\n' > "$BATS_TEST_TMPDIR/g.csv"
	run "$KENG" growth "$BATS_TEST_TMPDIR/g.csv" --time year --value n --by place --method change --sort -estimate
	[ "$status" -eq 0 ]
	[ "$(echo "$output" | cut -d, -f1 | head -4 | paste -sd ' ')" = "place b c a" ]
}

@test "a column that is none is named with the nearest" {
	run "$KENG" query "$FILE" --sql 'SELECT * FROM places' --sort valu
	[ "$status" -eq 2 ]
	[[ "$output" == *"'valu' is not a column; did you mean 'value'?"* ]]
}
