#!/usr/bin/env bats
# spatial: neighbour lists with faults, islands, threads.

bats_require_minimum_version 1.5.0

setup() {
	KENG=$(realpath "${KENG:-build/keng}")
	cd "$BATS_TEST_TMPDIR"
	printf 'id,v\n01,1\n02,2\n03,4\n04,3\n05,9\n' > places.csv
	printf 'a,b\n01,02\n02,03\n03,04\n' > list.csv
}

@test "an island stops, is dropped or stays" {
	run "$KENG" spatial places.csv --value v --id id --neighbours list.csv
	[ "$status" -eq 1 ]
	[ "$output" = "keng: places.csv:6: column 'id': place '05' has no neighbours; leave islands out with --islands drop, or keep them with a lag of zero with --islands zero" ]
	run --separate-stderr "$KENG" spatial places.csv --value v --id id --neighbours list.csv --islands drop --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "I,moran,"*",4,1,," ]]
	[[ "$stderr" == *"places: 5, without neighbours: 1 (islands: drop), connected components: 1; weights of style W"* ]]
}

@test "an unknown place is named" {
	printf 'a,b\n01,02\n02,03\n03,04\n04,99\n' > list.csv
	run --separate-stderr "$KENG" spatial places.csv --value v --id id --neighbours list.csv --islands drop
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"pairs left out, with a place that is not in the data: 1 (first: '99', line 5 of 'list.csv')"* ]]
}

@test "a pair that stands twice" {
	printf 'a,b\n01,02\n02,03\n01,02\n' > list.csv
	run "$KENG" spatial places.csv --value v --id id --neighbours list.csv
	[ "$status" -eq 1 ]
	[ "$output" = "keng: list.csv:4: column 'a': this pair stands twice; keep it once" ]
}

@test "same bytes for 1, 2 and 4 threads" {
	awk 'BEGIN { srand(2); print "id,v"; for (i = 0; i < 300; i++) print i "," rand() }' > grid.csv
	awk 'BEGIN { print "a,b"; for (i = 0; i < 299; i++) print i "," i + 1; for (i = 0; i < 280; i++) print i "," i + 20 }' > grid-list.csv
	for threads in 1 2 4; do
		"$KENG" spatial grid.csv --value v --id id --neighbours grid-list.csv --permutations 999 \
			--method moran,geary,local-moran --threads $threads --output $threads.csv
	done
	cmp 1.csv 2.csv
	cmp 1.csv 4.csv
}

# Expected: all 20 ways to place three ones on a path of six, counted: BB has mean 1 and variance 0.4, BW 3 and 1.2.
@test "join-count has the mean and variance of all arrangements" {
	printf '%s\n' id,v a,1 b,1 c,1 d,0 e,0 f,0 > "$BATS_TEST_TMPDIR/path.csv"
	printf '%s\n' id,neighbour a,b b,c c,d d,e e,f > "$BATS_TEST_TMPDIR/pairs.csv"
	run "$KENG" spatial "$BATS_TEST_TMPDIR/path.csv" --value v --id id --neighbours "$BATS_TEST_TMPDIR/pairs.csv" \
		--method join-count --style B --format csv --quiet
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == BB,join-count,2,0.632455532033*,,,,1.58113883008* ]]
	[[ "${lines[2]}" == WW,join-count,2,0.632455532033*,,,,1.58113883008* ]]
	[[ "${lines[3]}" == BW,join-count,1,1.095445115010*,,,,-1.82574185835* ]]
}

# Expected: Ord and Getis' formula computed in R on the same six values, place included.
@test "getis-ord on a path of six" {
	printf '%s\n' id,v a,1 b,4 c,2 d,8 e,5 f,7 > "$BATS_TEST_TMPDIR/path.csv"
	printf '%s\n' id,neighbour a,b b,c c,d d,e e,f > "$BATS_TEST_TMPDIR/pairs.csv"
	run "$KENG" spatial "$BATS_TEST_TMPDIR/path.csv" --value v --id id --neighbours "$BATS_TEST_TMPDIR/pairs.csv" \
		--method getis-ord --style B --format csv --quiet
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == a,*,getis-ord,-1.2649110640673* ]]
	[[ "${lines[3]}" == c,*,getis-ord,0.149071198499* ]]
	[[ "${lines[5]}" == e,*,getis-ord,1.937925580499* ]]
}

@test "GAL and GWT lists give what the same pairs give" {
	printf '0 5 layer id\n01 1\n02\n02 2\n01 03\n03 2\n02 04\n04 1\n03\n05 0\n\n' > list.gal
	printf '0 5 layer id\n01 02 3.5\n02 01 3.5\n02 03 1\n03 02 1\n03 04 2\n04 03 2\n' > list.gwt
	for list in csv gal gwt; do
		"$KENG" spatial places.csv --value v --id id --neighbours list.$list --islands drop --output $list.out
	done
	cmp csv.out gal.out
	cmp csv.out gwt.out
	run "$KENG" spatial places.csv --value v --id id --neighbours list.gwt --islands drop
	[[ "$output" == *"the distances in 'list.gwt' are not used as weights"* ]]
}

@test "a GAL list with a fault is named by line" {
	printf '0 5 layer id\n01 2\n02\n02 1\n01\n' > list.gal
	run "$KENG" spatial places.csv --value v --id id --neighbours list.gal
	[ "$status" -eq 1 ]
	[ "$output" = "keng: list.gal:3: place '01' has fewer neighbours than its number says" ]
	printf '0 5 layer id\n01 1\n02\n' > list.gal
	run "$KENG" spatial places.csv --value v --id id --neighbours list.gal
	[ "$output" = "keng: list.gal:4: the first line of 'list.gal' says another number of places than follow" ]
	printf 'a,b\n01,02\n' > list.gal
	run "$KENG" spatial places.csv --value v --id id --neighbours list.gal
	[ "$output" = "keng: list.gal:1: 'a,b' is no number of places; is this a GAL or GWT file?" ]
}

@test "nearest: ties go to the earlier place, the pairs are taken both ways" {
	printf 'id,v,lon,lat\n01,1,0,0\n02,2,1,0\n03,4,2,0\n04,3,9,0\n05,9,,\n' > spots.csv
	printf 'a,b\n01,02\n02,03\n03,04\n' > line.csv
	"$KENG" spatial spots.csv --value v --id id --nearest 1 --longitude lon --latitude lat --islands drop --output a.out
	"$KENG" spatial spots.csv --value v --id id --neighbours line.csv --islands drop --output b.out
	cmp a.out b.out
	run "$KENG" spatial spots.csv --value v --id id --nearest 1 --longitude lon --latitude lat
	[ "$status" -eq 1 ]
	[ "$output" = "keng: spots.csv:6: column 'id': place '05' has no coordinates; leave such places out with --islands drop" ]
}

@test "nearest: what cannot be coordinates is named" {
	printf 'id,v,lon,lat\n01,1,20.8,105.3\n02,2,20.9,105.4\n03,4,21,105\n' > spots.csv
	run "$KENG" spatial spots.csv --value v --id id --nearest 1 --longitude lon --latitude lat
	[ "$status" -eq 1 ]
	[ "$output" = "keng: spots.csv:2: column 'lat': 105.3 is not between -90 and 90 degrees; are --longitude and --latitude the right way round?" ]
	run "$KENG" spatial spots.csv --value v --id id --nearest 3 --longitude lat --latitude lon
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '--nearest 3' needs more than 3 places with coordinates; there are 3" ]
	run "$KENG" spatial spots.csv --value v --id id --nearest 3
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '--nearest' needs the places' coordinates; name their columns with --longitude and --latitude" ]
}

# Four unit squares in a row and one beside the last corner: rook does not see the corner.
squares() {
	printf '{"type":"FeatureCollection","features":['
	for corner in 01,0,0 02,1,0 03,2,0 04,3,1; do
		IFS=, read -r id x y <<< "$corner"
		[ "$id" = 01 ] || printf ,
		printf '{"type":"Feature","id":"%s","properties":{},"geometry":{"type":"Polygon","coordinates":[[[%d,%d],[%d,%d],[%d,%d],[%d,%d],[%d,%d]]]}}' \
			"$id" "$x" "$y" $((x + 1)) "$y" $((x + 1)) $((y + 1)) "$x" $((y + 1)) "$x" "$y"
	done
	printf ']}'
}

@test "shapes: queen, rook, a place without a shape" {
	squares > squares.geojson
	run --separate-stderr "$KENG" spatial places.csv --value v --id id --shapes squares.geojson --islands drop --output queen.out
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"neighbours: places whose shapes share a point or more (queen)"* ]]
	[[ "$stderr" == *"places without a shape in 'squares.geojson': 1"* ]]
	"$KENG" spatial places.csv --value v --id id --neighbours list.csv --islands drop --output list.out
	cmp queen.out list.out
	run --separate-stderr "$KENG" spatial places.csv --value v --id id --shapes squares.geojson --contiguity rook --islands zero
	[[ "$stderr" == *"places: 5, without neighbours: 2 (islands: zero)"* ]]
	run "$KENG" spatial places.csv --value v --id id --shapes squares.geojson
	[ "$status" -eq 1 ]
	[ "$output" = "keng: places.csv:6: column 'id': place '05' has no shape in the file; add it, or leave such places out with --islands drop" ]
}

@test "shapes: a ring that is not closed, overlapping and crossing shapes" {
	squares | sed 's/,\[0,0\]\]\]/,[0,5]]]/' > open.geojson
	run "$KENG" spatial places.csv --value v --id id --shapes open.geojson --islands drop
	[ "$status" -eq 1 ]
	[[ "$output" == "keng: open.geojson: the shape of '01' cannot be used: "* ]]
	squares | sed 's/\[\[\[1,0\],\[2,0\],\[2,1\],\[1,1\],\[1,0\]\]\]/[[[0,0],[2,0],[0,1],[2,1],[0,0]]]/' > cross.geojson
	run "$KENG" spatial places.csv --value v --id id --shapes cross.geojson --contiguity rook --islands drop
	[ "$status" -eq 0 ]
	[[ "$output" == *"shapes that cross themselves and were mended: 1 (first: '02')"* ]]
	[[ "$output" == *"pairs of overlapping shapes, taken as neighbours: 1"* ]]
}

@test "where neighbours come from must be said once" {
	run "$KENG" spatial places.csv --value v --id id
	[ "$status" -eq 2 ]
	[ "$output" = "keng: spatial needs to know who neighbours whom: '--neighbours FILE', '--shapes FILE' (places that touch), or '--nearest K' or '--distance KM' with --longitude and --latitude" ]
	run "$KENG" spatial places.csv --value v --id id --neighbours list.csv --contiguity rook
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '--contiguity' finds neighbours in '--shapes'; name the file, and leave --neighbours, --nearest and --distance out" ]
}

@test "a row without a place, a pair without a place, a weight that is none" {
	printf 'id,v\n01,1\n,2\n' > nameless.csv
	run "$KENG" spatial nameless.csv --value v --id id --neighbours list.csv
	[ "$output" = "keng: nameless.csv:3: column 'id': no place; each row needs the code of its place" ]
	printf 'a,b\n01,02\n02,\n' > list.csv
	run "$KENG" spatial places.csv --value v --id id --neighbours list.csv
	[ "$output" = "keng: list.csv:3: column 'b': no place; each line names a place and its neighbour" ]
	printf 'a,b,weight\n01,02,0\n' > list.csv
	run "$KENG" spatial places.csv --value v --id id --neighbours list.csv
	[ "$output" = "keng: list.csv:2: column 'weight': a weight must be a number above 0; leave the pair out instead" ]
}

@test "its own charts: scatter, cluster map, tiles, and the scatter where neither shapes nor coordinates are known" {
	squares > squares.geojson
	printf 'id,v,one,lon,lat\n01,1,1,0,0\n02,2,1,1,0\n03,4,0,2,0\n04,3,0,3,1\n' > spots.csv
	for method in moran local-moran; do
		"$KENG" spatial spots.csv --value v --id id --neighbours list.csv --method $method --quiet --output out.csv --plot $method.svg
		grep -q "Mean of the neighbours" $method.svg
	done
	"$KENG" spatial spots.csv --value v --id id --shapes squares.geojson --method local-moran --quiet --output out.csv --plot map.svg
	grep -q "no clear cluster (4)" map.svg
	"$KENG" spatial spots.csv --value one --id id --nearest 1 --longitude lon --latitude lat --method join-count \
		--quiet --output out.csv --plot tile.svg
	grep -q "0 (2)" tile.svg
}

@test "findings are said in a sentence, in both languages" {
	printf 'id,v\n01,1\n02,2\n03,4\n04,6\n05,7\n06,9\n07,11\n08,12\n' > line.csv
	printf 'a,b\n01,02\n02,03\n03,04\n04,05\n05,06\n06,07\n07,08\n' > pairs.csv
	run --separate-stderr "$KENG" spatial line.csv --value v --id id --neighbours pairs.csv --permutations 999
	[[ "$stderr" == *"Neighbours have similar 'v': moran 0.868 where chance gives -0.143 (p = 0.00035, n = 8)"* ]]
	[[ "$stderr" == *"permutations: 999, seed 1; all orders instead where there are at most 50000 of them"* ]]
	run --separate-stderr "$KENG" spatial line.csv --value v --id id --neighbours pairs.csv --lang vi
	[[ "$stderr" == *"Các nơi láng giềng có 'v' giống nhau: moran 0,868"* ]]
	run "$KENG" spatial line.csv --value v --id id --neighbours pairs.csv --method lee
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'lee' needs a second value; name its column with --with" ]
}

@test "what cannot be estimated is a row with a note, and no sentence" {
	printf 'id,v,w\n01,1,0\n02,1,0\n03,1,0\n04,1,2\n' > flat.csv
	for method in moran geary moran-rank local-moran getis-ord; do
		run --separate-stderr "$KENG" spatial flat.csv --value v --id id --neighbours list.csv --method $method --format csv
		[ "$status" -eq 0 ]
		[[ "${lines[1]}" == *,no-spread ]]
		[[ "$stderr" != *"where chance gives"* ]]
		[[ "$output" != *nan* ]]
	done
	for method in join-count local-join-count; do
		run --separate-stderr "$KENG" spatial flat.csv --value v --id id --neighbours list.csv --method $method --format csv
		[[ "${lines[1]}" == *,constant-outcome ]]
		run --separate-stderr "$KENG" spatial flat.csv --value w --id id --neighbours list.csv --method $method --format csv
		[[ "${lines[1]}" == *,not-binary ]]
	done
	run --separate-stderr "$KENG" spatial flat.csv --value w --with v --id id --neighbours list.csv --method lee --format csv
	[[ "${lines[1]}" == *,no-spread ]]
}

@test "rows without people at risk are counted by name" {
	printf 'id,v,people\n01,1,100\n02,2,0\n03,4,300\n04,3,200\n05,1,100\n06,2,100\n' > people.csv
	printf 'a,b\n01,03\n03,04\n04,05\n05,06\n' > pairs.csv
	run --separate-stderr "$KENG" spatial people.csv --value v --population people --id id --neighbours pairs.csv --method eb-moran
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"rows left out because 'people' is not above 0: 1"* ]]
}

@test "a second value in its own chart, ranks and permuted G*: the same bytes for 1, 2 and 4 threads" {
	awk 'BEGIN { srand(2); print "id,v,w"; for (i = 0; i < 200; i++) print i "," rand() "," rand() }' > grid.csv
	awk 'BEGIN { print "a,b"; for (i = 0; i < 199; i++) print i "," i + 1; for (i = 0; i < 180; i++) print i "," i + 20 }' > grid-list.csv
	for threads in 1 2 4; do
		"$KENG" spatial grid.csv --value v --with w --id id --neighbours grid-list.csv --permutations 499 \
			--method moran-rank,bivariate-moran,lee,getis-ord --threads $threads --quiet --output $threads.csv
	done
	cmp 1.csv 2.csv
	cmp 1.csv 4.csv
	"$KENG" spatial grid.csv --value v --with w --id id --neighbours grid-list.csv --permutations 99 --method lee --quiet \
		--output out.csv --plot lee.svg
	grep -q "Mean of the neighbours" lee.svg
}

# One degree of longitude on the equator is 111.195 km on a sphere of 6371.0088 km.
@test "distance: places up to so many kilometres away" {
	printf 'id,v,lon,lat\n01,1,179,0\n02,2,180,0\n03,4,-179,0\n04,3,-178,0\n05,9,10,10\n' > spots.csv
	for km in 111.1 111.2 222.5; do
		run --separate-stderr "$KENG" spatial spots.csv --value v --id id --distance $km --longitude lon --latitude lat \
			--islands zero --format csv --style B --method local-moran
		echo "$km $(grep -o 'without neighbours: [0-9]' <<< "$stderr")" >> found
	done
	[ "$(cat found)" = "111.1 without neighbours: 5
111.2 without neighbours: 1
222.5 without neighbours: 1" ]
	printf 'a,b\n01,02\n02,03\n03,04\n' > line.csv
	"$KENG" spatial spots.csv --value v --id id --distance 111.2 --longitude lon --latitude lat --islands drop --quiet --output a.out
	"$KENG" spatial spots.csv --value v --id id --neighbours line.csv --islands drop --quiet --output b.out
	cmp a.out b.out
	run "$KENG" spatial spots.csv --value v --id id --distance 100 --nearest 2 --longitude lon --latitude lat
	[ "$status" -eq 2 ]
	[ "$output" = "keng: neighbours come from one of '--neighbours', '--nearest' and '--distance'; leave the others out" ]
}

@test "rows without a value are named by their lines" {
	printf 'id,v\na,1\nb,\nc,3\nd,4\n' > "$BATS_TEST_TMPDIR/gap.csv"
	printf 'from,to\na,c\nc,d\na,b\n' > "$BATS_TEST_TMPDIR/gap-pairs.csv"
	run "$KENG" spatial "$BATS_TEST_TMPDIR/gap.csv" --id id --value v --neighbours "$BATS_TEST_TMPDIR/gap-pairs.csv"
	[[ "$output" == *"1 of 4 rows left out because a cell is missing: lines 3"* ]]
}

@test "join counts of a value that is not 0/1 name the line" {
	printf 'id,v\na,1\nb,0\nc,3\nd,1\n' > many.csv
	printf 'from,to\na,c\nc,d\na,b\n' > many-pairs.csv
	run --separate-stderr "$KENG" spatial many.csv --id id --value v --neighbours many-pairs.csv --method join-count --format csv
	[[ "${lines[1]}" == *",not-binary" ]]
	[[ "$stderr" == *"keng: note: 'v' is 3 in line 4: join counts want 0 or 1; derive such a column with --let, or take moran"* ]]
}

@test "values without spread: the table is written, and that there is no chart is said" {
	{ echo id,v; for i in 1 2 3 4; do echo "$i,7"; done; } > "$BATS_TEST_TMPDIR/equal.csv"
	printf 'a,b\n1,2\n2,3\n3,4\n' > "$BATS_TEST_TMPDIR/pairs.csv"
	run --separate-stderr "$KENG" spatial "$BATS_TEST_TMPDIR/equal.csv" --value v --id id --neighbours "$BATS_TEST_TMPDIR/pairs.csv" --plot "$BATS_TEST_TMPDIR/x.svg"
	[ "$status" -eq 2 ]
	[[ "${lines[1]}" == *no-spread ]]
	[[ "$stderr" == *"spatial has no chart of its own for this result"* ]]
}
