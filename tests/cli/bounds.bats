#!/usr/bin/env bats
# Bounds such as ">30000" and "<5" from the file to the result: through SQL, derived columns, folding; never silently lost.

setup() {
	KENG="${KENG:-$BATS_TEST_DIRNAME/../../build/keng}"
	cd "$BATS_TEST_TMPDIR"
	printf '%s\n' 'p,v,n' 'a,>30000,100' 'b,<5,50' 'b,12,70' > panel.csv
}

# Rows of a query as JSON, without blanks.
rows() {
	"$KENG" query panel.csv --sql "$1" --format json | tr -d '\n ' | sed 's/.*"rows"://; s/}$//'
}

@test "a figure lies within its range: <5 of whole numbers is 0 to 4, its estimate 4" {
	[ "$(rows "SELECT v FROM panel WHERE n = 50")" = '[{"v":4,"v_low":0,"v_high":4}]' ]
	run "$KENG" participation panel.csv --count v --population n --where 'n = 50' --multiplier 100 --format csv
	[[ "${lines[1]}" == rate,byar,8,*,0,8,1,0,* ]]
	run "$KENG" participation panel.csv --count v --population n --aggregate sum --by p --format csv
	[[ "${lines[2]}" == b,rate,byar,133.33333333333334,*,100,133.33333333333334,1,0,* ]]
}

@test "aggregates, arithmetic, CASE and inner queries carry bounds" {
	[ "$(rows 'SELECT p, sum(v) AS s FROM panel GROUP BY p')" = \
		'[{"p":"a","s":30000,"s_low":30000,"s_high":null},{"p":"b","s":16,"s_low":12,"s_high":16}]' ]
	[ "$(rows 'SELECT v - n AS d, 100.0 * n / v AS r FROM panel WHERE n = 50')" = \
		'[{"d":-46,"d_low":-50,"d_high":-46,"r":1250,"r_low":1250,"r_high":null}]' ]
	[ "$(rows "SELECT max(CASE WHEN p = 'a' THEN v END) AS a, (SELECT v FROM panel WHERE n = 50) AS x FROM panel")" = \
		'[{"a":30000,"a_low":30000,"a_high":null,"x":4,"x_low":0,"x_high":4}]' ]
	[ "$(rows 'SELECT sum(v) OVER (PARTITION BY p) AS s FROM panel WHERE n = 70')" = '[{"s":12,"s_low":12,"s_high":12}]' ]
}

@test "a share of itself is sharp: numerator and denominator move together" {
	[ "$(rows 'SELECT 1.0 * v / (v + n) AS share FROM panel WHERE n = 50')" = \
		'[{"share":0.07407407407407407,"share_low":0,"share_high":0.07407407407407407}]' ]
	[ "$(rows 'SELECT (v + 1.0) / (v + 1) AS one FROM panel WHERE n = 50')" = '[{"one":1,"one_low":1,"one_high":1}]' ]
}

@test "a share of an open end has its limit: more than 30000 of that and 10000 is 0.75 to 1" {
	[ "$(rows 'SELECT 1.0 * v / (v + 10000) AS share, 1.0 * (v - n) / (v + n) AS gap FROM panel WHERE n = 100')" = \
		'[{"share":0.75,"share_low":0.75,"share_high":1,"gap":0.9933554817275747,"gap_low":0.9933554817275747,"gap_high":1}]' ]
	[ "$(rows 'SELECT 1.0 * v / n AS r, 1.0 * n / v AS s FROM panel WHERE n = 100')" = \
		'[{"r":300,"r_low":300,"r_high":null,"s":0.0033333333333333335,"s_low":0,"s_high":0.0033333333333333335}]' ]
}

@test "derived columns carry bounds, also of each other" {
	run "$KENG" participation panel.csv --let 'w = v * 2' --let 'z = w + n' --count z --population n --where 'n = 50' --multiplier 1 --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == rate,byar,1.16,*,1,1.16,1,0,* ]]
}

@test "what cannot carry them says so" {
	run "$KENG" query panel.csv --sql 'SELECT v * v AS square FROM panel' --format csv
	[ "${lines[${#lines[@]} - 1]}" = "keng: note: 'square' is computed from stated figures: the bounds in 'v' cannot be carried through it" ]
	run "$KENG" participation panel.csv --let 'q = abs(v)' --count q --population n --format csv
	[[ "$output" == *"'q' is computed from stated figures: the bounds in 'v' cannot be carried through it"* ]]
	run "$KENG" query panel.csv --sql 'SELECT n FROM panel WHERE v > 10' --format csv
	[[ "$output" == *"Conditions and inner queries compare 'v' at its stated figures, though some are bounds"* ]]
	run "$KENG" regress panel.csv --formula 'v ~ n' --format csv
	[[ "$output" == *"Bounds in 'v' are taken at their stated figures here: 2"* ]]
	run "$KENG" regress panel.csv --formula 'v ~ n' --lang vi --format csv
	[[ "$output" == *"Các cận trong 'v'"* ]]
}

@test "a rounded figure is a range around it" {
	mkdir data
	printf '%s\n' 'v,how,n' '1500,rounded_1000,100' '10,rounded_5,50' '0,rounded_5,50' > data/r.csv
	printf '%s' '{"resources":[{"name":"r","path":"r.csv","schema":{"fields":[{"name":"v","type":"integer","qualifier":"how"},{"name":"how","type":"string"},{"name":"n","type":"integer"}]}}]}' > data/datapackage.json
	run "$KENG" query data/r.csv --sql 'SELECT v_low, v_high FROM r' --format csv
	[ "$output" = "v_low,v_high
1000,2000
8,12
0,2" ]
}

@test "cells of different rows are different figures" {
	[ "$(rows "SELECT max(CASE WHEN n = 100 THEN v END) - max(CASE WHEN n = 50 THEN v END) AS d FROM panel")" = \
		'[{"d":29996,"d_low":29996,"d_high":null}]' ]
	run "$KENG" query panel.csv --sql 'SELECT max(CASE WHEN n > 50 THEN v END) - max(CASE WHEN n > 60 THEN v END) AS d FROM panel' --format csv
	[[ "$output" == *"'d' is computed from stated figures"* ]]
	run "$KENG" query panel.csv --sql 'WITH c AS (SELECT n FROM panel) SELECT count(*) AS v FROM c' --format csv
	[ "$output" = "v
3" ]
}

@test "the base of an index is 100, whatever its bound" {
	printf '%s\n' 'year,v' '2000,>200' '2001,300' > index.csv
	run "$KENG" growth index.csv --time year --value v --method index --format csv
	[ "${lines[1]}" = "2000,2000,2000,index,100,,,,,,,,,,2,0,base = 100," ]
	[ "${lines[2]}" = "2000,2001,2001,index,150,,,,,,,,0,150,2,0,base = 100,bound" ]
}

@test "a sum that is more than its least figure is shown by its least figure" {
	run "$KENG" query panel.csv --sql 'SELECT sum(v) AS s FROM panel' --format csv
	[ "$output" = $'s\n≥30012' ]
	run "$KENG" query panel.csv --sql 'SELECT sum(v) AS s FROM panel' --format table
	[[ "$output" == *'≥30,012'* ]]
}

@test "a target made of bounds says that these are taken at their stated figures" {
	run "$KENG" funnel panel.csv --count v --population n --format csv
	[[ "$output" == *'from all places together at their stated figures, though some are bounds.'* ]]
}

# A table with words before its figures, and a schema that says v is a number.
write_words() {
	mkdir data
	printf '%s\n' 'p,v' 'a,"more than 30,000"' 'b,"nearly 30,000"' 'c,"At least 7"' 'd,"hơn 2,000"' 'e,12' 'f,dưới 5' > data/w.csv
	printf '%s' '{"resources":[{"name":"w","path":"w.csv","schema":{"fields":[{"name":"p","type":"string"},{"name":"v","type":"integer","groupChar":","}]}}]}' > data/datapackage.json
}

@test "words before figures are bounds where the schema says that the column is a number" {
	write_words
	run "$KENG" query data/w.csv --sql 'SELECT v_low, v_high FROM w' --format csv
	[ "$output" = "v_low,v_high
30000,
0,30000
7,
2000,
12,12
0,4" ]
}

@test "a figure that is about right, or rounded, is a range by its words" {
	write_words
	printf '%s\n' 'p,v' 'a,"30,000 (rounded to 1,000)"' 'b,"about 30,000"' 'c,khoảng 7' 'd,"30,000 (rounded)"' 'e,5 trở lên' > data/w.csv
	run "$KENG" query data/w.csv --sql 'SELECT v, v_low, v_high FROM w' --quiet --format csv
	[ "$output" = "v,v_low,v_high
30000,29500,30500
30000,25000,35000
7,6,8
30000,25000,35000
≥5,5," ]
	run "$KENG" participation data/w.csv --count v --let 'pop = 100000' --population pop --by p --where "p = 'a'" --multiplier 1000 --quiet --format csv
	[[ "${lines[1]}" == a,rate,byar,300,*,295,305,1,0,* ]]
}

@test "<5 is 0 to 4, or 1 to 4 where the file writes zeros" {
	[ "$(rows "SELECT v_low, v_high FROM panel WHERE n = 50")" = '[{"v_low":0,"v_high":4}]' ]
	run "$KENG" query panel.csv --sql "SELECT v_low, v_high FROM panel WHERE n = 50" --small-from 1 --format csv
	[ "$output" = $'v_low,v_high\n1,4' ]
	run "$KENG" participation panel.csv --count v --population n --by p --aggregate sum --small-from 1 --multiplier 120 --format csv
	[[ "${lines[2]}" == b,rate,byar,16,*,13,16,1,0,* ]]
	run "$KENG" query panel.csv --sql "SELECT v FROM panel" --small-from 2
	[ "$status" -eq 2 ]
}

@test "words without a figure, or run together with it, are no numbers" {
	write_words
	for cell in 'more than' 'about7' 'overt 7' 'over7' 'hơn hơn 7'; do
		printf '%s\n' 'p,v' "a,$cell" > data/w.csv
		run "$KENG" query data/w.csv --sql 'SELECT v FROM w'
		[ "$status" -eq 1 ]
	done
}

@test "a column of words stays text where no schema says otherwise" {
	printf '%s\n' 'age,v' 'under 5,3' 'over 65,2' > age.csv
	run "$KENG" query age.csv --sql 'SELECT DISTINCT typeof(age) AS t FROM age' --format csv
	[ "$output" = "t
text" ]
}

@test "the same words stand in a qualifier column" {
	mkdir data
	printf '%s\n' 'v,how' '30,nearly' '30,hơn' '30,at least' '30,<' > data/r.csv
	printf '%s' '{"resources":[{"name":"r","path":"r.csv","schema":{"fields":[{"name":"v","type":"integer","qualifier":"how"},{"name":"how","type":"string"}]}}]}' > data/datapackage.json
	run "$KENG" query data/r.csv --sql 'SELECT v_low, v_high FROM r' --format csv
	[ "$output" = "v_low,v_high
0,30
30,
30,
0,29" ]
}

@test "CSV says which columns have two ends that it cannot show" {
	mkdir data
	printf '%s\n' 'v,how' '1500,rounded_1000' '30,nearly' '4,more_than' > data/r.csv
	printf '%s' '{"resources":[{"name":"r","path":"r.csv","schema":{"fields":[{"name":"v","type":"integer","qualifier":"how"},{"name":"how","type":"string"}]}}]}' > data/datapackage.json
	run "$KENG" query data/r.csv --sql 'SELECT v FROM r' --format csv
	[[ "$output" == *"keng: note: CSV shows 'v' without the two ends of its bounds (rows: 1); JSON has both"* ]]
}

@test "pictures: the bound is an arrow beside the whisker of the interval, and the footer says what it means" {
	printf '%s\n' 'p,v,n' 'a,>30,1000' 'b,<25,900' 'c,22,800' > panel.csv
	"$KENG" participation panel.csv --count v --population n --by p --plot bar.svg --with-script --quiet > /dev/null
	# whisker of a at its middle (1), its arrow 0.2 of a bar of 0.72 farther; b's line likewise; c has none
	grep -Eq '^1 20\.2[0-9]* 0 22\.5' bar.gp
	grep -Eq '^1\.144 30 0 [0-9.]+$' bar.gp
	grep -Eq '^2\.144 26\.66[0-9]* 0 -26\.66' bar.gp
	[ "$(grep -c '^3\.144' bar.gp)" -eq 0 ]
	grep -q 'Arrows: bounds' bar.svg
	grep -q 'Dark lines: bounds' bar.svg
	"$KENG" funnel panel.csv --count v --population n --by p --plot funnel.svg --with-script --quiet > /dev/null
	grep -q 'vectors head filled' funnel.gp
	grep -q 'Arrows: bounds' funnel.svg
}
