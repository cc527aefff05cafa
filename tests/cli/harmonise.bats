#!/usr/bin/env bats
# harmonise: counts carried from old to new units, nothing lost in silence.
bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/old.csv" WALK="$BATS_TEST_TMPDIR/walk.csv"
	printf '%s\n' 'code,year,n' '01,2019,100' '02,2019,50' '03,2019,31' '01,2020,110' '02,2020,60' '03,2020,' > "$FILE"
	printf '%s\n' 'from,to,share' '01,A,0.6' '01,B,0.4' '02,B,1' '03,C,1' > "$WALK"
}

carry() {
	run --separate-stderr "$KENG" harmonise "$FILE" --id code --value n --crosswalk "$WALK" --format csv "$@"
}

@test "one row per new unit and period, with the apportioned share" {
	carry --by year
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "year,code,apportioned_share,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[ "${lines[1]}" = "2019,A,1,n,apportion,60,,,,,,,,,,1,0,," ]
	[[ "${lines[2]}" == "2019,B,0.444444"*",n,apportion,90,,,,,,,,,,2,0,," ]]
	[ "${lines[3]}" = "2019,C,0,n,apportion,31,,,,,,,,,,1,0,," ]
	[ "${lines[6]}" = "2020,C,,n,apportion,,,,,,,,,,,0,1,,missing" ]
}

@test "the census of 2019 on the communes of 2020, to the person" {
	cd datasets/hoa-binh-2020
	case $KENG in /*) ;; *) KENG=../../$KENG ;; esac
	run --separate-stderr "$KENG" harmonise communes-2019.csv --id code --value population_2019 \
		--crosswalk crosswalk-2019-2020.csv --from code_2019 --to code_2020 --share population_share --whole --format csv
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 152 ]
	[[ "$stderr" == *"Total of 'population_2019': 854131 before, 854131 after."* ]]
	# Tân Thành of Lương Sơn (04996, 5,520 people) is part of Cao Dương, not of the other Tân Thành.
	[[ "$output" == *$'\n05008,0,population_2019,apportion,14367,'* ]]
	[[ "$output" == *$'\n04882,0.26340545625587'*',population_2019,apportion,3189,'* ]]
}

@test "a unit that the crosswalk lacks is named and its loss shows" {
	printf '%s\n' 'code,n' '01,100' '02,50' '03,31' '3,7' > "$FILE"
	carry
	[ "$status" -eq 0 ]
	[ "${lines[-1]}" = "3,,n,apportion,,,,,,,,,,,0,1,,no-match" ]
	[[ "$stderr" == *"Total of 'n': 188 before, 181 after: the difference stands in the rows with a note."* ]]
	[[ "$stderr" == *"Not in the crosswalk, so not carried: 1 row: '3' (line 5"* ]]
}

@test "shares that do not sum to 1" {
	printf '%s\n' 'from,to,share' '01,A,0.6' '01,B,0.3' '02,B,1' > "$WALK"
	carry
	[ "$status" -eq 1 ]
	[ "$stderr" = "keng: $WALK:2: column 'share': the shares of '01' do not sum to 1" ]
}

@test "a pair that stands twice" {
	printf '%s\n' 'from,to,share' '01,A,0.6' '01,A,0.4' > "$WALK"
	carry
	[ "$status" -eq 1 ]
	[ "$stderr" = "keng: $WALK:3: column 'to': the pair '01' to this unit stands twice; give it one row" ]
}

@test "a unit that stands twice in a period" {
	printf '%s\n' 'code,n' '01,100' '01,50' > "$FILE"
	carry
	[ "$status" -eq 1 ]
	[ "$stderr" = "keng: $FILE:3: column 'code': unit '01' stands twice; name further --by columns or an --aggregate" ]
}

@test "a split that is not known becomes bounds" {
	printf '%s\n' 'from,to,share' '01,A,' '01,B,' '02,B,1' '03,C,1' > "$WALK"
	carry --where 'year=2019'
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "A,0,n,apportion,100,,,,,,,,0,100,1,0,,unknown-share" ]
	[ "${lines[2]}" = "B,0,n,apportion,50,,,,,,,,50,150,2,0,,unknown-share" ]
}
