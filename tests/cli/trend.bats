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

@test "an option that no method asked for uses is refused" {
	trend --season 4
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '--season' is used by the methods seasonal and seasonal-correlated; ask for one with --method or leave --season out" ]
	trend --lag-max 3
	[ "$output" = "keng: '--lag-max' is used by the methods hamed-rao, yue-wang and block-bootstrap; ask for one with --method or leave --lag-max out" ]
	trend --covariate people
	[ "$output" = "keng: '--covariate' is used by the method partial alone; ask for it with --method or leave --covariate out" ]
	trend --std-error people
	[ "$output" = "keng: '--std-error' is used by the method recent alone; ask for it with --method or leave --std-error out" ]
}

@test "random series are said with number and seed, and come out the same for any number of threads" {
	awk 'BEGIN { print "place,year,value"; for (p = 1; p <= 3; p++) for (y = 2000; y < 2020; y++) print p "," y "," (y * 7 + p * 13) % 11 + y - 2000 }' > "$FILE"
	methods=snh,buishand,buishand-u,block-bootstrap
	run "$KENG" trend "$FILE" --time year --value value --by place --method "$methods" --seed 5 --replicates 199 --threads 1 --format csv
	[ "$status" -eq 0 ]
	for method in snh buishand buishand-u block-bootstrap; do
		[[ "$output" == *"keng: note: $method: 199 random series, seed 5"* ]]
	done
	one=$output
	run "$KENG" trend "$FILE" --time year --value value --by place --method "$methods" --seed 5 --replicates 199 --threads 2 --format csv
	[ "$output" = "$one" ]
	trend --method snh --replicates 10
	[[ "${lines[1]}" == *never-significant ]]
}

@test "bias-corrected prewhitening of a random walk says why there is no test" {
	awk 'BEGIN { print "place,year,value"; v = 1; for (y = 2000; y < 2012; y++) { v *= 1.9; print "a," y "," v } }' > "$FILE"
	trend --method bias-corrected-prewhiten
	[[ "${lines[1]}" == a,2000,2011,,tau,bias-corrected-prewhiten,,*unit-root ]]
}

@test "series too short to be significant, and constant ones, say so under every method" {
	methods=mann-kendall,theil-sen,hamed-rao,yue-wang,prewhiten,trend-free-prewhiten,seasonal,seasonal-correlated,pettitt
	printf '%s\n' place,year,value a,2015,1 a,2016,2 a,2017,3 a,2018,4 > "$FILE"
	trend --method "$methods" --season 2
	[ "$status" -eq 0 ]
	[ "$(grep -c never-significant <<< "$output")" -eq 14 ]
	printf '%s\n' place,year,value a,2015,2 a,2016,2 a,2017,2 a,2018,2 a,2019,2 a,2020,2 > "$FILE"
	trend --method "$methods,snh" --season 2
	[ "$(grep -c no-spread <<< "$output")" -eq 19 ]
	[[ "$output" != *nan* ]]
}

@test "two points, a gap, unsorted rows and a period twice" {
	printf '%s\n' place,year,value a,2016,5 a,2015,3 > "$FILE"
	trend --method mann-kendall,theil-sen,pettitt
	[[ "${lines[1]}" == a,2015,2016,,tau,mann-kendall,,*,too-few ]]
	[[ "${lines[2]}" == a,2015,2016,,slope,theil-sen,2,,,,,,,,,,2,0,per\ year,never-significant ]]
	[[ "${lines[5]}" == a,2015,2016,,change_point,pettitt,,*,too-few ]]
	printf '%s\n' place,year,value a,2016,5 a,2015,3 a,2016,6 > "$FILE"
	trend
	[ "$status" -eq 1 ]
	[[ "$output" == "keng: $FILE:4: column 'year': '2016' is there twice for place=a (first on line 2)"* ]]
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
