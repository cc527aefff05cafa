#!/usr/bin/env bats
# growth: calendar lags, breaks, bounds, contributions, notes, bad input.

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/series.csv"
	printf '%s\n' place,year,value,people a,2002,121,100 a,2000,100,100 a,2001,110,0 b,2000,50,100 b,2002,50,100 > "$FILE"
}

growth() {
	run "$KENG" growth "$FILE" --time year --value value --format csv --quiet "$@"
}

@test "compound growth over unsorted rows, with first and last period" {
	growth --by place
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "place,from,to,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[[ "${lines[1]}" == a,2000,2002,cagr,cagr,10*,"3,0,% per year," ]]
	[[ "${lines[2]}" == a,2000,2002,doubling_time,cagr,7.2725408973417* ]]
	[[ "${lines[3]}" == b,2000,2002,cagr,cagr,0,* ]]
}

@test "the lag goes by the calendar: a gap is a note, not the row before" {
	growth --by place --method change
	[[ "${lines[1]}" == a,2000,2001,2001,change,10,* ]]
	[[ "${lines[3]}" == b,2001,2002,2002,change,,*gap ]]
	growth --by place --method change --lag 2
	[[ "${lines[1]}" == a,2000,2002,2002,change,21,*"% over 2 years", ]]
}

@test "contributions add up to the total, whose group cell is empty" {
	growth --by place --method contribution --lag 2
	[[ "${lines[1]}" == a,2000,2002,2002,contribution,14,* ]]
	[[ "${lines[2]}" == b,2000,2002,2002,contribution,0,* ]]
	[[ "${lines[3]}" == ,2000,2002,2002,contribution,14,* ]]
}

@test "a zero population is left out and its line is named" {
	run "$KENG" growth "$FILE" --time year --value value --population people --by place --format csv
	[[ "$output" == *"Rows left out, because 'people' is missing, zero or negative: 1 (lines: 4)."* ]]
	[[ "$output" == *"a,2000,2002,cagr,cagr,10"*"2,1,% per year,"* ]]
}

@test "no rate is computed across a series break" {
	run "$KENG" growth datasets/hoa-binh-2020/population-province-year.csv --time year --value population \
		--method change --format csv --quiet
	[ "$status" -eq 0 ]
	[[ "$output" == *"2007,2008,2008,change,,,,,,,,,,,0,1,% per year,series-break"* ]]
	[[ "$output" == *"2016,2017,2017,change,,,,,,,,,,,0,1,% per year,series-break"* ]]
}

@test "count models carry bounds of counts and of the population" {
	printf '%s\n' 'year,n,pop' '2000,10,100' '2001,20,100' '2002,>40,<=100' > "$BATS_TEST_TMPDIR/b.csv"
	run "$KENG" growth "$BATS_TEST_TMPDIR/b.csv" --time year --value n --method poisson,negative-binomial --format csv
	[[ "${lines[1]}" == 2000,2002,apc,poisson,*,100,,3,0,%\ per\ year,bound ]]
	[[ "$output" != *"stated figures"* ]]
	run "$KENG" growth "$BATS_TEST_TMPDIR/b.csv" --time year --value n --population pop --where 'year > 2000' --quiet --format csv
	[[ "${lines[1]}" == 2001,2002,cagr,cagr,100,*,100,,2,0,%\ per\ year,bound ]]
	run "$KENG" growth "$BATS_TEST_TMPDIR/b.csv" --time year --value n --method negative-binomial --format csv
	[[ "${lines[1]}" == 2000,2002,apc,negative-binomial,100,*,100,,3,0,%\ per\ year,bound ]]
}

@test "a bound gives a range that is open upwards" {
	printf '%s\n' year,value 2000,20000 2001,'>30000' > "$FILE"
	growth --method change
	[ "${lines[1]}" = "2000,2001,2001,change,50,,,,,,,,50,,2,0,% per year,bound" ]
}

@test "zero, negative and short series say why" {
	printf '%s\n' year,value 2000,0 2001,5 > "$FILE"
	growth --method change,cagr,log-linear
	[[ "${lines[1]}" == *,change,,*new ]]
	[[ "${lines[2]}" == *,cagr,,*new ]]
	[[ "${lines[4]}" == *,apc,log-linear,,*too-few ]]
	printf '%s\n' year,value 2020-01,4 2020-07,5 > "$FILE"
	growth
	[[ "${lines[1]}" == 2020-01,2020-07,cagr,cagr,,*short-span ]]
}

@test "the chart of a model has the data, the model, its band and the breaks" {
	command -v gnuplot > /dev/null || skip "gnuplot is not installed"
	for method in log-linear poisson quasi-poisson negative-binomial; do
		run "$KENG" growth datasets/hoa-binh-2020/population-province-year.csv --time year --value population \
			--method "$method" --plot "$BATS_TEST_TMPDIR/model.svg" --quiet
		[ "$status" -eq 0 ]
		grep -q "with its 95% band" "$BATS_TEST_TMPDIR/model.svg"
		grep -q "boundary change" "$BATS_TEST_TMPDIR/model.svg"
		[ "$(grep -c "APC" "$BATS_TEST_TMPDIR/model.svg")" -ge 3 ]
	done
}

@test "the same bytes for any number of threads" {
	growth --by place --method cagr,change,contribution,log-linear,poisson --threads 1
	one="$output"
	growth --by place --method cagr,change,contribution,log-linear,poisson --threads 2
	[ "$output" = "$one" ]
}

@test "zero, negative and missing values under a logarithm: the line, the reason, and what takes them" {
	printf '%s\n' place,year,value a,2000,0 a,2001,5 a,2002,7 b,2000,3 b,2001,-4 b,2002,6 c,2000,1 c,2001, c,2002,4 > "$FILE"
	run "$KENG" growth "$FILE" --time year --value value --by place --method log-linear --format csv
	[ "$status" -eq 0 ]
	[[ "$output" == *"a,2000,2002,apc,log-linear,,,,,,,,,,,3,0,% per year,zero-value"* ]]
	[[ "$output" == *"b,2000,2002,apc,log-linear,,,,,,,,,,,3,0,% per year,negative"* ]]
	[[ "$output" == *"c,2000,2002,apc,log-linear,,,,,,,,,,,2,1,% per year,too-few"* ]]
	[[ "$output" == *"'value' is missing (lines: 9): left out and counted in n_missing."* ]]
	[[ "$output" == *"'value' is zero (lines: 2): it has no logarithm; the methods poisson, quasi-poisson and negative-binomial take zeros."* ]]
	[[ "$output" == *"'value' is negative (lines: 6): it has no logarithm and no rate of growth; the program trend with the method theil-sen takes negative values."* ]]
	growth --by place --method poisson
	[[ "${lines[1]}" == a,2000,2002,apc,poisson,* ]]
	[[ "${lines[1]}" == *"% per year," ]]
	[[ "${lines[4]}" == b,2000,2002,apc,poisson,,*negative ]]
}

@test "constant series, two points and one point have a note" {
	printf '%s\n' place,year,value a,2000,4 a,2001,4 a,2002,4 a,2003,4 b,2000,4 b,2001,6 c,2000,4 > "$FILE"
	growth --by place --method cagr,log-linear,poisson,quasi-poisson,negative-binomial
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == a,2000,2003,cagr,cagr,0,*,no-spread ]]
	[[ "$output" == *a,2000,2003,apc,log-linear,0,,*exact-fit* ]]
	[[ "$output" == *a,2000,2003,apc,poisson,0,22.3*no-spread* ]]
	[[ "$output" == *a,2000,2003,apc,quasi-poisson,0,,,,*exact-fit* ]]
	for method in log-linear poisson quasi-poisson negative-binomial; do
		[[ "$output" == *"b,2000,2001,apc,$method,,,,,,,,,,,2,0,% per year,too-few"* ]]
		[[ "$output" == *"c,2000,2000,apc,$method,,,,,,,,,,,1,0,% per year,too-few"* ]]
	done
	[[ "$output" == *"c,2000,2000,cagr,cagr,,,,,,,,,,,1,0,% per year,too-few"* ]]
	[[ "$output" != *nan* ]]
}

@test "a change too large for a number has a note" {
	printf '%s\n' year,value 2000,1e-300 2001,1e300 2002,1e300 > "$FILE"
	growth --method change
	[ "${lines[1]}" = "2000,2001,2001,change,,,,,,,,,,,0,1,% per year,overflow" ]
	[[ "${lines[2]}" == 2001,2002,2002,change,0,* ]]
}

@test "a time column that mixes kinds, or holds no years, is an error with line and column" {
	printf '%s\n' year,value 2000,3 2001-05,4 > "$FILE"
	growth
	[ "$status" -eq 1 ]
	[ "$output" = "keng: $FILE:3: column 'year': '2001-05' is a period of another kind than those above; use one kind in a column" ]
	printf '%s\n' year,value 2000,3 20200101,4 > "$FILE"
	growth
	[ "$output" = "keng: $FILE:3: column 'year': '20200101' is no period; years have at most six digits" ]
}

with_break() {
	printf '%s\n' year,value 2000,10 2001,11 2002,12 > "$FILE"
	printf '{"name":"d","resources":[{"name":"series","path":"series.csv","breaks":[{"period":"%s","label":"law"}],"schema":{"fields":[{"name":"year","type":"integer"},{"name":"value","type":"number"}]}}]}' \
		"$1" > "$BATS_TEST_TMPDIR/datapackage.json"
}

@test "a break after the last period splits nothing and is said; one that is no period is an error" {
	with_break 2030
	run "$KENG" growth "$FILE" --time year --value value --format csv
	[[ "$output" == *"2000,2002,cagr,cagr,9.5"* ]]
	[[ "$output" == *"The break at 2030 lies after the last period: it splits nothing."* ]]
	with_break 20O1
	growth
	[ "$status" -eq 1 ]
	[[ "$output" == *"'20O1' in breaks is no period; write 2020, 2020-05, 2020-Q1 or 2020-05-17"* ]]
}

@test "usage errors name the cause" {
	growth --by place --method index --base 2O00
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '2O00' in --base is no period; write it as in the column 'year': 2020, 2020-05, 2020-Q1 or 2020-05-17" ]
	growth --method contribution
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'contribution' needs groups; name their column with --by" ]
}

@test "an option that no method asked for uses is refused" {
	growth --by place --base 2001
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '--base' is used by the method index alone; ask for it with --method or leave --base out" ]
	growth --by place --lag 2
	[ "$output" = "keng: '--lag' is used by the methods change and contribution; ask for one with --method or leave --lag out" ]
	growth --by place --covariance hc3
	[ "$output" = "keng: '--covariance' is used by the methods log-linear, poisson, quasi-poisson and negative-binomial; ask for one with --method or leave it out" ]
	growth --by place --method poisson --covariance cluster
	[ "$output" = "keng: 'cluster' in --covariance needs the column of the clusters; name it with --cluster" ]
}

# Expected: R 4.2, vcovHC and CR1 by their formulas on glm(value ~ year, poisson).
@test "robust and clustered standard errors are named, and few clusters noted" {
	printf '%s\n' year,half,value 2000,1,20 2001,1,26 2002,1,24 2003,2,31 2004,2,30 2005,2,41 > "$FILE"
	run "$KENG" growth "$FILE" --time year --value value --method poisson --covariance hc3 --format csv
	[[ "$output" == *"keng: note: standard errors: hc3"* ]]
	[[ "$output" == *"apc,poisson,13.288792516984"*",4.00723324"* ]]
	run "$KENG" growth "$FILE" --time year --value value --method poisson --cluster half --format csv
	[[ "$output" == *"keng: note: standard errors: clustered by 'half' (CR1: G/(G-1) (n-1)/(n-k), t with G-1 degrees of freedom)"* ]]
	[[ "$output" == *"% per year,few-clusters"* ]]
}

@test "the total of the contributions is named as such" {
	run "$KENG" growth "$FILE" --time year --value value --by place --method contribution --lag 2 --format csv
	[[ "$output" == *"Rows with empty group cells are the total of all groups: contributions add up to them."* ]]
}

@test "a period that is there twice is an error with its lines" {
	growth
	[ "$status" -eq 1 ]
	[ "$output" = "keng: $FILE:5: column 'year': '2000' is there twice (first on line 3); name what tells the rows apart with --by, or fold them with --aggregate sum, mean, min or max" ]
}

@test "a series without any residual has an estimate and no test" {
	printf '%s\n' year,value 2000,5 2001,5 2002,5 2003,5 > "$FILE"
	growth --method log-linear
	[ "${lines[1]}" = "2000,2003,apc,log-linear,0,,,,,,2,,,,4,0,% per year,exact-fit" ]
	growth --method quasi-poisson
	[ "${lines[1]}" = "2000,2003,apc,quasi-poisson,0,,,,,,2,,,,4,0,% per year,exact-fit" ]
}

@test "an index needs a base that some row has" {
	printf 'year,n\n2001,5\n2002,7\n2003,8\n' > "$BATS_TEST_TMPDIR/g.csv"
	run "$KENG" growth "$BATS_TEST_TMPDIR/g.csv" --time year --value n --method index --base 1900
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '1900' in --base is in no row of 'year'; choose one of its periods from 2001 to 2003" ]
}
