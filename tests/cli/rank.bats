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

@test "tenths of areas as Public Health England gives them" {
	SHARED="${KENG_SHARED:-../shared}"
	[ -f "$SHARED/reference/quantiles/phe_quantile.csv" ] || skip "no reference folder"
	"$KENG" rank "$SHARED/reference/quantiles/phe_quantile.csv" --value Value --id AreaCode --by IndSexRef,ParentCode \
		--where "GroupSet = 'IndSexReg' AND Test = 'Gooddata'" --method rank,quantile --quantiles 10 --quiet \
		--format csv --output "$BATS_TEST_TMPDIR/ranked.csv"
	run "$KENG" query "$SHARED/reference/quantiles/phe_quantile.csv" "$BATS_TEST_TMPDIR/ranked.csv" --format csv --sql "
		SELECT count(*) AS n, sum(r.estimate IS p.RankinGrp) AS same FROM phe_quantile p JOIN ranked r
		ON r.AreaCode = p.AreaCode AND r.IndSexRef = p.IndSexRef AND r.term = 'rank' AND p.GroupSet = 'IndSexReg' AND p.Test = 'Gooddata'"
	echo "$output"
	[ "${lines[1]}" = "152,152" ]
	run "$KENG" query "$SHARED/reference/quantiles/phe_quantile.csv" "$BATS_TEST_TMPDIR/ranked.csv" --format csv --sql "
		SELECT count(*) AS n, sum(r.estimate IS p.QuantileInGrp) AS same FROM phe_quantile p JOIN ranked r
		ON r.AreaCode = p.AreaCode AND r.IndSexRef = p.IndSexRef AND r.term = 'quantile' AND p.GroupSet = 'IndSexReg' AND p.Test = 'Gooddata'"
	echo "$output"
	[ "${lines[1]}" = "152,152" ]
}

@test "what to rank by is said once" {
	run "$KENG" rank "$FILE" --id place
	[ "$status" -eq 2 ]
	[ "$output" = "keng: give either '--value', or '--count' with '--population'" ]
}
