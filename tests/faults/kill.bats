#!/usr/bin/env bats
# A notebook's run that is killed at 200 random moments leaves every file old or new, and the notebook the last.

setup() {
	KENG=$(realpath "${KENG:-$BATS_TEST_DIRNAME/../../build/keng}")
	cd "$BATS_TEST_TMPDIR"
	export TMPDIR=$BATS_TEST_TMPDIR
}

@test "200 kills at random moments leave every file old or new" {
	kills=200
	case $KENG in *asan*) kills=20 ;; esac
	printf 'place,year,n\n' > d.csv
	for year in 2011 2012 2013 2014 2015; do printf 'a,%d,%d\nb,%d,%d\n' $year $((year % 7 * 3)) $year $((year % 5 * 4)); done >> d.csv
	cat > n.md <<-'E'
	---
	title: Killed
	keng: 1
	data: {d: d.csv}
	---
	```keng #drawn
	plot line d --x year --y n --group place
	```
	```keng #table
	growth d --time year --value n --by place --method log-linear --output growth.csv
	```
	It grows by <!-- keng:= table[place=a,term=apc].estimate %.2f --><!-- keng:. --> % a year.
	E
	"$KENG" notebook run n.md
	mkdir old new
	cp -r n.md figures tables old
	sed -i 's/,2013,/,2013,5/' d.csv
	"$KENG" notebook run n.md
	cp -r n.md figures tables new
	run perl "$BATS_TEST_DIRNAME/kill.pl" "$KENG" "$PWD" $kills 20201117 run n.md
	echo "$output"
	[ "$status" -eq 0 ]
	# the moments hit before, during and after the writing
	[[ "$output" =~ ^old\ [1-9].*new\ [1-9] ]]
	# a file has a temporary name only between two system calls, and the next run removes the folders of killed ones
	[[ "$output" =~ litter\ ([0-9]+),\ folders\ 0$ ]]
	[ "${BASH_REMATCH[1]}" -le 2 ]
	# what a killed run leaves is no obstacle, and no file of the user's
	run "$KENG" notebook check n.md
	[ "$status" -eq 0 ]
}

@test "200 kills of a batch at random moments leave every file old or new" {
	kills=200
	case $KENG in *asan*) kills=20 ;; esac
	{ echo place,year,n; for p in a b c d e f; do for y in 2011 2012 2013 2014; do echo "$p,$y,$((y % 7 * 3))"; done; done; } > d.csv
	printf '%s\n' place a b c d e f > over.csv
	cat > n.md <<-'E'
	---
	title: Place <!-- keng:= params.place -->?<!-- keng:. -->
	keng: 1
	params: {place: "a"}
	data: {d: d.csv}
	---
	```keng #drawn
	growth d --time year --value n --where "place = '{{place}}'" --output growth.csv
	plot line d --x year --y n --where "place = '{{place}}'"
	```
	It grows by <!-- keng:= drawn[term=cagr].estimate %.2f --><!-- keng:. --> % a year.
	E
	"$KENG" notebook batch n.md --over over.csv --to html -j 2
	mkdir old new
	cp -r out old
	sed -i 's/,2013,/,2013,5/' d.csv
	"$KENG" notebook batch n.md --over over.csv --to html -j 2
	cp -r out new
	run perl "$BATS_TEST_DIRNAME/kill.pl" "$KENG" "$PWD" $kills 20201117 batch n.md --over over.csv --to html -j 2
	echo "$output"
	[ "$status" -eq 0 ]
	[[ "$output" =~ ^old\ [1-9].*between\ [1-9].*new\ [1-9] ]]
	[[ "$output" =~ litter\ ([0-9]+),\ folders\ 0$ ]]
	# thirty files are written in each run
	[ "${BASH_REMATCH[1]}" -le 6 ]
	run "$KENG" notebook check out/*/n.md
	[ "$status" -eq 0 ]
}

@test "a folder stays locked while it is swept, so that its maker makes another" {
	folder=$TMPDIR/keng-abcdef
	mkdir -p "$folder"
	(cd "$folder" && seq 20000 | xargs touch)
	printf '%s\n' x,y 1,2 2,3 > d.csv
	"$KENG" plot line d.csv --x x --y y --output d.svg --quiet &
	while [ -d "$folder" ] && [ "$(ls -U "$folder" | wc -l)" -eq 20000 ]; do sleep 0.002; done
	[ -d "$folder" ] || skip "it was swept before it could be looked at"
	run flock --nonblock --shared "$folder" test -d "$folder"
	[ "$status" -ne 0 ]
	wait $!
	[ ! -d "$folder" ]
}
