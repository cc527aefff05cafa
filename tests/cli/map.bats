#!/usr/bin/env bats
# Maps: rings, holes, several polygons; broken shapes, unknown codes, missing places.

setup() {
	KENG=$(realpath "${KENG:-build/keng}")
	SHARED=$(realpath -m "${KENG_SHARED:-$BATS_TEST_DIRNAME/../../../shared}")
	DATA=$(realpath "$BATS_TEST_DIRNAME/../charts/data")
	command -v gnuplot > /dev/null || skip "gnuplot is not installed"
	cp "$DATA"/squares.* "$BATS_TEST_TMPDIR"
	cd "$BATS_TEST_TMPDIR"
}

draw() { run "$KENG" plot map squares.csv --x code --y value --shapes "$1" --output x.svg; }

shape() { # a collection of one feature "a" with this geometry
	printf '{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","properties":{},"geometry":%s}]}' "$1" > one.geojson
}

@test "holes are holes, what lies in them is drawn, what lacks a shape is listed" {
	draw squares.geojson
	[ "$status" -eq 0 ]
	grep -qF '<text>no data (1)</text>' x.svg
	grep -qF 'Not on the map (1): nowhere.' x.svg
	"$KENG" plot map squares.csv --x code --y value --shapes squares.geojson --lang vi --output x.svg
	grep -qF '<text>không có số liệu (1)</text>' x.svg
	grep -qF 'Không có trên bản đồ (1): nowhere.' x.svg
}

@test "more codes without a shape than can be listed are counted" {
	printf 'code,value\na,1\n' > squares.csv
	for i in $(seq 7); do echo "z$i,$i" >> squares.csv; done
	draw squares.geojson
	[ "$status" -eq 0 ]
	tr -d '\n' < x.svg | grep -q 'Not on the map (7): z1, z2, z3, z4, z5 …'
}

@test "a place whose geometry is null has no shape" {
	shape null
	draw one.geojson
	[ "$status" -eq 1 ]
	[ "$output" = "keng: 'one.geojson' has no shapes: every geometry is null" ]
}

@test "broken shapes: file, line or feature, what is wrong" {
	head -c 200 squares.geojson > torn.geojson
	draw torn.geojson
	[ "$status" -eq 1 ]
	[[ "$output" == "keng: torn.geojson:"*"is no JSON: "* ]]
	echo '{"type":"Feature"}' > none.geojson
	draw none.geojson
	[ "$output" = "keng: none.geojson: is no GeoJSON FeatureCollection with features" ]
	shape '{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}'
	draw one.geojson
	[ "$output" = "keng: one.geojson: feature 1: a ring has fewer than 4 points" ]
	shape '{"type":"Polygon","coordinates":[[[0,0],[1,0],["x",1],[0,0]]]}'
	draw one.geojson
	[ "$output" = "keng: one.geojson: feature 1: a point has no longitude and latitude" ]
	shape '{"type":"Point","coordinates":[0,0]}'
	draw one.geojson
	[ "$output" = "keng: one.geojson: feature 1: its geometry is no Polygon and no MultiPolygon" ]
	shape '{"type":"Polygon","coordinates":[]}'
	draw one.geojson
	[ "$output" = "keng: one.geojson: feature 1: a polygon has no ring" ]
	[ ! -e x.svg ]
}

@test "codes of which the file knows none; two values for a place; no shapes at all" {
	printf 'code,value\nq,1\n' > squares.csv
	draw squares.geojson
	[ "$status" -eq 2 ]
	[ "$output" = "keng: squares.geojson: no place of the table is in this file; name the column with the places' codes with --x" ]
	printf 'code,value\na,1\na,2\n' > squares.csv
	draw squares.geojson
	[ "$status" -eq 1 ]
	[[ "$output" == *"'a' has two rows; a map takes one value per place: choose rows with --where"* ]]
	run "$KENG" plot map squares.csv --x code --y value --output x.svg
	[ "$status" -eq 2 ]
	[[ "$output" == *"a map needs shapes: --shapes FILE.geojson"* ]]
}

@test "151 communes and 63 provinces" {
	[ -d "$SHARED/datasets/hoa-binh-2020" ] || skip "no shared data sets"
	hoa_binh=$SHARED/datasets/hoa-binh-2020 vietnam=$SHARED/datasets/vietnam-frame-2020
	"$KENG" plot map "$hoa_binh/communes.csv" --x code --y population_2019 --shapes "$hoa_binh/communes.geojson" --output c.svg
	grep -q 'n = 151\.' c.svg
	! grep -q 'no data' c.svg
	"$KENG" plot map "$hoa_binh/communes.csv" --x code --y population_2019 --where "district_code <> '150'" \
		--shapes "$hoa_binh/communes.geojson" --output c.svg
	grep -qF '<text>no data (17)</text>' c.svg
	"$KENG" plot map "$vietnam/provinces.csv" --x code --y communes --shapes "$vietnam/provinces.geojson" --output p.svg
	grep -q 'n = 63\.' p.svg
	! grep -q 'no data' p.svg
}
