#!/usr/bin/env bats
# compare: groups against a reference, bounds, bad input.

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/g.csv"
	printf '%s\n' 'g,x,n,p' 'a,56,70,u' 'b,48,80,u' 'c,>5,10,u' 'z,3,10,w' > "$FILE"
}

@test "Newcombe's example (a), group minus reference" {
	run "$KENG" compare "$FILE" --count x --population n --group g --reference b --where "p='u'" --format csv
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "g,reference,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,p_value,bound_low,bound_high,n,n_missing,unit,note" ]
	[[ "${lines[1]}" == a,b,difference,newcombe,0.2,,0.0524*,0.3338*,0.95,2.65017* ]]
	[[ "${lines[2]}" == a,b,ratio,newcombe,1.333333* ]]
	[[ "${lines[3]}" == a,b,odds_ratio,newcombe,2.6666666666666665,* ]]
	[[ "${lines[4]}" == c,b,difference,newcombe,-0.1,*,-0.1,0.4,2,0,fraction,bound ]]
}

@test "a place without the reference gets a note" {
	run "$KENG" compare "$FILE" --count x --population n --group g --by p --quiet --format csv
	[ "$status" -eq 0 ]
	[ "${lines[-1]}" = "w,z,a,difference,newcombe,,,,,,,,,,,1,0,fraction,no-reference" ]
}

@test "an unknown reference names the nearest" {
	run "$KENG" compare "$FILE" --count x --population n --group g --reference bb
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'bb' in --reference is not among the values of 'g'; did you mean 'b'?" ]
}

@test "a method of the other kind is refused" {
	run "$KENG" compare "$FILE" --count x --population n --group g --as rate --method newcombe
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'newcombe' is no method for a rate; 'keng compare --help' lists them, or change '--as'" ]
}

@test "a count above its denominator gets a note" {
	printf '%s\n' 'g,x,n' 'a,5,10' 'b,12,10' > "$FILE"
	run "$KENG" compare "$FILE" --count x --population n --group g --format csv
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "b,a,difference,newcombe,,,,,,,,,,,2,0,fraction,count-above-denominator" ]
}

@test "the forest of bounded counts stays logarithmic around 1 and says where bounds lie" {
	command -v gnuplot > /dev/null || skip "no gnuplot"
	printf 'g,n,pop\nold,200,100\nnew,>30,100\nother,<5,80\nthird,50,90\n' > "$BATS_TEST_TMPDIR/bounded.csv"
	"$KENG" compare "$BATS_TEST_TMPDIR/bounded.csv" --count n --population pop --group g --reference old --as rate \
		--quiet --plot "$BATS_TEST_TMPDIR/forest.svg" > /dev/null
	for text in '≥ 0.150' '≤ 0.025' '0.02<' 'Arrows: bounds'; do
		grep -qF "$text" "$BATS_TEST_TMPDIR/forest.svg" || { echo "no $text"; false; }
	done
	! grep -qF '≥ 0.278' "$BATS_TEST_TMPDIR/forest.svg" || false
}

@test "digit groups have a name of their own where --group is a column; where it is not, --group is it" {
	printf '%s\n' 'g;x;n' 'a;1.056;1.170' 'b;1.148;1.280' > "$FILE"
	run "$KENG" compare "$FILE" --delimiter ';' --digit-group . --decimal , --count x --population n --group g --quiet --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == b,a,difference,newcombe,-0.00568910256410* ]] # 1148/1280 - 1056/1170
	for spelling in --digit-group --group; do
		run "$KENG" participation "$FILE" --delimiter ';' $spelling . --decimal , --count x --denominator n --by g --quiet --format csv
		[[ "${lines[2]}" == b,proportion,wilson,0.896875,* ]]
	done
	run "$KENG" compare --help
	[[ "$output" == *"--digit-group C"* ]]
	printf '%s\n' 'category,y,g' 'u,"1,200",p' 'v,"3,400",p' > "$FILE"
	run "$KENG" plot bar "$FILE" --digit-group , --x category --y y --group g --output "$BATS_TEST_TMPDIR/bars.txt"
	[ "$status" -eq 0 ]
}
