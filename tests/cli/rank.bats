#!/usr/bin/env bats
# rank: ranks, quantile groups, limits by simulation, sharp ranges under bounds, bad input.

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/places.csv"
	printf '%s\n' 'place,v,n' 'a,>30,100' 'b,<5,100' 'c,12,100' 'd,12,100' 'e,40,100' 'f,,100' > "$FILE"
}

@test "ties share the best rank; a bound leaves a range of ranks" {
	run "$KENG" rank "$FILE" --value v --id place --format csv
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "place,value,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[ "${lines[1]}" = "f,,rank,rank,,,,,,,,,,,0,0,,missing" ]
	[ "${lines[2]}" = "a,30,rank,rank,2,,,,,,,,1,2,5,1,rank,bound" ]
	[ "${lines[3]}" = "b,4,rank,rank,5,,,,,,,,5,5,5,1,rank,bound" ]
	[ "${lines[4]}" = "c,12,rank,rank,3,,,,,,,,,,5,1,rank," ]
	[ "${lines[5]}" = "d,12,rank,rank,3,,,,,,,,,,5,1,rank," ]
	[ "${lines[6]}" = "e,40,rank,rank,1,,,,,,,,1,2,5,1,rank,bound" ]
}

@test "fewer places than groups: none" {
	run "$KENG" rank "$FILE" --value v --id place --method quantile --quantiles 6 --where "v IS NOT NULL" --format csv
	[[ "${lines[2]}" == *,quantile,quantile,*,too-few ]]
}

@test "limits by simulation are the same for any threads and hold the rank" {
	run "$KENG" rank "$FILE" --count v --population n --id place --threads 1 --format csv
	one=$output
	run "$KENG" rank "$FILE" --count v --population n --id place --threads 2 --format csv
	[ "$one" = "$output" ]
	[[ "${lines[6]}" == e,0.4,rank,rank,1,,1,2,0.95,* ]]
}

# Rows of a reference file whose rank and quantile group are those that keng gives, beside the number of rows.
ranks_agree() { # WHERE BY QUANTILES ROWS
	local file="${KENG_SHARED:-../shared}/reference/quantiles/phe_quantile.csv" pair same=""
	"$KENG" rank "$file" --value Value --id AreaCode --by "$2" --where "$1" --method rank,quantile --quantiles "$3" \
		--quiet --format csv --output "$BATS_TEST_TMPDIR/ranked.csv"
	for pair in ${2//,/ }; do
		same="$same AND r.$pair = p.$pair"
	done
	for pair in rank:RankinGrp quantile:QuantileInGrp; do
		run "$KENG" query "$file" "$BATS_TEST_TMPDIR/ranked.csv" --format csv --quiet --sql "
			SELECT count(*) AS n, sum(r.estimate IS p.${pair#*:}) AS same FROM (SELECT * FROM phe_quantile WHERE $1) p
			JOIN ranked r ON r.AreaCode = p.AreaCode AND r.term = '${pair%:*}' $same"
		[ "${lines[1]}" = "$4,$4" ] || { echo "$1 $pair: $output"; return 1; }
	done
}

@test "tenths and sevenths of areas as Public Health England gives them, ties among them" {
	[ -f "${KENG_SHARED:-../shared}/reference/quantiles/phe_quantile.csv" ] || skip "no reference folder"
	ranks_agree "GroupSet = 'IndSexReg' AND Test = 'Gooddata'" IndSexRef,ParentCode 10 152
	ranks_agree "GroupSet = 'IndSexReg' AND Test = 'GooddataDups'" IndSexRef,ParentCode 10 13
	ranks_agree "Test = 'BadPolarity'" IndSexRef 7 35
}

# The reference folder has part of the 485 areas that were ranked there together. Others are put where their ranks leave
# room, so that each area keeps its rank.
@test "quarters of 485 areas as Public Health England gives them" {
	file="${KENG_SHARED:-../shared}/reference/quantiles/phe_quantile.csv"
	[ -f "$file" ] || skip "no reference folder"
	"$KENG" query "$file" --quiet --format csv --sql "SELECT RankinGrp, QuantileInGrp FROM phe_quantile
		WHERE GroupSet = 'None' AND RankinGrp IS NOT NULL ORDER BY RankinGrp" > "$BATS_TEST_TMPDIR/known.csv"
	awk -F, 'BEGIN { print "id,value,expected" }
		NR > 1 { if ($1 != last) for (; next_rank < $1 && next_rank; next_rank++) print "fill" next_rank "," (-next_rank) ","
			print "area" NR "," (-$1) "," $2; last = $1; next_rank = (next_rank ? next_rank : $1) + 1 }
		END { for (; next_rank <= 485; next_rank++) print "fill" next_rank "," (-next_rank) "," }' \
		"$BATS_TEST_TMPDIR/known.csv" > "$BATS_TEST_TMPDIR/areas.csv"
	[ "$(wc -l < "$BATS_TEST_TMPDIR/areas.csv")" -eq 486 ]
	"$KENG" rank "$BATS_TEST_TMPDIR/areas.csv" --value value --id id --method quantile --quantiles 4 --quiet --format csv \
		--output "$BATS_TEST_TMPDIR/ranked.csv"
	run "$KENG" query "$BATS_TEST_TMPDIR/areas.csv" "$BATS_TEST_TMPDIR/ranked.csv" --quiet --format csv --sql "
		SELECT count(*) AS n, sum(r.estimate IS a.expected) AS same FROM areas a JOIN ranked r ON r.id = a.id
		WHERE a.expected IS NOT NULL"
	echo "$output"
	[ "${lines[1]}" = "163,163" ]
}

@test "what to rank by is said once" {
	run "$KENG" rank "$FILE" --id place
	[ "$status" -eq 2 ]
	[ "$output" = "keng: give either '--value', or '--count' with '--population'" ]
}
