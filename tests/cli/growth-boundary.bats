#!/usr/bin/env bats
# growth --decompose-boundary: what of a change is new boundaries and what is real.
bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/data.csv" WALK="$BATS_TEST_TMPDIR/walk.csv"
	printf '%s\n' 'old,new,w' 'X,X,0.6' 'X,Y,0.4' 'Y,Y,1' 'Z,W,1' 'U,V,' 'U,Y,' > "$WALK"
	printf '%s\n' 'u,year,n' 'X,2019,100' 'Y,2019,50' 'Z,2019,30' 'U,2019,10' 'X,2020,66' 'Y,2020,100' 'W,2020,33' 'V,2020,8' > "$FILE"
}

split() {
	run --separate-stderr "$KENG" growth "$FILE" --time year --value n --by u --decompose-boundary "$WALK" --crosswalk-columns old,new,w --format csv "$@"
}

@test "parts by hand: shares, a rename, a unit that is gone, an unknown split" {
	split
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "u,from,to,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[ "${lines[1]}" = "X,2019,2020,change,decompose-boundary,-34,,,,,,,,,,2,0,," ]
	[ "${lines[2]}" = "X,2019,2020,boundary_change,decompose-boundary,-40,,,,,,,,,,2,0,," ]
	[ "${lines[3]}" = "X,2019,2020,real_change,decompose-boundary,6,,,,,,,,,,2,0,," ]
	[[ "${lines[4]}" == "X,2019,2020,real_growth,decompose-boundary,10."*",%," ]]
	[[ "${lines[6]}" == "Y,2019,2020,boundary_change,decompose-boundary,40,"*",40,50,2,0,,unknown-share" ]]
	# A rename is no boundary change.
	[ "${lines[10]}" = "W,2019,2020,boundary_change,decompose-boundary,0,,,,,,,,,,2,0,," ]
	[ "${lines[11]}" = "W,2019,2020,real_change,decompose-boundary,3,,,,,,,,,,2,0,," ]
	# What is gone went to others.
	[ "${lines[18]}" = "U,2019,2020,boundary_change,decompose-boundary,-10,,,,,,,,,,2,0,," ]
	# The total: nothing by redrawing.
	[ "${lines[21]}" = ",2019,2020,change,decompose-boundary,17,,,,,,,,,,2,0,," ]
	[ "${lines[22]}" = ",2019,2020,boundary_change,decompose-boundary,0,,,,,,,,,,2,0,," ]
}

@test "the communes of Hòa Bình: one census on old and new boundaries is redrawing alone" {
	cd datasets/hoa-binh-2020
	case $KENG in /*) ;; *) KENG=../../$KENG ;; esac
	"$KENG" query communes-2019.csv communes.csv --quiet --output "$FILE" --sql "SELECT code AS u, 2019 AS year, population_2019 AS n FROM \"communes-2019\" \
		UNION ALL SELECT code, 2020, population_2019 FROM communes"
	run --separate-stderr "$KENG" growth "$FILE" --time year --value n --by u --decompose-boundary crosswalk-2019-2020.csv \
		--crosswalk-columns code_2019,code_2020,population_share --format csv
	[ "$status" -eq 0 ]
	# real_change is 0 everywhere, with bounds in the two wards that shared Dân Hạ in parts that are not known
	[ "$(grep -c ',real_change,decompose-boundary,0,' <<< "$output")" -eq "$(grep -c ',real_change,' <<< "$output")" ]
	grep '^04894,.*,real_change,.*,unknown-share$' <<< "$output"
	grep '^,2019,2020,boundary_change,decompose-boundary,0,' <<< "$output"
	# Cao Dương took Tân Thành of Lương Sơn (5,520) and Hợp Châu (4,055); the other Tân Thành did not
	[[ "$output" == *$'\n05008,2019,2020,boundary_change,decompose-boundary,9575,'* ]]
	[[ "$output" == *$'\n04882,2019,2020,boundary_change,decompose-boundary,840,'* ]]
}

@test "a unit that the crosswalk lacks, one period alone, a missing value" {
	printf '%s\n' 'u,year,n' 'X,2019,100' 'Y,2019,50' 'Q,2019,3' 'X,2020,66' 'Y,2020,' > "$FILE"
	printf '%s\n' 'old,new,w' 'X,X,1' 'Y,Y,1' > "$WALK"
	split
	[ "$status" -eq 0 ]
	[ "${lines[5]}" = "Y,2019,2020,change,decompose-boundary,,,,,,,,,,,2,1,,missing" ]
	[ "${lines[6]}" = ",2019,2020,change,decompose-boundary,,,,,,,,,,,2,1,,missing" ]
	[ "${lines[7]}" = "Q,2019,2020,change,decompose-boundary,,,,,,,,,,,0,1,,no-match" ]
	split --where 'year = 2019'
	[ "${lines[1]}" = ",2019,2019,change,decompose-boundary,,,,,,,,,,,0,0,,too-few" ]
}

@test "a unit whose shares do not sum to 1 stands with a note, others go on" {
	printf '%s\n' 'u,year,n' 'X,2019,100' 'Y,2019,50' 'X,2020,66' 'Y,2020,60' > "$FILE"
	printf '%s\n' 'old,new,w' 'X,X,0.9' 'Y,Y,1' > "$WALK"
	split
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "X,2019,2020,change,decompose-boundary,,"*",bad-crosswalk" ]]
	[[ "${lines[2]}" == "Y,2019,2020,change,decompose-boundary,10,"* ]]
	[[ "$stderr" == *"$WALK:2: column 'w': the shares of 'X' sum to 0.9, not to 1; correct them. The unit is not carried."* ]]
}

@test "what it refuses" {
	split --population n
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: '--decompose-boundary' splits a change of counts and takes no --population" ]
	run --separate-stderr "$KENG" growth "$FILE" --time year --value n --decompose-boundary "$WALK"
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: '--decompose-boundary' needs the column of the units; name it last in --by" ]
	run --separate-stderr "$KENG" growth "$FILE" --time year --value n --by u --decompose-boundary "$WALK" --crosswalk-columns old
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: 'old' is no value for '--crosswalk-columns'; write FROM,TO or FROM,TO,SHARE" ]
	printf '%s\n' 'u,year,n' 'X,2019,1' 'X,2019,2' 'X,2020,3' > "$FILE"
	split
	[ "$status" -eq 1 ]
	[ "$stderr" = "keng: $FILE:3: column 'u': the unit stands twice in one period; name further columns before it in --by, or an --aggregate" ]
}
