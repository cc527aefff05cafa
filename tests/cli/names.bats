#!/usr/bin/env bats
# Joins by name: any spelling of a name is that name, another name is asked for and never joined.
bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	T="$BATS_TEST_TMPDIR"
	# In the data: old style, composed. In the other files: new style, decomposed, capitals.
	printf 'place,n,population\nHòa Bình,10,1000\nThúy Sơn,20,1500\nĐà Bắc,30,900\nCao Dương,40,4000\n' > "$T/data.csv"
	printf 'place,neighbour\nHOÀ BÌNH,Thuý Sơn\nTHÚY SƠN,\u0110a\u0300 Ba\u0306\u0301c\nCao  Dương,đà bắc\n' > "$T/pairs.csv"
}

@test "neighbours in other spellings" {
	run --separate-stderr "$KENG" spatial "$T/data.csv" --id place --value n --neighbours "$T/pairs.csv" --permutations 99 --format csv
	[ "$status" -eq 0 ]
	[[ "$stderr" != *"not in the data"* ]]
	printf 'place,neighbour\nHòa Bình,Thúy Sơn\nThúy Sơn,Đà Bắc\nCao Dương,Đà Bắc\n' > "$T/pairs.csv"
	first=$output
	run --separate-stderr "$KENG" spatial "$T/data.csv" --id place --value n --neighbours "$T/pairs.csv" --permutations 99 --format csv
	[ "$output" = "$first" ]
}

@test "đ is not d: the pair is left out and the name is asked for" {
	printf 'place,neighbour\nHòa Bình,Thúy Sơn\nThúy Sơn,Dà Bắc\nCao Dương,Hòa Bình\n' > "$T/pairs.csv"
	run --separate-stderr "$KENG" spatial "$T/data.csv" --id place --value n --neighbours "$T/pairs.csv" --permutations 99 --islands drop --format csv
	[[ "$stderr" == *"pairs left out, with a place that is not in the data: 1 (first: 'Dà Bắc', line 3 of"* ]]
	[[ "$stderr" == *"'Dà Bắc' is not in the data; did you mean 'Đà Bắc'?"* ]]
}

@test "local smoothing finds neighbours in other spellings" {
	run --separate-stderr "$KENG" smooth "$T/data.csv" --id place --count n --population population --neighbours "$T/pairs.csv" \
		--method eb-local --format csv
	[ "$status" -eq 0 ]
	first=$output
	printf 'place,neighbour\nHòa Bình,Thúy Sơn\nThúy Sơn,Đà Bắc\nCao Dương,Đà Bắc\n' > "$T/pairs.csv"
	run --separate-stderr "$KENG" smooth "$T/data.csv" --id place --count n --population population --neighbours "$T/pairs.csv" \
		--method eb-local --format csv
	[ "$output" = "$first" ]
}

@test "strata of the standard in other spellings" {
	printf 'age,world\nTRẺ,3\nGIÀ KHOẺ,1\n' > "$T/standard.csv"
	printf 'place,age,n,population\na,Trẻ,30,1000\na,già khỏe,20,1500\n' > "$T/ages.csv"
	run --separate-stderr "$KENG" standardise "$T/ages.csv" --count n --population population --strata age --by place \
		--standard "$T/standard.csv" --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "a,"*",rate,dobson,25.83333"* ]]
	printf 'age,world\nTrẽ,3\ngià khỏe,1\n' > "$T/standard.csv"
	run "$KENG" standardise "$T/ages.csv" --count n --population population --strata age --by place --standard "$T/standard.csv"
	[ "$status" -eq 1 ]
	[[ "$output" == *"'Trẻ' (near 'Trẽ') not in"* ]]
}

@test "the reference of a comparison in another spelling" {
	run --separate-stderr "$KENG" compare "$T/data.csv" --count n --population population --group place --reference "HOÀ BÌNH" --format csv
	[ "$status" -eq 0 ]
	[[ "$output" != *"Hòa Bình,Ho"* ]]
	[ "${#lines[@]}" -eq 10 ]
	run "$KENG" compare "$T/data.csv" --count n --population population --group place --reference "Dà Bắc"
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'Dà Bắc' in --reference is not among the values of 'place'; did you mean 'Đà Bắc'?" ]
}

@test "a join in SQL by name_key()" {
	printf 'name,area\nHOÀ BÌNH,7\nDà Bắc,8\n' > "$T/area.csv"
	run --separate-stderr "$KENG" query "$T/data.csv" "$T/area.csv" --format csv \
		--sql "SELECT place, area FROM data JOIN area ON name_key(place) = name_key(name)"
	[ "$status" -eq 0 ]
	[ "$output" = "$(printf 'place,area\nHòa Bình,7')" ]
}

@test "shapes of a map in other spellings" {
	square() { printf '{"type":"Feature","properties":{"name":"%s"},"geometry":{"type":"Polygon","coordinates":[[[%d,20],[%d,20],[%d,21],[%d,21],[%d,20]]]}}' "$1" "$2" $(($2 + 1)) $(($2 + 1)) "$2" "$2"; }
	printf '{"type":"FeatureCollection","features":[%s,%s,%s,%s]}' "$(square 'HOÀ BÌNH' 100)" "$(square 'Thuý Sơn' 101)" \
		"$(square 'đà bắc' 102)" "$(square 'Cao Dương' 103)" > "$T/shapes.geojson"
	run "$KENG" plot map "$T/data.csv" --x place --y n --shapes "$T/shapes.geojson" --output "$T/map.svg"
	[ "$status" -eq 0 ]
	run cat "$T/map.svg"
	[[ "$output" != *"Not on the map"* && "$output" != *"not on the map"* ]]
}

@test "groups that are one name in two spellings are told" {
	printf 'place,n,population\nHòa Bình,10,1000\nHoà Bình,20,1500\nĐà Bắc,30,900\nDà Bắc,40,4000\n' > "$T/data.csv"
	run --separate-stderr "$KENG" participation "$T/data.csv" --count n --population population --by place --format csv
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 5 ]
	[[ "$stderr" == *"Column 'place': 'Hòa Bình' and 'Hoà Bình' look like one name in two spellings; they are two groups." ]]
	[[ "$stderr" != *"Đà Bắc' and"* ]]
}
