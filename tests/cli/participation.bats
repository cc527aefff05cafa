#!/usr/bin/env bats
# participation: rates, proportions, per-event means, bounds, bad input.

bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/festivals.csv"
	printf '%s\n' 'level,attendances,events,population' 'province,>30000,5,854131' 'commune,65,10,1000' > "$FILE"
}

@test "one row per group, bounds apart from the interval" {
	run "$KENG" participation "$FILE" --count attendances --population population --by level --format csv
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "level,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[[ "${lines[1]}" == province,rate,byar,35.123417836* ]]
	[[ "${lines[1]}" == *,35.1234178363740*,,1,0,"per 1000 population",bound ]]
	[[ "${lines[2]}" == commune,rate,byar,65,*,50.16318771045*,82.849138545939*,0.95,,,,,,1,0,"per 1000 population", ]]
}

@test "without --by the rows add up and the rate is of the sums" {
	run "$KENG" participation "$FILE" --count attendances --population population --events events --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == rate,byar,35.15835* ]]
	[[ "${lines[2]}" == per_event,ratio-of-sums,2004.3333333333333,,,,,,,,2004.3333333333333,,2,0,"per event",bound ]]
}

@test "bad rows get a note, the other groups go on" {
	printf '%s\n' 'p,x,n' 'a,5,4' 'b,-1,4' 'c,1,0' 'd,,4' 'e,4,4' > "$FILE"
	run "$KENG" participation "$FILE" --count x --denominator n --by p --format csv
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "a,proportion,wilson,,,,,,,,,,,1,0,fraction,count-above-denominator" ]
	[ "${lines[2]}" = "b,proportion,wilson,,,,,,,,,,,1,0,fraction,negative" ]
	[ "${lines[3]}" = "c,proportion,wilson,,,,,,,,,,,1,0,fraction,zero-denominator" ]
	[ "${lines[4]}" = "d,proportion,wilson,,,,,,,,,,,0,1,fraction,missing" ]
	[[ "${lines[5]}" == e,proportion,wilson,1,,0.5101091635454*,1,0.95,* ]]
}

@test "two levels together" {
	run "$KENG" participation "$FILE" --count attendances --population population --where "level='commune'" \
		--also-level 0.998 --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == conf_998_low,conf_998_high,term,* ]]
	[[ "${lines[1]}" == 42.8802614714802*,94.00029084431*,rate,byar,65,* ]]
}

@test "nothing to divide by is a usage error" {
	run "$KENG" participation "$FILE" --count attendances
	[ "$status" -eq 2 ]
	[ "$output" = "keng: nothing to divide by; give '--population', '--denominator' or '--events'" ]
}

@test "a misspelt column names the nearest" {
	run "$KENG" participation "$FILE" --count attendances --population popluation
	[ "$status" -eq 2 ]
	[[ "$output" == *"'popluation' is not a column; did you mean 'population'?"* ]]
}

@test "a method of the other kind is refused" {
	run "$KENG" participation "$FILE" --count attendances --population population --method wilson
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'wilson' is no method for a rate; 'keng participation --help' lists them" ]
}

@test "years below zero are refused" {
	run "$KENG" participation "$FILE" --count attendances --population population --years=-5
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '-5' is no value for '--years'; give a number above 0 or a column" ]
}

@test "an unknown method lists each method once" {
	run "$KENG" participation "$FILE" --count attendances --population population --method foo
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'foo' is no value for '--method'; choose from: byar, exact, mid-p, score, jeffreys, normal, log-normal, byar-plain, epitools-byar, wilson, clopper-pearson, agresti-coull, wilson-cc, wald" ]
}

@test "a column that is named like one of the result is refused; a count of nothing has no denominator" {
	printf '%s\n' 'unit,x,n' 'a,3,0' 'b,1,2' > "$BATS_TEST_TMPDIR/unit.csv"
	run "$KENG" participation "$BATS_TEST_TMPDIR/unit.csv" --count x --population n --by unit
	[ "$status" -eq 2 ]
	[[ "$output" == "keng: 'unit' is also the name of a column of the result; give it another one, as with --let 'NAME=unit'" ]]
	run "$KENG" participation "$BATS_TEST_TMPDIR/unit.csv" --count x --denominator n --let place=unit --by place --format csv
	[[ "${lines[1]}" == a,proportion,wilson,*,zero-denominator ]]
}

@test "sampling weights: proportions at the effective number, rates with the limits of what was counted" {
	printf '%s\n' 'g,x,n,w' 'a,40,50,2' 'a,5,20,10' 'a,0,10,3.5' 'b,40,50,7' 'b,5,20,7' 'c,1,4,-1' 'd,1,4,' 'e,1,4,0' > "$FILE"
	run --separate-stderr "$KENG" participation "$FILE" --count x --denominator n --weights w --by g \
		--method wilson,clopper-pearson --format csv
	[ "$status" -eq 0 ]
	# R: p <- sum(w*x)/sum(w*n); m <- sum(w*n)^2/sum(w^2*n); prop.test(p*m, m, correct = FALSE); qbeta
	[[ "${lines[1]}" == a,proportion,wilson,0.3880597014925373,0.0701030404033*,0.2638034445681*,0.5288035209836* ]]
	[[ "${lines[2]}" == a,proportion,clopper-pearson,0.3880597014925373,*,0.2513256403896*,0.5390334682182* ]]
	[[ "${lines[5]}" == c,*,negative ]]
	[[ "${lines[7]}" == d,*,missing ]]
	[[ "${lines[9]}" == e,*,zero-denominator ]]
	[[ "$stderr" == *"Rows count by their weights in 'w'."* ]]
	for what in "--denominator n" "--population n --method exact"; do # equal weights change nothing
		run "$KENG" participation "$FILE" --count x $what --weights w --by g --where "g='b'" --quiet --format csv
		weighted=$output
		run "$KENG" participation "$FILE" --count x $what --by g --where "g='b'" --quiet --format csv
		[ "$weighted" = "$output" ]
	done
}

@test "with events per person a population may stand in one of its rows" {
	printf '%s\n' 'times,persons,n' '1,3,100' '4,2,0' > "$FILE"
	run "$KENG" participation "$FILE" --count persons --population n --events-per-person times --multiplier 100 --quiet --format csv
	# 3 + 2 * 4 events, variance 3 + 2 * 16
	[[ "${lines[1]}" == rate,byar,11,5.91607978309961*,*,per\ 100\ n, ]]
	run "$KENG" participation "$FILE" --count persons --population n --by times --quiet --format csv
	[[ "${lines[2]}" == *,zero-denominator ]]
}
