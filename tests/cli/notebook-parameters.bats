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

# A notebook that shows a parameter everywhere, and a text with all that could be markup.
write_shown() {
	cat > n.md <<-'M'
	---
	title: Of <!-- keng:= params.name -->?<!-- keng:. --> here
	keng: 1
	params: {name: "a"}
	data: {d: d.csv}
	---
	## About <!-- keng:= params.name -->?<!-- keng:. --> end

	It is <!-- keng:= params.name -->?<!-- keng:. --> end, and <!-- keng:= q.what -->?<!-- keng:. --> end.

	| name | is |
	| --- | --- |
	| x | is <!-- keng:= params.name -->?<!-- keng:. --> end |

	```keng #q
	query d --sql "select '{{name}}' as what from d limit 1"
	plot bar d --x name --y x --title "{{name}}"
	```
	M
	shown="**b** <script>x()</script> [x](javascript:alert(1)) | \`c\` ~~s~~ _i_ few_events \\back &lt; # \"q\" 's' ![i](u) <!-- k --> \$m\$"
}

@test "on a page a parameter is shown as it is" {
	write_shown
	"$KENG" notebook run n.md --param "name=$shown"
	"$KENG" notebook check n.md
	"$KENG" notebook check --rerun n.md
	run "$KENG" notebook run n.md
	[ "$output" = "n.md: 0 of 1 blocks run, 5 values, nothing changed" ]
	"$KENG" notebook render n.md
	html=$(printf '%s' "$shown" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/"/\&quot;/g')
	grep -qF "<title>Of $html here</title>" n.html
	grep -qF "<h1>Of $html here</h1>" n.html
	# heading, two in the prose, in a table of the author's
	[ "$(grep -oF "\">$html</span> end" n.html | wc -l)" -eq 4 ]
	grep -qF "<td>$html</td>" n.html
	run ! grep -qE '<script>x|href="javascript|<em>|<del>|<img src="u"' n.html
}

@test "in docx and PDF it is shown as it is too" {
	command -v pandoc > /dev/null || skip "pandoc is not installed"
	write_shown
	"$KENG" notebook run n.md --param "name=$shown"
	"$KENG" notebook render --to docx n.md
	pandoc --from=docx --to=plain --standalone --columns=900 n.docx > back.txt
	grep -qF "Of $shown here" back.txt
	[ "$(grep -oF "$shown end" back.txt | wc -l)" -eq 4 ]
	command -v pdftotext > /dev/null || return 0
	"$KENG" notebook render --to pdf n.md || return 0
	pdftotext n.pdf - | tr -d '\n -' > back.txt # where a line ends at a hyphen, that is taken for a division
	grep -qF "$(tr -d ' -' <<< "It is $shown end")" back.txt
}

@test "a parameter of two lines is refused, in a batch for its row only" {
	write "SELECT * FROM d WHERE name = '{{name}}'"
	refuses "a
b" "the parameter 'name' has a line end or control character in it; give it one line of text"
	printf 'slug,name\nfirst,"a\nb"\nsecond,b\n' > over.csv
	run "$KENG" notebook batch n.md --over over.csv
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = "first: failed: the parameter 'name' has a line end or control character in it; give it one line of text" ]
	[ "${lines[1]}" = "out: 2 notebooks: 1 run, 0 up to date, 1 failed" ]
}

@test "values and parameters in the title of a table and of a chart" {
	cat > n.md <<-'M'
	---
	params: {name: "Đà Bắc"}
	data: {d: d.csv}
	---
	```keng #q
	query d --sql "select * from d"
	```
	```keng #shown
	query d --sql "select * from d" --title "{{= q.nrow}} rows of {{name}}"
	plot bar --x name --y x --title "Of {{name}}, {{= q.nrow}}"
	```
	M
	"$KENG" notebook run n.md
	grep -q '^\*\*3 rows of Đà Bắc\.\*\*$' n.md
	"$KENG" notebook render n.md
	grep -q '<strong><span id="table-2">Table 2.</span> 3 rows of Đà Bắc.</strong>' n.html
	grep -q 'Of Đà Bắc, 3' figures/shown.svg
}
