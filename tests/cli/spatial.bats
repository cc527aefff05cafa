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
	[[ "$stderr" == *"5 places, 1 of them without neighbours (islands: drop), 1 components; weights of style W"* ]]
}

@test "an unknown place is named" {
	printf 'a,b\n01,02\n02,03\n03,04\n04,99\n' > list.csv
	run --separate-stderr "$KENG" spatial places.csv --value v --id id --neighbours list.csv --islands drop
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"1 pairs name a place that is not in the data (first: '99', line 5 of 'list.csv'); they are left out"* ]]
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
