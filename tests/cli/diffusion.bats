#!/usr/bin/env bats
# diffusion: published fit, known ceiling, warnings before the bend, bad input.

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/units.csv"
	printf '%s\n' year,units 2013,2 2014,3 2015,5 2016,9 2017,15 2018,24 2019,36 2020,49 > "$FILE"
}

diffusion() {
	run "$KENG" diffusion "$FILE" --time year --value units --format csv --quiet "$@"
}

@test "Bass curve of the sales of video recorders (Cowpertwait & Metcalfe 2009)" {
	run "$KENG" diffusion tests/cases/data/bass_vcr.csv --time t --value sales --flow --format csv --quiet
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == 1,10,m,bass,67660.024926964* ]]
	[[ "${lines[2]}" == 1,10,p,bass,0.0087889625573* ]]
	[[ "${lines[3]}" == 1,10,q,bass,0.6421589028534* ]]
	[[ "${lines[4]}" == 1,10,peak_time,bass,6.592446697998* ]]
}

@test "a known ceiling is taken as it is; a curve that has not bent yet says so" {
	diffusion --ceiling 131 --method logistic
	[[ "${lines[1]}" == 2013,2020,ceiling,logistic,131,,* ]]
	[[ "${lines[3]}" == 2013,2020,midpoint,logistic,202[0-9].*before-inflection ]]
}

@test "a total that falls is refused and --flow is named" {
	printf '%s\n' year,units 2013,5 2014,3 2015,5 2016,9 2017,15 > "$FILE"
	run "$KENG" diffusion "$FILE" --time year --value units --format table
	[ "$status" -eq 0 ]
	[[ "$output" == *"falling-total: a total so far that falls; values that are per period need --flow."* ]]
}

@test "a ceiling must be a number" {
	diffusion --ceiling many
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'many' in --ceiling is no positive number" ]
}

@test "flows that fall from the start: a curve without a peak, and one without imitation" {
	printf '%s\n' year,n 2010,100 2011,82 2012,66 2013,55 2014,43 2015,37 2016,29 2017,24 > "$FILE"
	run "$KENG" diffusion "$FILE" --time year --value n --flow --format csv --quiet
	[[ "${lines[1]}" == 2010,2017,m,bass,[45]* ]]
	[[ "${lines[4]}" == 2010,2017,peak_time,bass,,*,no-peak ]]
	sed -i 's/,100/,180/' "$FILE"
	run "$KENG" diffusion "$FILE" --time year --value n --flow --format csv --quiet
	[[ "${lines[3]}" == 2010,2017,q,bass,0,,*,no-imitation ]]
}

@test "three ways to a Bass curve: flows of whole periods, rates, Bass's own regression" {
	run "$KENG" diffusion tests/cases/data/bass_vcr.csv --time t --value sales --flow --format csv --quiet --method bass-density,bass-regression
	[[ "${lines[2]}" == 1,10,p,bass-density,0.0065939593* ]]
	[[ "${lines[8]}" == 1,10,q,bass-regression,0.6805250432* ]]
}

@test "a total that stays where it began has no curve" {
	printf '%s\n' year,units 2013,0 2014,7 2015,7 2016,7 2017,7 2018,7 > "$FILE"
	for method in bass bass-density bass-regression logistic gompertz; do
		diffusion --method "$method"
		[ "$status" -eq 0 ]
		for line in "${lines[@]:1}"; do
			[[ "$line" == *,"$method",,,*,no-spread ]]
		done
	done
}

@test "the chart marks the ceiling, given or estimated, and none of flows" {
	command -v gnuplot > /dev/null || skip "gnuplot is not installed"
	FILE="$BATS_TEST_TMPDIR/spread.csv" FIGURE="$BATS_TEST_TMPDIR/spread.svg"
	awk 'BEGIN { print "year,units"; for (y = 2000; y < 2020; y++) printf "%d,%.1f\n", y, 100 / (1 + exp((2008 - y) / 2)) }' > "$FILE"
	for ceiling in "" "--ceiling 110"; do
		"$KENG" diffusion "$FILE" --time year --value units --method logistic $ceiling --quiet --output "$BATS_TEST_TMPDIR/x.csv" \
			--plot "$FIGURE"
		grep -q "Dotted line: the ceiling" "$FIGURE"
	done
	"$KENG" diffusion "$FILE" --time year --value units --flow --quiet --output "$BATS_TEST_TMPDIR/x.csv" --plot "$FIGURE"
	! grep -q "Dotted line" "$FIGURE" || false
}
