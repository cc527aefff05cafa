#!/usr/bin/env bats
# standardise: strata joined by name, notes, bad input.

bats_require_minimum_version 1.5.0

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	FILE="$BATS_TEST_TMPDIR/cases.csv" STANDARD="$BATS_TEST_TMPDIR/standard.csv"
	printf '%s\n' 'place,age,cases,persons' 'a,old,20,100' 'a,young,10,200' 'b,young,3,100' 'b,old,4,100' 'c,old,30,90' \
		> "$FILE"
	printf '%s\n' 'age,world' 'young,3000' 'old,1000' > "$STANDARD"
}

@test "direct: strata are joined by name, not by position" {
	run --separate-stderr "$KENG" standardise "$FILE" --count cases --population persons --strata age \
		--standard "$STANDARD" --by place --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == a,30,300,100,rate,dobson,87.5,* ]]
	[ "${lines[2]}" = 'b,7,200,35,rate,dobson,,,,,,,,,,,2,0,per 1000 persons,small-count' ]
	[ "${lines[3]}" = 'c,30,90,333.3333333333333,rate,dobson,,,,,,,,,,,1,0,per 1000 persons,missing-stratum' ]
	[[ "$stderr" == *"Standard: 'world' of "*", 2 strata."* ]]
}

@test "indirect: observed over expected at the whole input's rates" {
	run --separate-stderr "$KENG" standardise "$FILE" --count cases --population persons --strata age --indirect \
		--by place --where "place<>'c'" --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == 'a,30,20.66666666666666'*',74,ratio,byar,1.451612903225806'* ]]
	[[ "${lines[2]}" == 'a,30,20.66666666666666'*',74,rate,byar,107.4193548387'* ]]
}

@test "strata that do not match are listed" {
	printf '%s\n' 'age,world' 'yuong,3000' 'old,1000' 'none,1' > "$STANDARD"
	run "$KENG" standardise "$FILE" --count cases --population persons --strata age --standard "$STANDARD" --by place
	[ "$status" -eq 1 ]
	[[ "$output" == *"strata do not match: 'young' (near 'yuong') not in $STANDARD; 'yuong' (near 'young'), 'none' not in the data; strata are joined by name, so name them alike" ]]
}

@test "a stratum that stands twice in the standard is named with its line" {
	printf '%s\n' 'age,world' 'young,3000' 'old,1000' 'old,5' > "$STANDARD"
	run "$KENG" standardise "$FILE" --count cases --population persons --strata age --standard "$STANDARD"
	[ "$status" -eq 1 ]
	[ "$output" = "keng: $STANDARD:4: column 'age': the stratum stands twice; give each one row" ]
}

@test "direct and indirect exclude each other" {
	run "$KENG" standardise "$FILE" --count cases --population persons --strata age --direct --indirect
	[ "$status" -eq 2 ]
	[ "$output" = "keng: '--direct' and '--indirect' are both given; choose one" ]
}

@test "events of one person widen the limits and leave the rate" {
	printf '%s\n' 'age,f,cases,persons' 'old,1,20,100' 'old,3,10,100' 'young,1,10,200' > "$FILE"
	run --separate-stderr "$KENG" standardise "$FILE" --count cases --population persons --strata age \
		--standard "$STANDARD" --events-per-person f --format csv --quiet
	[ "$status" -eq 0 ]
	# rate 1000 (3/4 * 10/200 + 1/4 * 50/100); variance (3/4/200)^2 * 10 + (1/4/100)^2 * (20 + 10 * 9)
	[[ "${lines[1]}" == '60,300,200,rate,dobson,162.5,28.777'* ]]
}

@test "a ratio of standardised rates has the exact interval where there is one stratum" {
	printf '%s\n' 'g,age,c,n' 'a,all,20,1000' 'b,all,30,2500' > "$FILE"
	printf '%s\n' 'age,w' 'all,1' > "$STANDARD"
	run "$KENG" standardise "$FILE" --count c --population n --strata age --standard "$STANDARD" --by g --compare b --method f-interval,f-tiwari --quiet --format csv
	[ "$status" -eq 0 ]
	# R: poisson.test(c(20, 30), c(1000, 2500))$conf.int
	[[ "${lines[2]}" == a,20,1000,20,ratio,f-interval,1.6666666666666667,,0.89710097289663*,3.0334950052692* ]]
	# one stratum: the largest weight is the mean
	[[ "${lines[3]}" == a,20,1000,20,ratio,f-tiwari,1.6666666666666667,,0.89710097289663*,3.0334950052692* ]]
	[ "${#lines[@]}" -eq 5 ]
	run "$KENG" standardise "$FILE" --count c --population n --strata age --standard "$STANDARD" --by g --compare x
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'x' in --compare is not among the values of 'g'; name one of them" ]
}

@test "events known only as a total give the indirect ratio of the sum over strata" {
	printf '%s\n' 'age,c,n' 'y,10,10000' 'o,100,10000' > "$STANDARD"
	printf '%s\n' 'g,age,c,n' 'a,y,5,1000' 'a,o,10,500' > "$FILE"
	run "$KENG" standardise "$FILE" --count c --population n --strata age --standard "$STANDARD" --by g --indirect --quiet --format csv
	sums=$output
	printf '%s\n' 'g,age,c,n' 'a,y,15,1000' 'a,o,,500' > "$FILE"
	run "$KENG" standardise "$FILE" --count c --population n --strata age --standard "$STANDARD" --by g --indirect --total-count --quiet --format csv
	[ "$output" = "$sums" ]
	printf '%s\n' 'g,age,c,n' 'a,y,15,1000' 'a,o,16,500' > "$FILE"
	run "$KENG" standardise "$FILE" --count c --population n --strata age --standard "$STANDARD" --by g --indirect --total-count --quiet --format csv
	[[ "${lines[1]}" == *,unequal-total ]]
}

@test "an end that goes to zero is zero, not open" {
	printf '%s\n' 'p,age,n,pop' 'a,y,10,100' 'a,o,20,100' 'b,y,10,100' 'b,o,>20,100' > "$BATS_TEST_TMPDIR/open.csv"
	run "$KENG" standardise "$BATS_TEST_TMPDIR/open.csv" --count n --population pop --strata age --indirect --by p --quiet --format csv
	# the more of b's old, the more are expected in a: 30 / (10 + 20) down to nothing; b's own at most twice the expected
	[[ "${lines[1]}" == a,*,ratio,byar,1,*,0,1,2,0,*,bound ]]
	[[ "${lines[3]}" == b,*,ratio,byar,1,*,1,2,2,0,*,bound || "${lines[3]}" == b,*,ratio,byar,1,*,1,1.99999*,2,0,*,bound ]]
}

@test "a bounded standard or reference gives a range" {
	printf '%s\n' 'age,world' 'young,3000' 'old,>1000' > "$STANDARD"
	run --separate-stderr "$KENG" standardise "$FILE" --count cases --population persons --strata age \
		--standard "$STANDARD" --by place --where "place='a'" --format table
	[ "$status" -eq 0 ]
	[[ "$output" == *"87.50 "*" 87.50 "*"200.0 "*"bound"* ]] # all young: 50; the more old, the nearer to their 200
	printf '%s\n' 'age,cases,persons' 'young,<5,3000' 'old,30,1000' > "$STANDARD"
	run --separate-stderr "$KENG" standardise "$FILE" --count cases --population persons --strata age --indirect \
		--standard "$STANDARD" --by place --where "place='a'" --format csv
	[[ "${lines[1]}" == a,30,,,ratio,byar,9.18367346938775*,9.18367346938775*,10,2,0,* ]] # 30 / (200 * 0 + 100 * .03)
	[[ "${lines[2]}" == a,30,,,rate,byar,*,75,78.06122448979*,bound ]] # 10 * 30 / 4000
}

@test "a bad or incomplete row is no part of the reference that the input makes; in a reference's file it is an error" {
	printf '%s\n' 'p,age,x,n' 'a,y,5,100' 'a,o,60,200' 'b,y,-2,100' 'b,o,,200' 'c,y,9,50' 'c,o,30,80' > "$FILE"
	run "$KENG" standardise "$FILE" --count x --population n --strata age --by p --indirect --where "p<>'b'" --quiet --format csv
	without=$output
	run "$KENG" standardise "$FILE" --count x --population n --strata age --by p --indirect --quiet --format csv
	[ "$(grep -v '^b' <<< "$output")" = "$without" ]
	[[ "$output" == *b,*,ratio,byar,*,missing* ]]
	printf '%s\n' 'age,x,n' 'y,-2,100' 'o,70,200' > "$STANDARD"
	run "$KENG" standardise "$FILE" --count x --population n --strata age --by p --indirect --standard "$STANDARD"
	[ "$status" -eq 1 ]
	[ "$output" = "keng: $STANDARD:2: column 'x': a reference needs figures of 0 or more in all rows" ]
	printf '%s\n' 'age,x,n' 'y,,100' 'o,70,200' > "$STANDARD"
	run "$KENG" standardise "$FILE" --count x --population n --strata age --by p --indirect --standard "$STANDARD"
	[ "$output" = "keng: $STANDARD:2: column 'x': a reference needs figures of 0 or more in all rows" ]
	run "$KENG" standardise "$FILE" --count x --population n --strata age --by p --indirect --standard "$STANDARD" \
		--missing-as-zero --quiet --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == a,65,70,*,ratio,byar,* ]]
}
