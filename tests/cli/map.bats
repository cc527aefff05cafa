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
	[ "$output" = "keng: 'one.geojson' has no shapes: no feature has an area" ]
}

@test "points, lines, empty and absent geometries have no shape: listed" {
	for geometry in '{"type":"Point","coordinates":[0,0]}' '{"type":"MultiLineString","coordinates":[[[0,0],[1,1]]]}' \
		'{"type":"Polygon","coordinates":[]}' null; do
		sed "/\"id\": \"c\"/s/\"geometry\": {.*}}/\"geometry\": $geometry}/" squares.geojson > bare.geojson
		draw bare.geojson
		[ "$status" -eq 0 ]
		grep -qF 'Not on the map (2): c, nowhere. No data (1): d.' x.svg
	done
}

@test "polygons in a collection, rings that are not closed, a byte order mark, one feature alone" {
	shape '{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4]]]},{"type":"Point","coordinates":[0,0]}]}'
	printf 'code,value\na,1\n' > squares.csv
	draw one.geojson
	[ "$status" -eq 0 ]
	! grep -q 'Not on the map' x.svg || false
	{ printf '\357\273\277'; cat one.geojson; } > mark.geojson
	draw mark.geojson
	[ "$status" -eq 0 ]
	sed 's/.*"features":\[//; s/\]}$//' one.geojson > alone.geojson
	[[ "$(cat alone.geojson)" == '{"type":"Feature"'* ]]
	draw alone.geojson
	[ "$status" -eq 0 ]
}

square() { # a feature with this id and a square of side 2 around x, 0
	printf '{"type":"Feature","id":%s,"geometry":{"type":"Polygon","coordinates":[[[%s,-1],[%s,-1],[%s,1],[%s,1],[%s,-1]]]}}' "$1" "$2" "$3" "$3" "$2" "$2"
}

squares() {
	printf '{"type":"FeatureCollection","features":['
	while [ $# -gt 0 ]; do
		square "$1" "$2" "$3"
		shift 3
		[ $# -eq 0 ] || printf ,
	done
	printf ']}'
}

@test "codes with and without leading zeros; several features of one place" {
	printf 'code,value\n01,1\n02,2\n10,3\n' > squares.csv
	squares 1 0 2 2 2 4 10 4 6 1 8 9 77 10 11 77 12 13 > numbers.geojson
	draw numbers.geojson
	[ "$status" -eq 0 ]
	! grep -q 'Not on the map' x.svg || false
	grep -qF '<text>no data (1)</text>' x.svg
	grep -qF 'No data (1): 77.' x.svg
	printf 'code,value\n1,1\n2,2\n10,3\n' > squares.csv
	squares '"01"' 0 2 '"02"' 2 4 '"10"' 4 6 > texts.geojson
	draw texts.geojson
	[ "$status" -eq 0 ]
	! grep -q 'Not on the map' x.svg || false
	printf 'code,value\n1,1\n001,2\n' > squares.csv # which of them is "01"?
	squares '"01"' 0 2 '"1"' 2 4 > texts.geojson
	draw texts.geojson
	[ "$status" -eq 0 ]
	grep -qF 'Not on the map (1): 001. No data (1): 01.' x.svg
}

# Width and height of the map in degrees: the ranges of the script's axes.
range() { sed -n "s/^set $1range \[\(.*\):\(.*\)\]/\1 \2/p" x.gp | awk '{ printf "%.1f", $2 - $1 }'; }

@test "both sides of the date line lie together; the whole world, and metres, stay as they are" {
	printf 'code,value\na,1\nb,2\nc,3\n' > squares.csv
	squares '"a"' 176 178 '"b"' 178 -178 '"c"' -178 -176 > pacific.geojson
	run "$KENG" plot map squares.csv --x code --y value --shapes pacific.geojson --output x.svg --with-script
	[ "$status" -eq 0 ]
	[ "$(range x)" = 8.0 ]
	squares '"a"' -180 0 '"b"' 0 180 > world.geojson
	"$KENG" plot map squares.csv --x code --y value --shapes world.geojson --output x.svg --with-script
	[ "$(range x)" = 360.0 ]
	squares '"a"' 500000 501000 '"b"' 501000 502000 '"c"' 502000 503000 > metres.geojson
	"$KENG" plot map squares.csv --x code --y value --shapes metres.geojson --output x.svg --with-script
	[ "$(range x)" = 3000.0 ]
}

@test "names touch no border: in fewer lines where they fit, in none where they do not" {
	printf 'code,value,name\na,1,Thành phố Hòa Bình\nb,2,Thành phố Hòa Bình\nc,3,x\n' > squares.csv
	squares '"a"' 0 14 '"b"' 14 15 '"c"' 15 16 > names.geojson
	run "$KENG" plot map squares.csv --x code --y value --label name --shapes names.geojson --output x.svg
	[ "$status" -eq 0 ]
	[ "$(grep -c 'Thành phố' x.svg)" -eq 2 ] # once drawn, once in the description
	grep -qF 'Lowest: Thành phố Hòa Bình (1)' x.svg
}

@test "broken shapes: file, line or feature, what is wrong" {
	head -c 200 squares.geojson > torn.geojson
	draw torn.geojson
	[ "$status" -eq 1 ]
	[[ "$output" == "keng: torn.geojson:"*"is no JSON: "* ]]
	echo '{"type":"Topology"}' > none.geojson
	draw none.geojson
	[ "$output" = "keng: none.geojson: is no GeoJSON FeatureCollection with features" ]
	shape '{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}'
	draw one.geojson
	[ "$output" = "keng: one.geojson: feature 1: a ring has fewer than 4 points" ]
	shape '{"type":"Polygon","coordinates":[[[0,0],[1,0],["x",1],[0,0]]]}'
	draw one.geojson
	[ "$output" = "keng: one.geojson: feature 1: a point has no longitude and latitude" ]
	shape '{"type":"Polygn","coordinates":[0,0]}'
	draw one.geojson
	[ "$output" = "keng: one.geojson: feature 1: its geometry is of no type that GeoJSON knows" ]
	shape '{"type":"Polygon"}'
	draw one.geojson
	[ "$output" = "keng: one.geojson: feature 1: a polygon has no rings" ]
	shape '{"type":"Polygon","coordinates":[[[0,0],[1e300,0],[1,1],[0,0]]]}'
	draw one.geojson
	[ "$output" = "keng: one.geojson: feature 1: a point lies nowhere: its coordinates are too large" ]
	shape '{"type":"Polygon","coordinates":[[[0,0],[1,0],[2,0],[0,0]]]}'
	draw one.geojson
	[ "$output" = "keng: the shapes of 'one.geojson' have no area" ]
	printf '{"features":[1]}' > one.geojson
	draw one.geojson
	[ "$status" -eq 2 ]
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
	! grep -q 'no data' c.svg || false
	"$KENG" plot map "$hoa_binh/communes.csv" --x code --y population_2019 --where "district_code <> '150'" \
		--shapes "$hoa_binh/communes.geojson" --output c.svg
	grep -qF '<text>no data (17)</text>' c.svg
	"$KENG" plot map "$vietnam/provinces.csv" --x code --y communes --shapes "$vietnam/provinces.geojson" --output p.svg
	grep -q 'n = 63\.' p.svg
	! grep -q 'no data' p.svg || false
}
