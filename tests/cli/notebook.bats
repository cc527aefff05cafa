#!/usr/bin/env bats
# notebook: run, check and render; each bad input with its message, the file left alone.

bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_DIRNAME/../.."
	KENG=$(realpath "${KENG:-build/keng}")
	cd "$BATS_TEST_TMPDIR"
	export TMPDIR=$PWD
	printf '%s\n' 'level,x,n' 'a,10,50' 'b,30,60' > d.csv
	cat > n.md <<-'E'
	---
	title: Shares in <!-- keng:= shares.nrow -->?<!-- keng:. --> places
	keng: 1
	params: {least: "5"}
	data: {d: d.csv}
	---
	## Shares

	```keng #shares
	participation d --count x --denominator n --by level --as proportion --where "x > {{least}}"
	```

	In a it is <!-- keng:= shares[level=a].estimate *100 %.0f%% -->?<!-- keng:. -->, above <!-- keng:= params.least -->?<!-- keng:. -->.

	```keng #higher
	query shares --sql "select level from shares where estimate > 0.3"
	```
	E
}

# Replaces a line of the notebook.
edit() {
	sed -i "$1" n.md
}

# Runs an action that must fail with this message and leave the file as it is.
refuses() {
	local action=$1 message=$2 before
	before=$(sha256sum n.md)
	run "$KENG" notebook $action n.md
	[ "$status" -eq 1 ]
	echo "$output"
	[ "$output" = "keng: n.md:$message" ]
	[ "$before" = "$(sha256sum n.md)" ]
}

@test "run fills the notebook, and again changes no byte" {
	run "$KENG" notebook run n.md
	[ "$output" = "n.md: 2 of 2 blocks run, 3 values" ]
	grep -q '^title: Shares in <!-- keng:= shares.nrow -->2<!-- keng:. --> places$' n.md
	grep -q 'In a it is <!-- keng:= shares\[level=a\].estimate \*100 %.0f%% -->20%<!-- keng:. -->, above <!-- keng:= params.least -->5<!' n.md
	grep -q '^<!-- keng:out #shares -->$' n.md
	grep -qE '^<!-- keng:end #shares in=[0-9a-f]{8} out=[0-9a-f]{8} -->$' n.md
	before=$(sha256sum n.md)
	run "$KENG" notebook run n.md
	[ "$output" = "n.md: 0 of 2 blocks run, 3 values, nothing changed" ]
	[ "$before" = "$(sha256sum n.md)" ]
	run "$KENG" notebook check n.md
	[ "$status" -eq 0 ]
	[ "$output" = "n.md: 2 blocks, 3 values: up to date" ]
	run "$KENG" notebook check --rerun n.md
	[ "$status" -eq 0 ]
	[ "$output" = "n.md: 2 blocks, 3 values: all come out the same" ]
}

@test "check names what changed" {
	run "$KENG" notebook check n.md
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = "n.md:9: block '#shares': it has not been run yet" ]
	"$KENG" notebook run n.md
	echo 'c,20,80' >> d.csv
	run "$KENG" notebook check n.md
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = "n.md:9: block '#shares': d.csv changed" ]
	[[ "${lines[1]}" == *"block '#higher': block '#shares' above changed" ]]
	run "$KENG" notebook check --rerun n.md
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = "n.md:2: old '2', new '3'" ] || [[ "$output" == *"n.md:2: old '2', new '3'"* ]]
	"$KENG" notebook run n.md
	edit 's/--as proportion/--as proportion --method jeffreys/'
	run "$KENG" notebook check n.md
	[ "${lines[0]}" = "n.md:9: block '#shares': a command changed" ]
	rm d.csv
	run "$KENG" notebook check n.md
	[ "${lines[0]}" = "n.md:9: block '#shares': d.csv is missing" ]
}

@test "check --rerun compares row by row where rows came or went" {
	"$KENG" notebook run n.md
	printf '%s\n' 'level,x,n' 'a,10,50' 'ab,12,50' 'b,30,70' 'c,1,2' > d.csv
	row=$(grep -n '^| b ' n.md | head -1 | cut -d: -f1)
	run "$KENG" notebook check --rerun n.md
	[ "$status" -eq 1 ]
	echo "$output"
	[[ "$output" == *"n.md:$row: old '', new '| ab    | proportion |   0.2400 |"* ]]
	[[ "$output" == *"n.md:$row: old '0.5000', new '0.4286'"* ]]
	[[ "$output" != *"old 'b'"* && "$output" != *"old '0.2000'"* ]]
	printf '%s\n' 'level,x,n' 'a,10,50' > d.csv
	run "$KENG" notebook check --rerun n.md
	[[ "$output" == *"n.md:$row: old '| b     | proportion |   0.5000 |    0.06455 |     0.3774 |      0.6226 |   1 |', new ''"* ]]
}

@test "a parameter is set by --param, in the front matter too" {
	"$KENG" notebook run n.md
	run "$KENG" notebook run --param least=10 n.md
	[ "$status" -eq 1 ]
	[[ "$output" == "keng: n.md:26: no row of 'shares' has level=a"* ]] || [[ "$output" == *"no row of 'shares' has level=a; look at the block's table" ]]
	run "$KENG" notebook run --param least=9 n.md
	[ "$output" = "n.md: 2 of 2 blocks run, 3 values" ]
	grep -q '^params: {least: "9"}$' n.md
	run "$KENG" notebook run --param leest=9 n.md
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'leest' is no parameter of n.md; did you mean 'least'?" ]
}

@test "edits by hand are found and not written over" {
	"$KENG" notebook run n.md
	cp n.md good.md
	edit 's/-->20%</-->21%</'
	run "$KENG" notebook check n.md
	[[ "${lines[0]}" == n.md:*": block '#shares': the value '21%' was edited by hand" ]]
	run "$KENG" notebook run n.md
	[ "$status" -eq 1 ]
	[[ "$output" == *"block '#shares': the value '21%' was edited by hand; take the edit back, or 'keng notebook run --force' to write over it" ]]
	"$KENG" notebook run --force n.md
	cmp n.md good.md
	edit 's/0\.2000/0.3000/'
	refuses run "12: block '#shares': its result was edited by hand; take the edit back, or 'keng notebook run --force' to write over it"
	"$KENG" notebook run --force n.md
	cmp n.md good.md
}

@test "a value that was emptied is filled again, without --force; one edited beside it is not written over" {
	"$KENG" notebook run n.md
	cp n.md good.md
	edit 's/-->20%</--></'
	run "$KENG" notebook check n.md
	[ "$status" -eq 1 ]
	[[ "${lines[0]}" == n.md:*": block '#shares': a value of the text is empty" ]]
	run "$KENG" notebook run n.md
	[ "$status" -eq 0 ]
	cmp n.md good.md
	edit 's/-->20%</--></; s/shares.nrow -->2</shares.nrow -->3</'
	run "$KENG" notebook run n.md
	[ "$status" -eq 1 ]
	[[ "$output" == *"the value '3' was edited by hand"* ]]
}

@test "an edited value is not written over when the text asks other values too" {
	"$KENG" notebook run n.md
	cp n.md good.md
	edit 's/-->20%</-->21%</'
	printf 'New: <!-- keng:= shares.nrow %%.0f -->?<!-- keng:. -->\n' >> n.md
	cp n.md mine.md
	for action in check run; do
		run "$KENG" notebook "$action" n.md
		[ "$status" -eq 1 ]
		[[ "${lines[0]}" == *"n.md:"*": block '#shares': the value '21%' was edited by hand"* ]]
	done
	cmp n.md mine.md
	"$KENG" notebook run --force n.md
	[ "$(head -n -1 n.md | grep -v 'keng:from\|keng:end')" = "$(grep -v 'keng:from\|keng:end' good.md)" ]
	# what stands in a value that was never asked before is nobody's result
	printf 'Newer: <!-- keng:= shares.nrow %%.2f -->?<!-- keng:. -->\n' >> n.md
	"$KENG" notebook run n.md
	tail -1 n.md | grep -q -- "-->2.00<"
}

@test "a folder or file that is a link out of the notebook's folder is not written to" {
	mkdir inner outside
	cp *.csv inner
	cp n.md inner
	cd inner
	printf '```keng #kept\nquery d --sql "select level from d" --output kept.csv\n```\n' >> n.md
	cp n.md mine.md
	ln -s ../outside tables
	run "$KENG" notebook run n.md
	[ "$status" -eq 1 ]
	[[ "$output" == "keng: n.md:"*": 'tables/kept.csv' leads out of the notebook's folder by a symbolic link; put a folder or file in its place" ]]
	rm tables
	mkdir tables
	ln -s ../../outside/kept.csv tables/kept.csv
	run "$KENG" notebook run n.md
	[ "$status" -eq 1 ]
	cmp n.md mine.md
	[ -z "$(ls ../outside)" ]
}

@test "a byte order mark hides no front matter" {
	{ printf '\357\273\277'; cat n.md; } > bom.md
	run "$KENG" notebook run bom.md
	[ "$status" -eq 0 ]
	[ "$(head -c 3 bom.md | od -An -tx1)" = " ef bb bf" ]
}

@test "render goes on after a notebook that fails, and says so" {
	"$KENG" notebook run n.md
	printf -- '---\ntitle: Bad\n' > bad.md
	run "$KENG" notebook render bad.md n.md none.md --output pages
	[ "$status" -eq 3 ]
	[ "${lines[-1]}" = "keng: 2 of 3 notebooks failed; the others were rendered" ]
	[ -f pages/n.html ]
	[ ! -e pages/bad.html ]
	grep -q 'href="n.html"' pages/index.html
	run "$KENG" notebook render bad.md n.md
	[ "$status" -eq 1 ]
	[ -f n.html ]
}

@test "a notebook that fails does not stop the others" {
	sed 's/where "x > /where "y > /' n.md > bad.md
	cp n.md other.md
	run "$KENG" notebook run n.md bad.md other.md none.md
	[ "$status" -eq 3 ]
	[ "${lines[0]}" = "n.md: 2 of 2 blocks run, 3 values" ]
	[[ "${lines[1]}" == "bad.md: failed: bad.md:10: "*"'y'"* ]]
	[ "${lines[2]}" = "other.md: 2 of 2 blocks run, 3 values" ]
	[ "${lines[3]}" = "none.md: failed: none.md: cannot be opened: No such file or directory" ]
	[ "${lines[4]}" = "keng: 2 of 4 notebooks failed; the others were run" ]
	run "$KENG" notebook run n.md bad.md
	[ "$status" -eq 1 ]
	run "$KENG" notebook check none.md n.md
	[ "$status" -eq 3 ]
	[ "${lines[0]}" = "none.md: cannot be opened: No such file or directory" ]
	[ "${lines[1]}" = "n.md: 2 blocks, 3 values: up to date" ]
}

@test "shapes of a map are data: declared, hashed, seen from the notebook" {
	cp "$BATS_TEST_DIRNAME"/../charts/data/squares.* .
	mkdir sub
	cat > sub/m.md <<-'E'
	---
	data: {squares: ../squares.csv, shapes: ../squares.geojson}
	---
	```keng #map
	plot map squares --shapes shapes --x code --y value
	```
	E
	run "$KENG" notebook run sub/m.md
	echo "$output"
	[ "$status" -eq 0 ]
	grep -q ' data:shapes=[0-9a-f]\{8\} ' sub/m.md
	echo >> squares.geojson
	run "$KENG" notebook check sub/m.md
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = "sub/m.md:4: block '#map': squares.geojson changed" ]
	sed -i 's/--shapes shapes/--shapes squares.geojson/' sub/m.md
	run "$KENG" notebook check sub/m.md
	[ "$output" = "keng: sub/m.md:5: 'squares.geojson' is neither declared under data: nor the id of a block above; declare it in the front matter" ]
	run "$KENG" notebook run sub/m.md
	[ "$status" -eq 1 ]
	[ "$output" = "keng: sub/m.md:5: 'squares.geojson' is not declared under data:" ]
}

@test "figures and tables go beside the notebook; a figure changed by hand is found" {
	cat >> n.md <<-'E'

	```keng #drawn
	query d --sql "select n as year, x from d" --output years.csv --quiet
	plot line --x year --y x --title "Rises"
	```
	E
	run "$KENG" notebook run n.md
	[ "$status" -eq 0 ]
	[ "$(cat tables/years.csv)" = "$(printf 'year,x\n50,10\n60,30')" ]
	grep -q '^!\[.*\](figures/drawn.svg)$' n.md
	grep -q '</svg>' figures/drawn.svg
	cp n.md good.md
	echo '<!-- -->' >> figures/drawn.svg
	run "$KENG" notebook check n.md
	[[ "$output" == *"block '#drawn': figures/drawn.svg was changed by hand"* ]]
	run "$KENG" notebook run n.md
	[ "$status" -eq 1 ]
	cmp n.md good.md
	rm figures/drawn.svg
	run "$KENG" notebook check n.md
	[[ "$output" == *"block '#drawn': figures/drawn.svg is missing"* ]]
	"$KENG" notebook run n.md
	cmp n.md good.md
	sed -i 's/<metadata>keng [^;]*;/<metadata>keng 9.8.7;/' figures/drawn.svg
	run "$KENG" notebook check --rerun n.md
	[ "$status" -eq 0 ]
	"$KENG" notebook run --force n.md
	cmp n.md good.md
	"$KENG" notebook render n.md
	grep -q '<figure id="figure-1"><div class="picture" tabindex="0" role="region" aria-label="Figure 1"><svg' n.html
	grep -q 'id="f1-' n.html
	printf '%s\n' '---' 'data: {d: d.csv}' '---' '```keng #drawn' 'plot line d --x n --y x' '```' > other.md
	run "$KENG" notebook run other.md
	[ "$status" -eq 1 ]
	[ "$output" = "keng: other.md:4: 'figures/drawn.svg' belongs to the notebook n.md in the same folder; give the block another id" ]
}

@test "an edit in each of two blocks merges without conflict" {
	git init -q . && git config user.email a@b && git config user.name a
	cat >> n.md <<-'E'

	```keng #third
	query d --sql "select count(*) as n from d"
	```
	E
	"$KENG" notebook run n.md
	git add n.md && git commit -qm one
	git checkout -qb other
	edit 's/estimate > 0.3/estimate > 0.1/'
	"$KENG" notebook run n.md
	git commit -qam two
	git checkout -q -
	edit 's/select count/select 1 + count/'
	"$KENG" notebook run n.md
	git commit -qam three
	git merge -q other -m four
	run "$KENG" notebook check n.md
	[ "$status" -eq 0 ]
	run "$KENG" notebook check --rerun n.md
	[ "$status" -eq 0 ]
}

@test "edits in two blocks with figures and values in the prose between them merge without conflict" {
	git init -q . && git config user.email a@b && git config user.name a
	for id in one two; do
		printf '\n```keng #%s\nquery d --sql "select level, n from d where n > 1"\nplot bar --x level --y n\n```\n\nThere are <!-- keng:= %s.nrow --><!-- keng:. -->.\n' $id $id >> n.md
	done
	"$KENG" notebook run n.md
	git add n.md d.csv figures && git commit -qm first
	git checkout -qb other
	sed -i '/keng #one/,/^```$/s/n > 1"/n > 55"/' n.md
	"$KENG" notebook run n.md
	git commit -qam one
	git checkout -q -
	sed -i '/keng #two/,/^```$/s/n > 1"/n < 55"/; /keng #two/,/^```$/s/bar/bar --title Two/' n.md
	"$KENG" notebook run n.md
	git commit -qam two
	git merge -q other -m both
	[ "$(grep -c 'There are .*-->1<!' n.md)" -eq 2 ]
	run "$KENG" notebook check n.md
	[ "$status" -eq 0 ]
	run "$KENG" notebook check --rerun n.md
	[ "$status" -eq 0 ]
}

@test "figures are the same bytes in any order, alone or many, on any number of threads" {
	cp "$BATS_TEST_DIRNAME"/../charts/data/* .
	for order in cat tac; do
		{
			echo '---'
			printf 'data: {'
			for file in *.csv *.geojson; do printf '%s: %s, ' "${file/./_}" "$file"; done
			printf 'n: d.csv}\n---\n'
			grep -v '^#' "$BATS_TEST_DIRNAME/../charts/cases" | sed -E 's/([a-z]+)\.(csv|geojson)/\1_\2/g' | $order |
				sed -E 's/^([^:]*): (.*)/```keng #\1\nplot \2\n```\n/'
		} > all.md
		"$KENG" notebook run -j 1 all.md
		mv figures "$order"
	done
	diff -r cat tac
	"$KENG" notebook run -j 3 all.md
	diff -r cat figures
	{ sed -n 1,3p all.md; sed -n '/keng #moran/,/^```$/p' all.md | sed 's/#moran/#alone/'; } > one.md
	"$KENG" notebook run one.md
	cmp cat/moran.svg figures/alone.svg
}

@test "unknown block" {
	edit 's/shares\[level=a\]/shars[level=a]/'
	refuses run "13: 'shars' is the id of no block; did you mean 'shares'?"
	refuses check "13: 'shars' is the id of no block; did you mean 'shares'?"
}

@test "value path that does not exist" {
	edit 's/level=a\].estimate/level=a].estimat/'
	run "$KENG" notebook run n.md
	[ "$status" -eq 1 ]
	[[ "$output" == "keng: n.md:13: 'estimat' is not a column; did you mean 'estimate'?"* ]]
	edit 's/level=a\].estimat/level=c].estimate/'
	refuses run "13: no row of 'shares' has level=c; look at the block's table"
	edit 's/\[level=c\]//'
	refuses run "13: 'shares.estimate' has 2 rows to choose from; name one: shares[column=cell].estimate"
	edit 's/shares.estimate \*100 %.0f%%/shares.nrow %x/'
	refuses run "13: '%x' is no format for a number; write such as %.1f, %'.0f, %.3g, %d, %p or %.1f%%"
	edit 's/shares.nrow %x/shares/'
	refuses run "13: 'shares' is no address of a value; write block[column=cell].column, block.nrow or params.name"
}

@test "marker at the start of a line, not closed" {
	edit 's/^In a it is //'
	refuses run "13: a value stands at the start of a line, where Markdown takes it for raw HTML; put a word before it"
	edit 's/^<!-- keng:= shares/In <!-- keng:= shares/; 13s/<!-- keng:. -->//g'
	refuses run "13: a value is not closed on its line; write '<!-- keng:= path %.1f -->0<!-- keng:. -->'"
}

@test "references lead to figures and tables, and to no block that is not there" {
	printf '\n```keng #drawn\nquery d --sql "select n, x from d"\nplot line --x n --y x\n```\n\nSee [](#drawn), [](#drawn.table), `[](#code)`.\n' >> n.md
	"$KENG" notebook run n.md
	"$KENG" notebook render n.md
	grep -q 'See <a href="#figure-1">Figure 1</a>, <a href="#table-3">Table 3</a>, <code>\[\](#code)</code>.' n.html
	grep -q '<p><strong><span id="table-3">Table 3.</span> </strong></p>' n.html
	edit 's/^title/lang: vi\ntitle/'
	"$KENG" notebook run n.md
	"$KENG" notebook render n.md
	grep -q 'See <a href="#figure-1">Hình 1</a>, <a href="#table-3">Bảng 3</a>' n.html
	edit 's/(#drawn)/(#dawn)/'
	line=$(grep -n '#dawn' n.md | cut -d: -f1)
	refuses check "$line: '[](#dawn)' leads to no block; did you mean '#drawn'?"
	refuses run "$line: '[](#dawn)' leads to no block; did you mean '#drawn'?"
}

@test "keys of the front matter that are not understood" {
	cp n.md good.md
	edit 's/^keng: 1/keng: 1\nlang: de/'
	refuses check "4: 'de' is no language that keng writes; choose from: en, vi"
	cp good.md n.md
	edit 's/^data:.*/data: [d.csv]/'
	refuses run "5: 'data' is a list; give each entry a name: {name: value}"
	edit 's/^data:.*/data: d.csv/'
	refuses run "5: 'data' names no files; write 'data: {name: file.csv}', or one indented 'name: file.csv' a line"
}

@test "a parameter that is not declared" {
	edit 's/{{least}}/{{leest}}/'
	refuses run "10: '{{leest}}' is not declared under params:; did you mean 'least'?"
	edit 's/{{leest}}/{{other}}/'
	refuses check "10: '{{other}}' is not declared under params:; declare it in the front matter"
}

@test "conflict markers" {
	edit '8i <<<<<<< HEAD'
	refuses run "8: conflict markers of a merge; choose one side, then run again"
	refuses check "8: conflict markers of a merge; choose one side, then run again"
}

@test "undeclared data, data on the network, data that is not there" {
	edit 's/participation d /participation e.csv /'
	refuses run "10: 'e.csv' is neither declared under data: nor the id of a block above; declare it in the front matter"
	refuses check "10: 'e.csv' is neither declared under data: nor the id of a block above; declare it in the front matter"
	edit 's/participation e.csv /participation d /; s|d: d.csv|d: https://example.org/d.csv|'
	refuses run "5: 'https://example.org/d.csv' is an address on the network; a notebook reads files only: save it beside the notebook and name that"
	edit 's|https://example.org/d.csv|dd.csv|'
	refuses run "10: no such file 'dd.csv'; did you mean 'd.csv'?"
}

@test "a path that leaves the folder" {
	edit 's/--as proportion/--as proportion --output ..\/x.csv/'
	refuses run "10: '--output ../x.csv' leaves the folder tables/ beside the notebook, the only place for such files; give a plain name of letters, digits, '-', '_' and '.'"
	[ ! -e ../x.csv ]
}

@test "two blocks with one id, a block without, one that is not closed" {
	edit 's/#higher/#shares/'
	refuses run "15: two blocks have the id '#shares': here and in line 9; rename one"
	edit '15s/ #shares//'
	refuses run "15: a keng block has no id; write '\`\`\`keng #name' (letters a to z, digits, '-' and '_')"
	edit '15s/$/ #higher/; 17d'
	refuses run "15: the block '#higher' is not closed; end it with '\`\`\`'"
}

@test "a result away from its block, of no block, not closed" {
	"$KENG" notebook run n.md
	cp n.md good.md
	edit 's/^<!-- keng:out #shares -->/Moved.\n&/'
	refuses run "13: the result of '#shares' stands away from its block in line 9; move it below the block, or delete it and run again"
	cp good.md n.md
	edit 's/keng:out #shares/keng:out #share/'
	refuses run "12: '#share' is the id of no block above; did you mean '#shares'?"
	cp good.md n.md
	edit '/keng:end #shares/d'
	run "$KENG" notebook run n.md
	[ "$status" -eq 1 ]
	[[ "$output" == *"the result of '#shares' is not closed; end it with '<!-- keng:end #shares -->', or delete it and run again" ]]
}

@test "front matter that is not understood" {
	edit 's/^keng: 1/keng: 1\nkeng: 1/'
	refuses run "4: 'keng' is given twice; keep one"
	edit '4d; s/^params: .*/params: {least: "5/'
	refuses run "4: the quote in the value of 'least' is not closed on its line; close it"
	edit 's/^params: .*/params: *anchor/'
	refuses run "4: the value of 'params' uses a part of YAML that is not understood here; put it in double quotes"
	edit '6d'
	refuses run "5: the value of 'params' uses a part of YAML that is not understood here; put it in double quotes" ||
	refuses run "4: the value of 'params' uses a part of YAML that is not understood here; put it in double quotes"
}

@test "a format that is not known, Windows line ends" {
	edit 's/^keng: 1/keng: 2/'
	refuses check "3: format '2' is not known to this keng, which reads format 1; write 'keng: 1', or use a newer keng"
	edit 's/^keng: 2/keng: 1/; s/$/\r/'
	run "$KENG" notebook run n.md
	[ "$output" = "n.md: 2 of 2 blocks run, 3 values" ]
	run "$KENG" notebook check n.md
	[ "$status" -eq 0 ]
	run "$KENG" notebook check --rerun n.md
	[ "$status" -eq 0 ]
	run ! grep -qv $'\r$' n.md
	# the same notebook with the other line ends, as git may check it out
	sed -i 's/\r$//' n.md
	run "$KENG" notebook check n.md
	[ "$status" -eq 0 ]
}

@test "what is no text, fences that stay open, comments that are no markers" {
	cp n.md good.md
	printf 'x\001\n' >> n.md
	refuses run "18: a control character (byte 1) that is no text; delete it"
	cp good.md n.md
	printf 'x\377\n' >> n.md
	refuses run "18: a byte that is no UTF-8 text; save the notebook as UTF-8"
	cp good.md n.md
	printf '~~~~ r\nprint(1)\n~~~\n' >> n.md
	refuses run "18: the fence that starts here is never closed; end it with a line '~~~~'"
	cp good.md n.md
	edit 's/keng:= params/keng: params/'
	refuses run "13: '<!-- keng:' is no marker of keng; write a value as '<!-- keng:= path %.1f -->0<!-- keng:. -->'"
	cp good.md n.md
	edit 's/<!-- keng:= params.least -->//'
	refuses run "13: '<!-- keng:. -->' ends a value that does not begin; write '<!-- keng:= path %.1f -->0<!-- keng:. -->'"
}

@test "fences: tildes, longer ones, in quotes, in other fences; no block and no byte at all" {
	printf '%s\n' '~~~keng #tilde' 'query d --sql "select 1 as x"' '~~~' '````' '```keng #inner' 'nonsense' '```' '````' \
		'> ```keng #quoted' '> nonsense' '> ```' '`````keng #long' 'query d --sql "select 2 as x"' '`````' >> n.md
	run "$KENG" notebook run n.md
	[ "$output" = "n.md: 4 of 4 blocks run, 3 values" ]
	run "$KENG" notebook check n.md
	[ "$status" -eq 0 ]
	printf -- '- item\n\n  ```keng #listed\n  nonsense\n  ```\n' >> n.md
	refuses run "$(grep -n listed n.md | cut -d: -f1): a keng block is indented; move it to the start of the line"
	for text in 'Only prose.' ''; do
		printf '%s' "$text" > p.md
		run "$KENG" notebook run p.md
		[ "$status" -eq 0 ]
		[ "$output" = "p.md: 0 of 0 blocks run, 0 values, nothing changed" ]
		run "$KENG" notebook check p.md
		[ "$output" = "p.md: 0 blocks, 0 values: up to date" ]
		"$KENG" notebook render p.md
	done
}

@test "ten megabytes of prose, and ten thousand values" {
	for ((i = 0; i < 10000; i++)); do echo 'In a <!-- keng:= shares[level=a].estimate *100 %.0f%% -->?<!-- keng:. --> and more.'; done >> n.md
	head -c 10000000 /dev/zero | tr '\0' 'x' | fold -w 99 >> n.md
	run timeout 60 "$KENG" notebook run n.md
	[ "$output" = "n.md: 2 of 2 blocks run, 10003 values" ]
	[ "$(grep -c '>20%<' n.md)" -eq 10001 ]
	run timeout 60 "$KENG" notebook check n.md
	[ "$output" = "n.md: 2 blocks, 10003 values: up to date" ]
}

@test "a folder that may not be written, a disk that is full: exit 3, the notebook as it was" {
	mkdir kept
	cp n.md d.csv kept
	sum=$(sha256sum kept/n.md)
	if [ "$(id -u)" -eq 0 ]; then
		mkdir full && mount -t tmpfs -o size=16k tmpfs full 2> /dev/null || skip "no small file system can be made here"
		cp n.md d.csv full
		head -c 16000 /dev/zero > full/rest 2> /dev/null || true
		run "$KENG" notebook run full/n.md
		same=$(cmp n.md full/n.md && echo yes)
		find full -name '*.??????' > litter
		umount full
		[ "$same" = yes ]
		[ ! -s litter ]
		[ "$output" = "keng: full/n.md: cannot be written: No space left on device; free some space, then run again" ]
	else
		chmod a-w kept
		run "$KENG" notebook run kept/n.md
		chmod u+w kept
		[ "$output" = "keng: kept/n.md: cannot be written: Permission denied; change the folder's permissions, or work in another" ]
	fi
	[ "$status" -eq 3 ]
	[ "$sum" = "$(sha256sum kept/n.md)" ]
}

@test "data that changes while a notebook runs: nothing is written" {
	cat > slow.md <<-'E'
	---
	keng: 1
	data: {d: d.csv}
	---
	```keng #slow
	query d --sql "with recursive c(i) as (select 1 union all select i + 1 from c where i < 4000000) select count(*) as n from c, d where d.x = 10"
	```
	E
	sum=$(sha256sum slow.md)
	"$KENG" notebook run slow.md > told 2>&1 &
	run=$!
	sleep 0.3
	echo 'c,20,80' >> d.csv
	wait $run && status=0 || status=$?
	cat told
	[ "$status" -eq 1 ]
	[ "$(cat told)" = "keng: slow.md:5: data of block '#slow' changed while it ran; nothing was written, run again" ]
	[ "$sum" = "$(sha256sum slow.md)" ]
}

@test "a command that fails is named by its line, and nothing is written" {
	edit 's/select level from/select levle from/'
	run "$KENG" notebook run n.md
	[ "$status" -eq 1 ]
	[[ "$output" == "keng: n.md:16: "*"levle"* ]]
	run ! grep -q 'keng:out' n.md
	edit 's/^query shares/qery shares/'
	refuses run "16: 'qery' is not a program of keng; did you mean 'query'?"
}

@test "render makes one page without scripts of others, an index over several" {
	"$KENG" notebook run n.md
	cp n.md m.md
	run "$KENG" notebook render --output out n.md m.md
	[ "$status" -eq 0 ]
	[ "$output" = "$(printf 'out/n.html\nout/m.html\nout/index.html')" ]
	grep -q '<title>Shares in 2 places</title>' out/n.html
	grep -q '<th scope="col">level</th>' out/n.html
	grep -qE '<div class="scroll" style="--width:[0-9]+" tabindex="0" role="region" aria-label="Table 1"><table>' out/n.html
	grep -q '<span class="value" title="shares\[level=a\].estimate \*100 %.0f%%">20%</span>' out/n.html
	run ! grep -qE 'keng:(out|end|from)|https?://' out/n.html
	grep -q '<a href="n.html">Shares in 2 places</a>' out/index.html
	edit 's/> {{least}}/>= {{least}}/'
	run "$KENG" notebook render n.md
	[ "${lines[0]}" = "n.md: not up to date (2 problems); 'keng notebook run n.md' first" ]
}

@test "check says what to do about edits by hand, render what is wrong" {
	"$KENG" notebook run n.md
	edit 's/-->20%</-->21%</'
	run "$KENG" notebook check n.md
	[ "${lines[1]}" = "keng: 1 problem; take an edit by hand back, or 'keng notebook run --force' to write over it" ]
	echo 'c,20,80' >> d.csv
	edit 's/keng:= shares\[level=a\]/keng:= shars[level=a]/'
	run "$KENG" notebook render n.md
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == "n.md:"*": 'shars' is the id of no block; did you mean 'shares'?; the page shows what stands there now" ]]
}

@test "a block that is not closed is named, not what comes after it" {
	"$KENG" notebook run n.md
	line=$(grep -n '^```$' n.md | head -1 | cut -d: -f1)
	edit "${line}d"
	refuses run "9: the block '#shares' is not closed before line $line; end its commands with a line '\`\`\`'"
	refuses check "9: the block '#shares' is not closed before line $line; end its commands with a line '\`\`\`'"
}

@test "an id has no blanks" {
	edit 's/#higher$/#high er/'
	refuses run "15: 'er' stands after the id '#high' of a block; an id has no blanks (letters a to z, digits, '-' and '_'), and commands start on the next line"
}

@test "unknown action and missing file" {
	run "$KENG" notebook rum n.md
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'rum' is nothing that notebook can do; did you mean 'run'?" ]
	run "$KENG" notebook run
	[ "$status" -eq 2 ]
	[ "$output" = "keng: notebook run needs a file; write 'keng notebook run FILE.md ...'" ]
	run "$KENG" notebook run none.md
	[ "$status" -eq 3 ]
}

@test "several notebooks at the same time" {
	for i in 1 2 3 4 5 6; do cp n.md "n$i.md"; done
	"$KENG" notebook run -j 3 n?.md
	for i in 2 3 4 5 6; do cmp n1.md "n$i.md"; done
}

@test "batch: one notebook a row, a failing row does not stop the others, again only what is stale" {
	printf '%s\n' 'name,least' 'Hòa Bình,5' 'Đà Bắc,9' 'Mai Châu,11' > over.csv
	run "$KENG" notebook batch n.md --over over.csv -j 2
	[ "$status" -eq 1 ]
	[[ "${lines[0]}" == "mai-chau: failed: out/mai-chau/n.md:13: no row of 'shares' has level=a"* ]]
	[ "${lines[1]}" = "out: 3 notebooks: 2 run, 0 up to date, 1 failed" ]
	[ "${lines[2]}" = "keng: 1 of 3 rows failed; 'out/status.csv' says why" ]
	grep -q '^params: {least: "9"}$' out/da-bac/n.md
	grep -q '^data: {d: "../../d.csv"}$' out/da-bac/n.md
	[ "$(sed -n 2,3p out/status.csv)" = "$(printf 'hoa-binh,ok,""\nda-bac,ok,""')" ]
	[[ "$(sed -n 2p out/results.csv)" == "hoa-binh,shares,level=a,proportion,wilson,0.2,"* ]]
	before=$(sha256sum out/da-bac/n.md out/results.csv)
	run "$KENG" notebook batch n.md --over over.csv
	[ "${lines[1]}" = "out: 3 notebooks: 0 run, 2 up to date, 1 failed" ]
	[ "$before" = "$(sha256sum out/da-bac/n.md out/results.csv)" ]
	sed -i 's/,11/,8/' over.csv
	run "$KENG" notebook batch n.md --over over.csv
	[ "$status" -eq 0 ]
	[ "$output" = "out: 3 notebooks: 1 run, 2 up to date, 0 failed" ]
	run "$KENG" notebook check out/*/n.md
	[ "$status" -eq 0 ]
	printf '%s\n' 'name,least' 'Đà Bắc,5' 'Da Bac,9' > over.csv
	run "$KENG" notebook batch n.md --over over.csv
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = "da-bac: failed: over.csv:3: column 'name': the folder 'da-bac' is that of line 2 too; name a column of different names with --slug" ]
	grep -q '^params: {least: "5"}$' out/da-bac/n.md
	printf '%s\n' 'name,least' ',5' 'Kim Bôi,9' > over.csv
	run "$KENG" notebook batch n.md --over over.csv
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = ": failed: over.csv:2: column 'name': the cell gives no folder a name; fill it, or name another column with --slug" ]
	[ "${lines[1]}" = "out: 2 notebooks: 1 run, 0 up to date, 1 failed" ]
	printf '%s\n' 'name,least' 'Đà Bắc,5' 'Da Bac,9' > over.csv
	run "$KENG" notebook batch n.md --over over.csv --slug least
	[ "$status" -eq 0 ]
	[ -e out/5/n.md ]
	[ -e out/9/n.md ]
	[ ! -e out/index.html ]
	printf '%s\n' 'name,least' 'x,5' 'y,' > over.csv
	run "$KENG" notebook batch n.md --over over.csv
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = "y: failed: over.csv:3: column 'least': the parameter is empty; fill the cell" ]
	[ ! -e out/y/n.md ]
	[ -e out/x/n.md ]
	printf '%s\n' 'name,other' 'x,5' > over.csv
	run "$KENG" notebook batch n.md --over over.csv
	[ "$output" = "keng: no column of 'over.csv' is a parameter of n.md; name one like an entry of params:" ]
	printf '%s\n' 'name,leest' 'x,5' > over.csv
	run "$KENG" notebook batch n.md --over over.csv
	[ "$output" = "keng: over.csv:1: column 'leest': no parameter of n.md, which has 'least'; rename one of the two" ]
}

@test "new writes a notebook that runs" {
	printf '%s\n' 'year,population' '2010,10' '2011,11' '2012,12' > population.csv
	run "$KENG" notebook new first.md
	[ "$output" = "first.md" ]
	run "$KENG" notebook run first.md
	[ "$output" = "first.md: 2 of 2 blocks run, 1 values" ]
	run "$KENG" notebook check first.md
	[ "$status" -eq 0 ]
	run "$KENG" notebook new first.md
	[ "$status" -eq 2 ]
	[ "$output" = "keng: 'first.md' is there already; choose another name" ]
}

@test "pdf and docx name the program that is missing" {
	"$KENG" notebook run n.md
	PATH=/nonexistent run "$KENG" notebook render --to pdf n.md
	[ "$status" -eq 3 ]
	[ "$output" = "keng: pdf is made by Chromium, which is not installed; install the package chromium" ]
	PATH=/nonexistent run "$KENG" notebook render --to docx n.md
	[ "$status" -eq 3 ]
	[ "$output" = "keng: docx is made by pandoc, which is not installed; install the package pandoc" ]
	[ ! -e n.pdf ]
}

@test "docx: the text, tables and figures of the notebook, without commands" {
	command -v pandoc > /dev/null || skip "pandoc is not installed"
	printf '\n```keng #drawn\nplot line d --x n --y x\n```\n' >> n.md
	"$KENG" notebook run n.md
	run "$KENG" notebook render --to docx n.md
	[ "$output" = "n.docx" ]
	pandoc --from=docx --to=markdown --extract-media=media --columns=500 n.docx > back.md
	grep -q 'In a it is 20%, above 5' back.md
	grep -qE 'a +.*0\.2000' back.md
	if command -v rsvg-convert > /dev/null; then [ "$(find media -name '*.png' | wc -l)" -eq 1 ]; fi
	run ! grep -qE 'Commands|Skip to|Contents|Copy table' back.md
	[ "$(pandoc --from=docx --to=plain --standalone n.docx | grep -c 'Shares in 2 places')" -eq 1 ]
	[ -z "$(ls -d "$TMPDIR"/keng-page* 2> /dev/null)" ]
}

@test "docx: columns are as wide as their texts, and a wide table has smaller letters" {
	command -v pandoc > /dev/null || skip "pandoc is not installed"
	command -v unzip > /dev/null || skip "unzip is not installed"
	{
		printf -- '---\ntitle: Tables\nkeng: 1\n---\n\n| a | district & more |\n| --- | --- |\n| 1 | Huyện Lạc Sơn, 1,200,000 |\n\n'
		printf '|%s\n' "$(for j in 1 2 3 4 5 6 7 8 9; do printf ' limit %d |' $j; done)" "$(printf -- ' --- |%.0s' 1 2 3 4 5 6 7 8 9)" \
			"$(for j in 1 2 3 4 5 6 7 8 9; do printf ' 0.%d & <2345678> |' $j; done)"
	} > wide.md
	"$KENG" notebook render --to docx wide.md
	unzip -p wide.docx word/document.xml > wide.xml
	# gridCol of the first table: the second column is the wider one by its 24 characters against 1
	width=($(grep -o '<w:gridCol w:w="[0-9]*"' wide.xml | head -2 | grep -o '[0-9]*'))
	[ "${width[1]}" -gt $((5 * width[0])) ]
	[ "$(grep -o '<w:sz w:val="[0-9]*"' wide.xml | sort -u | wc -l)" -eq 1 ]
	pandoc --from=docx --to=plain --columns=300 wide.docx > wide.txt
	grep -qF '0.9 & <2345678>' wide.txt
	grep -qF 'district & more' wide.txt
}

@test "pdf: pages with the text, printed by Chromium" {
	command -v chromium > /dev/null || skip "Chromium is not installed"
	"$KENG" notebook run n.md
	run "$KENG" notebook render --to pdf --output out.pdf n.md
	[ "$status" -eq 0 ] || skip "Chromium does not start here"
	[ "$(head -c 5 out.pdf)" = "%PDF-" ]
	tail -c 8 out.pdf | grep -q '%%EOF'
	[ "$(find . -name '*.pdf*' | wc -l)" -eq 1 ]
	sleep 1.1
	"$KENG" notebook render --to pdf --output again.pdf n.md
	# Chromium numbers the nodes of the tags as it meets them, now and then in another order: all else is the same bytes
	cmp <(sed 's/(node[0-9]*) *[0-9]* 0 R//g; s/(node[0-9]*)//g' out.pdf) <(sed 's/(node[0-9]*) *[0-9]* 0 R//g; s/(node[0-9]*)//g' again.pdf)
	! grep -aqE '/(Creation|Mod)Date' out.pdf || false
	if command -v pdfinfo > /dev/null; then pdfinfo out.pdf | grep -q '^Page size: .*A4'; fi
}

@test "names of data may have letters of any alphabet" {
	sed 's/{d: d.csv}/{dữ-liệu: d.csv}/; s/participation d /participation dữ-liệu /' n.md > vi.md
	run "$KENG" notebook run vi.md
	[ "$output" = "vi.md: 2 of 2 blocks run, 3 values" ]
}
