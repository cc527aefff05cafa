#!/usr/bin/env bats
# notebook: what is in a parameter stays a text: in SQL, in the prose, on a page.

bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_DIRNAME/../.."
	KENG=$(realpath "${KENG:-build/keng}")
	cd "$BATS_TEST_TMPDIR"
	export TMPDIR=$PWD
	printf '%s\n' 'name,x' "a,10" "b,30" "it's,50" > d.csv
}

# Writes n.md: a query that has {{name}} where `$1` has it, in the language `$2`.
write() {
	printf '%s\n' '---' 'keng: 1' "lang: ${2:-en}" 'params: {name: "a"}' 'data: {d: d.csv}' '---' '```keng #q' \
		"query d --sql \"$1\"" '```' 'There are <!-- keng:= q.nrow -->0<!-- keng:. --> rows.' > n.md
}

# Runs with the parameter and says how many rows there are.
rows() {
	run "$KENG" notebook run n.md --param "name=$1"
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$(grep -o '[0-9]*<!-- keng:. --> rows' n.md)" = "$2<!-- keng:. --> rows" ]
}

refuses() {
	local before
	before=$(sha256sum n.md)
	run "$KENG" notebook run n.md --param "name=$1"
	echo "$output"
	[ "$status" -eq "${3:-1}" ]
	[ "$output" = "keng: $2" ]
	[ "$before" = "$(sha256sum n.md)" ]
}

@test "in quotes a parameter stays one text" {
	write "SELECT * FROM d WHERE name = '{{name}}' -- here"
	rows b 1
	rows "it's" 1
	rows "b' OR '1'='1" 0
	rows "b'; DROP TABLE d; --" 0
	rows 'b" OR "1"="1' 0
	write "SELECT * FROM d WHERE name IN ('{{name}}', 'b')"
	rows "x') OR ('1'='1" 1
}

@test "outside of quotes a parameter is a number or a name" {
	write "SELECT * FROM d WHERE x > 0 -{{name}}"
	rows 20 3
	rows -20 2
	rows x 3
	refuses '0 OR 1=1' "n.md:8: '0 OR 1=1' is filled in outside of quotes in SQL, where only a number or a name fits; write '{{...}}' between single quotes"
	refuses '2020-05' "n.md:8: '2020-05' is filled in outside of quotes in SQL, where only a number or a name fits; write '{{...}}' between single quotes"
	write "SELECT * FROM d WHERE x > 0 /* {{name}} */"
	refuses '*/ AND 0 /*' "n.md:8: '*/ AND 0 /*' is filled in outside of quotes in SQL, where only a number or a name fits; write '{{...}}' between single quotes"
}

@test "values reach commands as machines write them, in any language" {
	printf '%s\n' 'name,x' 'a,1234.56789' > d.csv
	write "SELECT * FROM d" vi
	printf '```keng #r\nquery d --sql "SELECT x - {{= q[name=a].x}} AS rest FROM d"\n```\nRest <!-- keng:= r.rest %%.9f -->0<!-- keng:. -->.\n' >> n.md
	"$KENG" notebook run n.md
	grep -q 'Rest <!-- keng:= r.rest %.9f -->0,000000000<!' n.md
}
