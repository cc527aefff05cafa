#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
# regress: formulas, groups, weights, offsets, clusters, charts, bad input.

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/districts.csv"
	cat > "$FILE" <<-'END'
		district,province,pop,cases,income,region,year,w
		Đà Bắc,A,1000,5,2.5,north,2015,1
		Mai Châu,A,2000,8,3.5,south,2015,2
		Kim Bôi,A,0,0,1.0,north,2015,1
		Lạc Sơn,B,1500,12,,south,2015,1
		Tân Lạc,B,1200,3,4.0,north,2015,0
		Cao Phong,B,900,1,4.5,south,2015,3
		Đà Bắc,A,1000,5,2.4,north,2016,1
		Mai Châu,A,2000,8,3.6,south,2016,2
		Kim Bôi,A,10,0,1.1,north,2016,1
		Lạc Sơn,B,1500,12,6.0,south,2016,1
		Tân Lạc,B,1200,3,4.1,north,2016,2
	END
}

@test "names as in R, then the summary; dropped rows are counted and said" {
	run --separate-stderr "$KENG" regress "$FILE" --formula 'cases ~ income + region' --format csv
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[[ "${lines[1]}" == "(Intercept),ols,"*,10,1,, ]]
	[[ "${lines[2]}" == income,ols,* ]]
	[[ "${lines[3]}" == regionsouth,ols,* ]]
	[[ "${lines[4]}" == r_squared,ols,* ]]
	[[ "${lines[5]}" == adj_r_squared,ols,* ]]
	[[ "${lines[6]}" == sigma,ols,* ]]
	[[ "${lines[7]}" == f_statistic,ols,* ]]
	[ "${#lines[@]}" -eq 8 ]
	[ "$stderr" = "keng: note: 1 of 11 rows left out because a cell is missing: lines 5" ]
}

@test "a NIST set from the command line" {
	run "$KENG" regress tests/cases/data/strd-linear.csv --where "\"set\"='Norris'" --formula 'y ~ x' --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "(Intercept),ols,-0.2623230737740"* ]]
	[[ "${lines[2]}" == x,ols,1.00211681802045* ]]
}

@test "weights make ols wls and rows without weight are listed" {
	run --separate-stderr "$KENG" regress "$FILE" --formula 'cases ~ income' --weights w --by year --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "2015,(Intercept),wls,"*,4,2,, ]]
	[[ "${lines[7]}" == "2016,(Intercept),wls,"*,5,0,, ]]
	[[ "$stderr" == *"keng: note: Rows left out because 'w' (--weights) is zero: 1 (lines: 6)"* ]]
}

@test "counts with an offset: rate ratios, dispersion, zero exposures listed" {
	run --separate-stderr "$KENG" regress "$FILE" --formula 'cases ~ income' --offset pop \
		--method poisson,quasi-poisson,negative-binomial --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == rate_ratio,rr_low,rr_high,term,method,* ]]
	[[ "${lines[1]}" == ",,,(Intercept),poisson,"* ]]
	[[ "${lines[2]}" == 1.16194515832*,income,poisson,* ]]
	[[ "${lines[3]}" == ,,,dispersion,poisson,1.0271014865* ]]
	[[ "${lines[4]}" == ,,,se_inflation,poisson,1.0134* ]]
	[[ "${lines[9]}" == 1.16194515832*,income,quasi-poisson,* ]]
	[[ "${lines[15]}" == ,,,theta,negative-binomial,*no-overdispersion ]]
	[[ "$stderr" == *"Rows left out because 'pop' (--offset) is zero: 1 (lines: 4)"* ]]
}

@test "collinear columns are named, the others go on; few clusters are noted" {
	run --separate-stderr "$KENG" regress "$FILE" --formula 'cases ~ income + I(2*income)' --cluster district --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[2]}" == income,ols,*,few-clusters ]]
	[ "${lines[3]}" = "I(2 * income),ols,,,,,,,,,,,10,1,,collinear" ]
	[[ "$stderr" == *"clustered by 'district' (CR1: G/(G-1) (n-1)/(n-k), t with G-1 degrees of freedom)"* ]]
}

@test "no intercept is said" {
	run --separate-stderr "$KENG" regress "$FILE" --formula 'cases ~ income - 1' --format csv
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"no intercept: r_squared and f_statistic are about zero, not about the mean"* ]]
}

@test "a level without cases is named, not given a huge number" {
	run "$KENG" regress "$FILE" --where "district in ('Kim Bôi','Mai Châu','Đà Bắc')" --formula 'cases ~ district' \
		--method poisson --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[2]}" == *districtMai\ Châu,poisson,*separation ]]
	[[ "${lines[1]}" == *,separation ]]
}

@test "groups too small to estimate get a note" {
	run "$KENG" regress "$FILE" --formula 'cases ~ income' --by district --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "Đà Bắc,(Intercept),ols,"*,too-few ]]
	[[ "$output" == *"Cao Phong,(Intercept),ols,1,,,,,,,,,,1,0,,too-few"* ]]
}

@test "the same bytes for any number of threads" {
	"$KENG" regress "$FILE" --formula 'cases ~ income' --by year --threads 1 --format csv > "$BATS_TEST_TMPDIR/1" 2> /dev/null
	"$KENG" regress "$FILE" --formula 'cases ~ income' --by year --threads 4 --format csv > "$BATS_TEST_TMPDIR/4" 2> /dev/null
	cmp "$BATS_TEST_TMPDIR/1" "$BATS_TEST_TMPDIR/4"
}

@test "the line is drawn with its band" {
	command -v gnuplot > /dev/null || skip "gnuplot is not installed"
	run "$KENG" regress "$FILE" --formula 'cases ~ income' --plot "$BATS_TEST_TMPDIR/line.svg" --quiet --format csv
	[ "$status" -eq 0 ]
	grep -q '</svg>' "$BATS_TEST_TMPDIR/line.svg"
}

fails() {
	local expected=$1 code=$2
	shift 2
	run "$KENG" regress "$FILE" "$@"
	[ "$status" -eq "$code" ]
	[ "$output" = "keng: ${expected//FILE/$FILE}" ]
}

@test "a misspelt column names the nearest" {
	fails "FILE: 'incom' is not a column; did you mean 'income'? (columns: district, province, pop, cases, income, region, year, w)" \
		2 --formula 'cases ~ incom'
}

@test "a formula that is broken says where" {
	fails "formula 'cases ~ income +' ends too early: expected a column or a function" 2 --formula 'cases ~ income +'
	fails "formula: ')' at character 15 is out of place: expected '+', '-', ':', '*' or the end" 2 --formula 'cases ~ income)'
	fails "formula: 'lg()' is not a function; there are I, exp, factor, log, log10, log1p, log2, sqrt" 2 \
		--formula 'cases ~ lg(income)'
}

@test "a text outcome and a logarithm of zero name line and column" {
	fails "FILE:2: column 'region': 'north' is not a number; correct the cell, or name it with --missing" 1 \
		--formula 'region ~ income'
	fails "FILE:4: column 'pop': 'log(pop)' needs a positive value, found 0; leave such rows out with --where or use another formula" \
		1 --formula 'cases ~ log(pop)'
}

@test "options that do not go together are refused" {
	fails "'wls' needs weights; name their column with --weights" 2 --formula 'cases ~ income' --method wls
	fails "'ols' takes no --offset; use a count model, such as --method poisson, or a rate as the outcome" 2 \
		--formula 'cases ~ income' --offset pop
	fails "'cluster' in --covariance needs the column of the clusters; name it with --cluster" 2 \
		--formula 'cases ~ income' --covariance cluster
	fails "'hc3' in --covariance takes no --cluster; leave one of them out" 2 --formula 'cases ~ income' \
		--covariance hc3 --cluster province
}

@test "values whose squares are no doubles have a note instead of a test" {
	printf '%s\n' y,x 3e307,0 9e307,1e307 6e307,2e307 1.2e308,3e307 6e307,4e307 > "$FILE"
	run "$KENG" regress "$FILE" --formula 'y ~ x' --format csv --quiet
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "(Intercept),ols,5.4"*"e+307,,,,,,,,,,5,0,,overflow" ]]
	[[ "${lines[2]}" == "x,ols,0.8999"*",,,,,,,,,,5,0,,overflow" ]]
	[[ "$output" != *nan* ]]
	[[ "$output" != *inf* ]]
}

@test "a negative weight names line and column" {
	sed -i 's/2015,3$/2015,-3/' "$FILE"
	fails "FILE:7: column 'w': a negative value in --weights: -3; correct it or leave the row out with --where" 1 \
		--formula 'cases ~ income' --weights w
}

@test "of many rows with a missing cell the first ten lines are named" {
	{ echo x,y; for i in $(seq 14); do echo "$i,"; done; printf '1,3\n2,5\n3,6\n4,9\n'; } > "$BATS_TEST_TMPDIR/gaps.csv"
	run --separate-stderr "$KENG" regress "$BATS_TEST_TMPDIR/gaps.csv" --formula 'y ~ x' --format csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "keng: note: 14 of 18 rows left out because a cell is missing: lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ..." ]
}
