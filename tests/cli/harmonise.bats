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
	[ "${lines[0]}" = "year,code,apportioned_share,event,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[ "${lines[1]}" = "2019,A,1,split,n,apportion,60,,,,,,,,,,1,0,," ]
	[[ "${lines[2]}" == "2019,B,0.444444"*",transfer,n,apportion,90,,,,,,,,,,2,0,," ]]
	[ "${lines[3]}" = "2019,C,0,rename,n,apportion,31,,,,,,,,,,1,0,," ]
	[ "${lines[6]}" = "2020,C,,rename,n,apportion,,,,,,,,,,,0,1,,missing" ]
}

@test "the census of 2019 on the communes of 2020, to the person" {
	cd datasets/hoa-binh-2020
	case $KENG in /*) ;; *) KENG=../../$KENG ;; esac
	run --separate-stderr "$KENG" harmonise communes-2019.csv --id code --value population_2019 \
		--crosswalk crosswalk-2019-2020.csv --from code_2019 --to code_2020 --share population_share --whole --format csv
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 152 ]
	[[ "$stderr" == *"Total of 'population_2019': 854,131 before, 854,131 after."* ]]
	# Tân Thành of Lương Sơn (04996, 5,520 people) is part of Cao Dương, not of the other Tân Thành.
	[[ "$output" == *$'\n05008,0,merge,population_2019,apportion,14367,'* ]]
	[[ "$output" == *$'\n04882,0.26340545625587'*',transfer,population_2019,apportion,3189,'* ]]
}

@test "a unit that the crosswalk lacks is named and its loss shows" {
	printf '%s\n' 'code,n' '01,100' '02,50' '03,31' '3,7' > "$FILE"
	carry
	[ "$status" -eq 0 ]
	[ "${lines[-1]}" = "3,,,n,apportion,,,,,,,,,,,0,1,,no-match" ]
	[[ "$stderr" == *"Total of 'n': 188 before, 181 after: 7 of it stands in the rows with a note."* ]]
	[[ "$stderr" == *"$FILE:5: column 'code': '3' is not in the crosswalk and not carried; did you mean '03'?"* ]]
}

@test "shares that do not sum to 1" {
	printf '%s\n' 'from,to,share' '01,A,0.6' '01,B,0.3' '02,B,1' '03,C,1' > "$WALK"
	carry --where 'year=2019'
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "A,,,n,apportion,,,,,,,,,,,0,0,,bad-crosswalk" ]
	[ "${lines[2]}" = "B,,,n,apportion,,,,,,,,,,,1,0,,bad-crosswalk" ]
	[ "${lines[3]}" = "C,0,rename,n,apportion,31,,,,,,,,,,1,0,," ]
	[ "${lines[4]}" = "01,,,n,apportion,,,,,,,,,,,0,1,,bad-crosswalk" ]
	[[ "$stderr" == *"Total of 'n': 181 before, 31 after: 150 of it stands in the rows with a note."* ]]
	[[ "$stderr" == *"$WALK:2: column 'share': the shares of '01' sum to 0.9, not to 1; correct them. The unit is not carried."* ]]
}

@test "a pair that stands twice" {
	printf '%s\n' 'from,to,share' '01,A,0.6' '01,A,0.4' '02,B,1' '03,B,1' > "$WALK"
	carry --where 'year=2019'
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "A,,,n,apportion,,"*",bad-crosswalk" ]]
	[[ "${lines[2]}" == "B,0,merge,n,apportion,81,"* ]]
	[[ "$stderr" == *"$WALK:3: column 'to': the pair of '01' and this unit stands on line 2 too; give it one line. The unit is not carried."* ]]
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
	[ "${lines[1]}" = "A,1,split,n,apportion,100,,,,,,,,0,100,1,0,,unknown-share" ]
	[ "${lines[2]}" = "B,0,transfer,n,apportion,50,,,,,,,,50,150,2,0,,unknown-share" ]
}

@test "every commune of 2020 has the published population of 2019, but for the one split that nobody published" {
	cd datasets/hoa-binh-2020
	case $KENG in /*) ;; *) KENG=../../$KENG ;; esac
	"$KENG" harmonise communes-2019.csv --id code --value population_2019,households_2019 --quiet --output "$BATS_TEST_TMPDIR/new.csv" \
		--crosswalk crosswalk-2019-2020.csv --from code_2019 --to code_2020 --share population_share --whole
	cp communes.csv "$BATS_TEST_TMPDIR/communes.csv"
	cd "$BATS_TEST_TMPDIR"
	case $KENG in /*) ;; *) KENG=$OLDPWD/$KENG ;; esac
	run --separate-stderr "$KENG" query new.csv communes.csv --format csv --sql "SELECT c.code, c.population_2019, n.estimate, n.bound_low, n.bound_high
		FROM communes AS c JOIN new AS n ON n.code = c.code WHERE n.term = 'population_2019' AND n.estimate <> c.population_2019"
	[ "$status" -eq 0 ]
	echo "$output"
	# Dân Hạ (04915) went to 04894 and 04921 in parts that are not known: the published figures lie in the bounds.
	for line in "${lines[@]:1}"; do
		IFS=, read -r code published _ low high <<< "$line"
		[ "$code" = 04894 ] || [ "$code" = 04921 ]
		[ "$low" -le "$published" ]
		[ "$published" -le "$high" ]
	done
}

@test "units by name, in any spelling; another name is asked for" {
	printf '%s\n' 'code,n' 'HOÀ BÌNH,100' 'Dà Bắc,50' > "$FILE"
	printf '%s\n' 'from,to' 'Hòa Bình,A' 'Đà Bắc,B' > "$WALK"
	carry
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "A,0,rename,n,apportion,100,"* ]]
	[[ "${lines[2]}" == "B,,rename,n,apportion,,"*",missing" ]]
	[ "${lines[3]}" = "Dà Bắc,,,n,apportion,,,,,,,,,,,0,1,,no-match" ]
	[[ "$stderr" == *"'Dà Bắc' is not in the crosswalk and not carried; did you mean 'Đà Bắc'?"* ]]
	[[ "$stderr" == *"Units of the crosswalk without a row in the data (1): 'Đà Bắc'."* ]]
	[[ "$stderr" == *"1 rows spell their unit otherwise"* ]]
}

@test "validity: each period by the lines that hold on its last day" {
	printf '%s\n' 'code,year,n' 'X,2018,100' 'X,2019,200' 'X,2020,300' > "$FILE"
	printf '%s\n' 'from,to,share,valid_from,valid_to' 'X,A,1,,2018' 'X,A,0.25,2019-01-01,2019-12-31' 'X,B,0.75,2019-01-01,2019-12-31' 'X,B,1,2020-01,' > "$WALK"
	carry --time year
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "2018,A,0,rename,n,apportion,100,"* ]]
	[[ "${lines[2]}" == "2018,B,0,,n,apportion,0,"* ]]
	[[ "${lines[3]}" == "2019,A,1,split,n,apportion,50,"* ]]
	[[ "${lines[4]}" == "2019,B,1,split,n,apportion,150,"* ]]
	[[ "${lines[6]}" == "2020,B,0,rename,n,apportion,300,"* ]]
	[[ "$stderr" == *"Total of 'n': 600 before, 600 after."* ]]
	carry
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: units of '$WALK' change their parts over time; name the column with the period with '--time COL'" ]
}

@test "a time at which a unit is not valid" {
	printf '%s\n' 'code,year,n' 'X,2018,100' 'X,2019,200' > "$FILE"
	printf '%s\n' 'from,to,valid_to' 'X,A,2018' > "$WALK"
	carry --time year
	[ "$status" -eq 0 ]
	[ "${lines[3]}" = "2019,X,,,n,apportion,,,,,,,,,,,0,1,,no-match" ]
	[[ "$stderr" == *"$FILE:3: column 'code': 'X' is in the crosswalk, but not valid at that time; it is not carried."* ]]
}

@test "validity that overlaps" {
	printf '%s\n' 'from,to,valid_from,valid_to' 'X,A,,2019' 'Y,A,,' 'X,B,2019,' > "$WALK"
	printf '%s\n' 'code,year,n' 'X,2019,5' 'Y,2019,7' > "$FILE"
	carry --time year
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "2019,A,,,n,apportion,,"*",bad-crosswalk" ]]
	[[ "${lines[3]}" == "2019,X,,,n,apportion,,"*",bad-crosswalk" ]]
	[[ "$stderr" == *"$WALK:4: column 'valid_from': the validity of 'X' overlaps that of line 2; let one end before the other starts. The unit is not carried."* ]]
	printf '%s\n' 'from,to,valid_from,valid_to' 'X,A,2019,2018' > "$WALK"
	carry --time year
	[ "$stderr" = "keng: $WALK:2: column 'valid_to': '2018' lies before valid_from; it is the last period" ]
	printf '%s\n' 'from,to,valid_from' 'X,A,soon' > "$WALK"
	carry --time year
	[ "$stderr" = "keng: $WALK:2: column 'valid_from': 'soon' is no period; write 2020, 2020-05, 2020-Q1 or 2020-05-17" ]
}

@test "rates are rebuilt from the carried counts" {
	printf '%s\n' 'code,n,pop' '01,100,1000' '02,50,4000' '03,31,310' > "$FILE"
	run --separate-stderr "$KENG" harmonise "$FILE" --id code --value n,pop --rate n/pop --multiplier 100 --crosswalk "$WALK" --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[7]}" == "A,1,split,n/pop,apportion,10,"*",per 100 pop,"* ]]
	# 0.4 of 100 and 50, by 0.4 of 1000 and 4000
	[[ "${lines[8]}" == "B,0.444444"*",transfer,n/pop,apportion,2.0454545454545"* ]]
	[[ "$stderr" == *"Total of 'pop': 5,310 before, 5,310 after."* ]]
	run --separate-stderr "$KENG" harmonise "$FILE" --id code --value n --rate n/pop --crosswalk "$WALK"
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: 'pop' of --rate is not carried; name it in --value too" ]
}

@test "a column that is itself a rate" {
	mkdir -p "$BATS_TEST_TMPDIR/pack"
	printf '%s\n' 'code,rate' '01,5' > "$BATS_TEST_TMPDIR/pack/old.csv"
	printf '%s' '{"resources":[{"name":"old","path":"old.csv","schema":{"fields":[{"name":"code","type":"string"},{"name":"rate","type":"number","unit":"per 1,000 persons"}]}}]}' > "$BATS_TEST_TMPDIR/pack/datapackage.json"
	run --separate-stderr "$KENG" harmonise "$BATS_TEST_TMPDIR/pack/old.csv" --id code --value rate --crosswalk "$WALK"
	[ "$status" -eq 1 ]
	[ "$stderr" = "keng: $BATS_TEST_TMPDIR/pack/old.csv: column 'rate': a rate (per 1,000 persons) does not add; carry its count and its population, and rebuild it with --rate COUNT/POPULATION" ]
}

@test "a rename is no boundary change, and what is called one must be one" {
	printf '%s\n' 'from,to,event' '01,A,rename' '02,02,' '03,B,merge' '04,B,merge' > "$WALK"
	carry --where 'year=2019'
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "A,0,rename,n,apportion,100,"* ]]
	[[ "${lines[2]}" == "02,0,,n,apportion,50,"* ]]
	[[ "$stderr" == *"New units: 1 as before, 1 renamed, 1 merged from whole units, 0 a part of one unit, 0 made with parts of several."* ]]
	printf '%s\n' 'from,to,event' '01,A,rename' '02,A,merge' '03,C,' > "$WALK"
	carry
	[ "$status" -eq 1 ]
	[ "$stderr" = "keng: $WALK:2: column 'event': '01' is renamed, but shares a unit with others; a rename is one to one" ]
}

@test "one share that is missing is the rest" {
	printf '%s\n' 'from,to,share' '01,A,0.6' '01,B,' '02,B,' '03,C,' > "$WALK"
	carry --where 'year=2019'
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "A,1,split,n,apportion,60,"* ]]
	[[ "${lines[2]}" == "B,0.444444"*",transfer,n,apportion,90,"* ]]
}

@test "negative and bounded values" {
	printf '%s\n' 'code,n' '01,-5' '02,>50' '03,31' > "$FILE"
	printf '%s\n' 'from,to' '01,A' '02,B' '03,B' > "$WALK"
	carry
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "A,,rename,n,apportion,,"*",negative" ]]
	[[ "${lines[2]}" == "B,0,merge,n,apportion,81,,,,,,,,81,,2,0,,bound" ]]
}
