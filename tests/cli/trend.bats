#!/usr/bin/env bats
# trend: directions, pooled groups, the recent-trend marker, bad input.

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/series.csv"
	printf '%s\n' place,year,value,people a,2015,20,100 a,2016,25,100 a,2017,31,100 a,2018,36,100 a,2019,44,100 \
		b,2015,4,100 b,2016,3,100 b,2017,2,100 b,2018,1,100 > "$FILE"
}

trend() {
	run "$KENG" trend "$FILE" --time year --value value --by place --format csv --quiet "$@"
}

@test "Mann-Kendall: exact p without ties, direction, and what can never be significant" {
	trend
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "place,from,to,direction,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[[ "${lines[1]}" == a,2015,2019,up,tau,mann-kendall,1,*,0.016666666666666666,*,5,0,tau-b, ]]
	[[ "${lines[2]}" == a,2015,2019,up,s,mann-kendall,10,4.08248290463863,* ]]
	[[ "${lines[3]}" == b,2015,2018,none,tau,mann-kendall,-1,*,0.08333333333333333,*,never-significant ]]
}

@test "Theil-Sen slope with both intercepts" {
	trend --method theil-sen
	[[ "${lines[1]}" == a,2015,2019,up,slope,theil-sen,5.75,* ]]
	[[ "${lines[2]}" == a,2015,2019,,intercept,theil-sen,-11566.75,* ]]
	[[ "${lines[3]}" == a,2015,2019,,intercept_joint,theil-sen,-11566.75,* ]]
}

@test "the recent-trend marker: up, and not tested with the reason" {
	trend --method recent --population people
	[[ "${lines[1]}" == a,2015,2019,up,trend,recent,0.059*,16.2166443053* ]]
	[[ "${lines[2]}" == b,2015,2018,"not tested",trend,recent,,*too-few ]]
	trend --method recent
	[[ "${lines[1]}" == *"not tested",trend,recent,,*no-uncertainty ]]
}

@test "a regional test is one row set over all groups" {
	trend --method regional
	[ "${#lines[@]}" -eq 4 ]
	[[ "${lines[2]}" == ,2015,2019,none,s,regional,4,* ]]
}

@test "what a method needs is said" {
	trend --method seasonal
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'seasonal' needs the number of periods in a cycle; give --season" ]
	trend --method partial
	[ "$output" = "keng: 'partial' needs a covariate; name its column with --covariate" ]
}

# Expected: Yue and Wang's factor 1 + 2 sum (1 - k/n) r_k of the Sen-detrended values, computed in R 4.2.
@test "yue-wang on the Nile" {
	run "$KENG" trend "$BATS_TEST_DIRNAME/../cases/data/nile.csv" --time year --value flow --method yue-wang --format csv --quiet
	[ "$status" -eq 0 ]
	[[ "${lines[2]}" == 1871,1970,down,s,yue-wang,-1387,334.887542977*,-4.138702764743*,3.4927510639* ]]
	run "$KENG" trend "$BATS_TEST_DIRNAME/../cases/data/nile.csv" --time year --value flow --method yue-wang --lag-max 3 --format csv --quiet
	[[ "${lines[2]}" == 1871,1970,down,s,yue-wang,-1387,*,-2.566036559871* ]]
}

# Expected: the largest T[k] of the values standardised by their standard deviation (n - 1), computed in R 4.2.
@test "snh on the Nile" {
	run "$KENG" trend "$BATS_TEST_DIRNAME/../cases/data/nile.csv" --time year --value flow --method snh --format csv --quiet
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == 1898,1899,,change_point,snh,1898,,,,,43.21886470651*,,0.0001,* ]]
}
