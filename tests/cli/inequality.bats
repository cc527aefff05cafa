#!/usr/bin/env bats
# inequality: indices by group, defaults, bad input.
bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/places.csv"
	printf '%s\n' 'place,region,v,n,r' 'a,x,1,10,1' 'b,x,2,20,2' 'c,y,3,10,3' 'd,y,10,5,4' > "$FILE"
}

@test "gini is the default, slope-index with --rank" {
	run --separate-stderr "$KENG" inequality "$FILE" --value v --population n --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == gini,gini,0.376068376068* ]]
	[[ "$stderr" == *"Seed 1, the method's own number of replicates."* ]]
	run --separate-stderr "$KENG" inequality "$FILE" --value v --population n --rank r --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == sii,slope-index,* ]]
	[[ "${lines[2]}" == rii,slope-index,* ]]
}

@test "theil splits into between and within regions" {
	run --separate-stderr "$KENG" inequality "$FILE" --value v --population n --method theil --within region --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == theil_total,* ]]
	[[ "${lines[2]}" == theil_between,* ]]
	[[ "${lines[3]}" == theil_within,* ]]
}

@test "a negative value gets a note" {
	sed -i 's/^a,x,1/a,x,-1/' "$FILE"
	run --separate-stderr "$KENG" inequality "$FILE" --value v --by region --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == x,gini,gini,,*,negative ]]
	[[ "${lines[3]}" == y,gini,gini,0.269230769230* ]]
}

@test "an order is needed for the slope index" {
	run "$KENG" inequality "$FILE" --value v --method slope-index
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'slope-index' needs the order of the places; give '--rank COL'" ]
}

@test "the same limits with one thread and two" {
	a=$("$KENG" inequality "$FILE" --value v --population n --by region --threads 1 --format csv --quiet)
	b=$("$KENG" inequality "$FILE" --value v --population n --by region --threads 2 --format csv --quiet)
	[ "$a" = "$b" ]
}

@test "bounds give the least and greatest index" {
	printf '%s\n' 'v' 1 '<3' '>9' > "$FILE"
	run --separate-stderr "$KENG" inequality "$FILE" --value v --method gini --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == gini,gini,0.4444444444444444,*,0.4444444444444444,0.66666666666*,3,0,index,bound ]]
	[[ "$stderr" == *"bound_low and bound_high are the least and greatest index found within the bounds:"* ]]
}

@test "a slope index without a greatest value is open" {
	printf '%s\n' 'v,r' 1,1 3,2 '>9,3' > "$FILE"
	run --separate-stderr "$KENG" inequality "$FILE" --value v --rank r --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == sii,slope-index,12*,12*,,3,0,*,bound ]]
}

@test "limits: studentised by default, bca and percentile by name, none below five places" {
	printf '%s\n' 'v,n' 1,10 2,20 3,10 10,5 4,7 2.5,30 > "$FILE"
	for ci in studentised bca percentile; do
		run --separate-stderr "$KENG" inequality "$FILE" --value v --population n --ci "$ci" --format csv
		[ "$status" -eq 0 ]
		IFS=, read -r _ _ estimate _ low high _ <<< "${lines[1]}"
		awk -v e="$estimate" -v l="$low" -v h="$high" 'BEGIN { exit !(0 <= l && l < e && e < h && h <= 1) }'
		printf -v "$ci" '%s' "$high"
	done
	awk -v s="$studentised" -v b="$bca" -v p="$percentile" 'BEGIN { exit !(s > b && b > p) }'
	run --separate-stderr "$KENG" inequality "$FILE" --value v --population n --format csv
	[[ "${lines[1]}" == *",$studentised,"* ]]
	printf '%s\n' 'v,n' 1,10 2,20 3,10 10,5 > "$FILE"
	run --separate-stderr "$KENG" inequality "$FILE" --value v --population n --format csv
	[[ "${lines[1]}" == gini,gini,0.37606837606*,0.*,,,,,,,,,4,0,index, ]]
	printf '%s\n' v 2 2 2 2 2 > "$FILE"
	run --separate-stderr "$KENG" inequality "$FILE" --value v --method theil --format csv
	[[ "${lines[1]}" == theil_total,theil,0,,,,,,,,,,5,0,index, ]]
}

@test "the Lorenz curve says the Gini coefficient of the result, the concentration curve its index" {
	command -v gnuplot > /dev/null || skip "gnuplot is not installed"
	"$KENG" inequality "$FILE" --value v --population n --plot "$BATS_TEST_TMPDIR/l.svg" --quiet > /dev/null
	grep -q 'Gini 0\.376' "$BATS_TEST_TMPDIR/l.svg"
	printf '%s\n' 'v,n,r' 1,10,1 9,20,1 3,10,2 2,5,3 > "$FILE"
	run --separate-stderr "$KENG" inequality "$FILE" --value v --population n --rank r --method concentration \
		--plot "$BATS_TEST_TMPDIR/c.svg" --format csv
	# by hand: 190 of 230 at two thirds of the people, 30 at the next 10 of 45, 10 at the last 5
	[[ "${lines[1]}" == concentration,concentration,-0.16425* ]]
	grep -q 'Concentration .*0\.164' "$BATS_TEST_TMPDIR/c.svg"
}

simulate() { # TEST SEED DRAWS RERUNS
	"$KENG" inequality tests/cases/input/sii.csv --value value --population population --rank quantile --std-error error \
		--where "test = '$1'" --method slope-index-simulated --seed "$2" --replicates "$3" --reruns "$4" --format csv --quiet
}

# The reliability statistic of PHEindicatormethods: 10 runs, both limits of the later 9 against those of the first.
@test "reruns are the simulations of the next seeds, and the first limits stay" {
	[ "$(simulate t1 1 1000 9 | head -3)" = "$(simulate t1 1 1000 0)" ]
	expected=$(for seed in {1..10}; do simulate t1 $seed 1000 0; done | awk -F, '
		$1 == "sii" && !n++ { low = $5; high = $6; next }
		$1 == "sii" { sum += ($5 > low ? $5 - low : low - $5) + ($6 > high ? $6 - high : high - $6) }
		END { printf "%.10g", sum / 18 }')
	run simulate t1 1 1000 9
	[ "${#lines[@]}" -eq 5 ]
	[ "$(printf %.10g "$(cut -d, -f3 <<< "${lines[3]}")")" = "$expected" ]
	[[ "${lines[4]}" == rii_rerun_difference,slope-index-simulated,*,10,0,ratio, ]]
}

# A limit at p of N normal draws has the standard deviation sqrt(p (1 - p) / N) sd / f(z) (Kendall & Stuart, Advanced
# Theory of Statistics 1, 10.10); two runs differ by sqrt(4 / pi) of it in the mean: 3.02 sd / sqrt(N) at 95%.
@test "limits move as far as theory says" {
	for draws in 1000 16000; do
		simulate t1 1 "$draws" 60 | awk -F, -v n="$draws" '
			NR > 1 { e[$1] = $3; sd[$1] = $4 }
			END { for (i in sd) if (i ~ /^.ii$/) {
				ratio = e[i "_rerun_difference"] / (3.02 * sd[i] / sqrt(n))
				print i, ratio
				if (!(ratio > 0.6 && ratio < 1.7)) exit 1 } }'
	done
}

@test "reruns need a simulation" {
	run "$KENG" inequality "$FILE" --value v --rank r --reruns 9
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '--reruns' repeats a simulation; add '--method slope-index-simulated'" ]
}
