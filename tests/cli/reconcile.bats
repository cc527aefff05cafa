#!/usr/bin/env bats
# reconcile: sums of children against reported figures; every difference with its size, nothing compared in silence.
bats_require_minimum_version 1.5.0

setup() {
	KENG=$(realpath "${KENG:-build/keng}")
	cd "$BATS_TEST_DIRNAME/../.."
	DATA=$PWD/datasets/hoa-binh-2020
	cd "$BATS_TEST_TMPDIR"
	printf '%s\n' 'district,year,n,x' 'Hòa Bình,2019,10,0.1' 'hoà bình,2019,20,0.2' 'Đà Bắc,2019,,0.3' \
		'Tân Lạc,2019,7,0.1' 'Kim Bôi,2020,4,1' > children.csv
	printf '%s\n' 'district,year,n,x' 'HOÀ BÌNH,2019,30,0.3' 'Đà Bắc,2019,40,0.3' 'Tân Lạc,2019,9,' 'Kim Bôi,2020,4,1' > parents.csv
	AFTER=",,,,,,,," # std_error to bound_high
}

reconcile() {
	run --separate-stderr "$KENG" reconcile "$@" --format csv
}

# Population and households of the census of 2019; the province's figure is the census's own.
@test "communes sum to their districts, districts to the province, to the person" {
	reconcile "$DATA/communes.csv" --value population_2019,households_2019 --by district --parents "$DATA/districts.csv" --parent-by name
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 21 ]
	[ "${lines[1]}" = "Thành phố Hòa Bình,135718,135718,population_2019,sum-of-parts,0$AFTER,,19,0,persons," ]
	[ "$stderr" = "keng: note: Figures that agree: 20 of 20." ]
	printf 'residents\n854131\n' > province.csv
	reconcile "$DATA/districts.csv" --value population_2019 --parents province.csv --parent-value residents
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "854131,854131,population_2019,sum-of-parts,0$AFTER,,10,0,persons," ]
}

# Statistical yearbook 2021: the ten districts of each year and the province's total, printed by it.
@test "districts sum to the province in each year; years of one side only are listed" {
	reconcile "$DATA/population-district-year.csv" --value population --by year --parents "$DATA/population-province-year.csv" --matched-only
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 6 ]
	[ "${lines[5]}" = "2021,871724,871724,population,sum-of-parts,0$AFTER,,10,0,persons," ]
	[[ "$stderr" == *"Keys among the parents only (22): year=1995; year=1996; "*"; ..."* ]]
	reconcile "$DATA/population-district-year.csv" --value population --by year --parents "$DATA/population-province-year.csv"
	[ "$status" -eq 1 ]
	[ "${lines[1]}" = "1995,718500,,population,sum-of-parts,$AFTER,,0,0,persons,no-children" ]
}

@test "names meet in any spelling, decimals add as written, what is missing is not known" {
	reconcile children.csv --value n,x --by district,year --parents parents.csv
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = "district,year,reported,sum,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[ "${lines[1]}" = "HOÀ BÌNH,2019,30,30,n,sum-of-parts,0$AFTER,,2,0,," ]
	[ "${lines[2]}" = "HOÀ BÌNH,2019,0.3,0.3,x,sum-of-parts,0$AFTER,,2,0,," ]
	[ "${lines[3]}" = "Đà Bắc,2019,40,,n,sum-of-parts,$AFTER,,0,1,,missing" ]
	[ "${lines[5]}" = "Tân Lạc,2019,9,7,n,sum-of-parts,-2$AFTER,,1,0,,differs" ]
	[ "${lines[6]}" = "Tân Lạc,2019,,0.1,x,sum-of-parts,$AFTER,,1,0,,missing" ]
	[ "${lines[7]}" = "Kim Bôi,2020,4,4,n,sum-of-parts,0$AFTER,,1,0,," ]
	[ "$stderr" = "keng: note: Figures that agree: 5 of 6.
keng: note: Rows that cannot be compared: 2; their note says why.
keng: note: Largest difference: district=Tân Lạc, year=2019, 'n': the children sum to 7, reported is 9: -2.
keng: note: Children without a value of 'n': 1, so that their sums are not known: lines 4
keng: note: 2 rows of children spell their key otherwise than the parents (case, composition or tone placement); they are counted." ]
}

@test "a tolerance" {
	reconcile children.csv --where "district = 'Tân Lạc'" --value n --by district,year --parents parents.csv --tolerance 2 --matched-only
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "Tân Lạc,2019,9,7,n,sum-of-parts,-2$AFTER,,1,0,," ]
	[[ "$stderr" == *"Differences up to 2 are taken as none."* ]]
}

@test "keys on one side only; near names and codes are told and never joined" {
	printf '%s\n' 'code,n' '0148,3' '150,4' ',5' > c.csv
	printf '%s\n' 'code,n' '148,3' '150,4' > p.csv
	reconcile c.csv --value n --by code --parents p.csv
	[ "$status" -eq 1 ]
	[ "${lines[1]}" = "148,3,,n,sum-of-parts,$AFTER,,0,0,,no-children" ]
	[ "${lines[2]}" = "150,4,4,n,sum-of-parts,0$AFTER,,1,0,," ]
	[ "${lines[3]}" = "0148,,3,n,sum-of-parts,$AFTER,,1,0,,no-parent" ]
	[ "${lines[4]}" = ",,5,n,sum-of-parts,$AFTER,,1,0,,no-parent" ]
	[[ "$stderr" == *"c.csv:2: code=0148 is not among the parents; did you mean '148'?"* ]]
	[[ "$stderr" == *"c.csv:4: code= is not among the parents."* ]]
	[[ "$stderr" == *"Keys among the parents only (1): code=148"* ]]
}

@test "bounds differ when their ranges do not meet" {
	printf '%s\n' 'd,n' 'a,>30' 'a,5' 'b,<5' 'b,2' 'c,>30' > c.csv
	printf '%s\n' 'd,n' 'a,40' 'b,9' 'c,<20' > p.csv
	reconcile c.csv --value n --by d --parents p.csv
	[ "$status" -eq 1 ]
	[ "${lines[1]}" = "a,40,35,n,sum-of-parts,-5,,,,,,,,-5,,2,0,,bound" ]
	[ "${lines[2]}" = "b,9,6,n,sum-of-parts,-3,,,,,,,,-7,-3,2,0,,differs" ]
	[[ "${lines[3]}" == "c,19,30,n,sum-of-parts,11,,,,,,,,11,,1,0,,differs" ]]
}

@test "errors name file, row, column and what to do" {
	printf '%s\n' 'district,n' 'a,1' 'A,2' > p.csv
	reconcile children.csv --value n --by district --parents p.csv
	[ "$status" -eq 1 ]
	[ "$stderr" = "keng: p.csv:3: column 'district': 'A' stands twice among the parents (first on line 2); name what tells the rows apart with --by, or keep one" ]
	printf '%s\n' 'district,n' 'a,1' ',2' > p.csv
	reconcile children.csv --value n --by district --parents p.csv
	[ "$stderr" = "keng: p.csv:3: column 'district': the key is missing; fill it in or take the row out" ]
	reconcile children.csv --value n,x --parents parents.csv --parent-value n
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: '--parent-value' names 1 columns and '--value' 2; name as many, in the same order" ]
	reconcile children.csv --value n --by year --parents parents.csv --parent-by district,year
	[ "$status" -eq 2 ]
	[ "$stderr" = "keng: '--parent-by' names 2 columns and '--by' 1; name as many, in the same order" ]
	reconcile children.csv --value n --by year --parents parents.csv --parent-by yaer
	[ "$stderr" = "keng: parents.csv: 'yaer' is not a column; did you mean 'year'? (columns: district, year, n, x)" ]
}

# 15 of 500 are 30 per 1000; the mean of the communes' rates, 100 and 12.5, is 56.25.
@test "reported rates against rates of sums, never means of rates" {
	printf '%s\n' 'd,a,p' 'x,10,100' 'x,5,400' 'y,3,300' > counts.csv
	printf '%s\n' 'd,rate' 'x,30' 'y,11' > rates.csv
	"$KENG" participation counts.csv --count a --population p --by d --format csv --quiet > sums.csv
	reconcile sums.csv --value estimate --by d --parents rates.csv --parent-value rate
	[ "$status" -eq 1 ]
	[ "${lines[1]}" = "x,30,30,estimate,sum-of-parts,0$AFTER,,1,0,," ]
	[ "${lines[2]}" = "y,11,10,estimate,sum-of-parts,-1$AFTER,,1,0,,differs" ]
}

@test "a sum that no double holds" {
	printf '%s\n' n 1e308 1e308 > c.csv
	printf '%s\n' n 1 > p.csv
	reconcile c.csv --value n --parents p.csv
	[ "$status" -eq 1 ]
	[ "${lines[1]}" = "1,,n,sum-of-parts,$AFTER,,2,0,,overflow" ]
}

@test "the same bytes for any number of threads" {
	one=$("$KENG" reconcile children.csv --value n,x --by district,year --parents parents.csv --threads 1 --format csv --quiet || true)
	two=$("$KENG" reconcile children.csv --value n,x --by district,year --parents parents.csv --threads 2 --format csv --quiet || true)
	[ -n "$one" ]
	[ "$one" = "$two" ]
}

@test "units that differ are not compared" {
	cat > datapackage.json <<-'JSON'
		{"resources": [
		  {"name": "c", "path": "c.csv", "schema": {"fields": [{"name": "n", "type": "integer", "unit": "persons"}]}},
		  {"name": "p", "path": "p.csv", "schema": {"fields": [{"name": "n", "type": "integer", "unit": "thousand persons"}]}}]}
	JSON
	printf 'n\n3000\n' > c.csv
	printf 'n\n3\n' > p.csv
	reconcile c.csv --value n --parents p.csv
	[ "$status" -eq 1 ]
	[ "$stderr" = "keng: 'n' of the children is in persons, 'n' of the parents in thousand persons; bring them to one unit, as with --let" ]
}
