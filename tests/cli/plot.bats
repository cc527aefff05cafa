#!/usr/bin/env bats
# keng plot: kinds, media, messages, and that a figure is old or new, never torn.

setup() {
	KENG=$(realpath "${KENG:-build/keng}")
	DATA=$(realpath "$BATS_TEST_DIRNAME/../charts/data")
	command -v gnuplot > /dev/null || skip "gnuplot is not installed"
	cp "$DATA"/* "$BATS_TEST_TMPDIR"
	cd "$BATS_TEST_TMPDIR"
}

@test "a saved funnel takes its target by --reference" {
	cd "$BATS_TEST_TMPDIR"
	printf 'place,x,people\na,10,100\nb,25,130\nc,40,400\nd,9,40\ne,70,500\nf,30,90\n' > places.csv
	"$KENG" funnel places.csv --count x --population people --by place,people --quiet --output funnel.csv
	"$KENG" plot funnel funnel.csv --x people --output plain.svg
	"$KENG" plot funnel funnel.csv --x people --reference 146 --output funnel.svg
	! cmp -s plain.svg funnel.svg || false
	grep -q "target" funnel.svg
	! grep -q "target" plain.svg || false
}

@test "a funnel without sizes of places is refused, not drawn over some other number" {
	printf 'place,x,people\na,10,100\nb,25,130\nc,40,400\n' > places.csv
	"$KENG" funnel places.csv --count x --population people --by place --quiet --output funnel.csv
	run "$KENG" plot funnel funnel.csv --output none.svg
	[ "$status" -eq 2 ]
	[[ "$output" == *"name its column with --x; a saved result has it when --by names it too"* ]]
	[ ! -e none.svg ]
}

@test "each ending gives its kind of file" {
	for ending in svg pdf png eps tex txt; do
		"$KENG" plot line breaks.csv --output "x.$ending" --quiet
		[ -s "x.$ending" ]
	done
	[ "$(head -c 5 x.pdf)" = "%PDF-" ]
	[ "$(head -c 4 x.png | tail -c 3)" = "PNG" ]
	[ "$(head -c 4 x.eps)" = "%!PS" ]
	grep -q 'includegraphics.*x-lines' x.tex
	[ -s x-lines.pdf ]
	grep -q 2006 x.txt
}

@test "same input, same bytes: SVG, PDF and EPS, in any locale and time zone" {
	for ending in svg pdf eps; do
		"$KENG" plot line places.csv --y rate --group place --output "a.$ending"
		cp "a.$ending" "first.$ending"
		sleep 1.1
		LC_ALL=vi_VN.UTF-8 TZ=Asia/Ho_Chi_Minh "$KENG" plot line places.csv --y rate --group place --output "a.$ending"
		cmp "first.$ending" "a.$ending"
	done
}

@test "synthetic data say so, whatever the caller says" {
	"$KENG" plot line breaks.csv --source mine --note mine --subtitle mine --output s.svg --quiet
	grep -q '<text>Synthetic data</text>' s.svg
	"$KENG" plot line breaks.csv --lang vi --output s.svg --quiet
	grep -qi 'synthetic data' s.svg
}

@test "numbers are grouped for the language" {
	"$KENG" plot bar bounds.csv --x level --y people --output n.svg
	grep -qF '<text>30,000</text>' n.svg
	"$KENG" plot bar bounds.csv --x level --y people --lang vi --output n.svg
	grep -qF '<text>30.000</text>' n.svg
}

@test "a bound is said to be one" {
	"$KENG" plot bar bounds.csv --x level --y people --output b.svg
	grep -qF '<text>> 32,000</text>' b.svg
}

@test "the script and the data beside the figure draw it again" {
	"$KENG" plot line places.csv --y rate --group place --output r.svg --with-script
	[ "$(head -1 r.csv)" = "place,year,rate,low,high,area,attained" ]
	gnuplot r.gp > /dev/null
	[ "$(grep -c '<text>' figure.svg)" -eq "$(grep -c '<text>' r.svg)" ]
}

@test "unknown kind, ending, size, column" {
	run "$KENG" plot lime breaks.csv --output x.svg
	[ "$status" -eq 2 ]
	run "$KENG" plot line breaks.csv --output x.jpg
	[ "$status" -eq 2 ]
	[[ "$output" == *"'x.jpg' does not end in .svg, .pdf, .png, .eps, .tex or .txt: the ending picks the format"* ]]
	run "$KENG" plot line breaks.csv --size poster --output x.svg
	[ "$status" -eq 2 ]
	run "$KENG" plot line breaks.csv --y person --output x.svg
	[ "$status" -eq 2 ]
	[[ "$output" == *"did you mean 'persons'"* ]]
	[ ! -e x.svg ]
}

@test "half an interval, no values, outcomes that are none" {
	run "$KENG" plot line places.csv --y rate --low low --group place --output x.svg
	[ "$status" -eq 2 ]
	[[ "$output" == *"an interval needs both ends: --low COLUMN and --high COLUMN"* ]]
	run "$KENG" plot line places.csv --y rate --group place --where 'rate is null' --output x.svg
	[ "$status" -eq 1 ]
	[[ "$output" == *"there is no row with both 'year' and 'rate': nothing to draw"* ]]
	run "$KENG" plot fit places.csv --x area --y rate --output x.svg
	[ "$status" -eq 1 ]
	[[ "$output" == *"'fit' draws outcomes of 0 and 1"* ]]
	[ ! -e x.svg ]
}

@test "a figure that cannot be drawn leaves the old one" {
	echo old > x.svg
	run env PATH=/nonexistent "$KENG" plot line breaks.csv --output x.svg
	[ "$status" -eq 3 ]
	[[ "$output" == *"gnuplot is not installed; figures need it: apt-get install gnuplot-nox"* ]]
	[ "$(cat x.svg)" = old ]
	mkdir bin
	printf '#!/bin/sh\nexit 0\n' > bin/gnuplot
	chmod +x bin/gnuplot
	run env PATH="$PWD/bin" "$KENG" plot line breaks.csv --output x.svg
	[ "$status" -eq 3 ]
	[ "$(cat x.svg)" = old ]
}

@test "nothing is left in the folder for temporary files" {
	mkdir tmp
	TMPDIR="$PWD/tmp" "$KENG" plot line breaks.csv --output x.svg --quiet
	[ -z "$(ls tmp)" ]
}

@test "a line or bar with two values at one place is refused: which rows, what to do" {
	printf 'place,sex,year,rate\nA,m,2010,1\nA,f,2010,5\nB,m,2010,3\nB,f,2010,4\n' > twice.csv
	run "$KENG" plot line twice.csv --x year --y rate --group place --output x.svg
	[ "$status" -eq 1 ]
	[ "$output" = "keng: twice.csv:3: column 'year': '2010' is there twice for A (first on line 2); they differ in 'sex': --let \"series=place || ', ' || sex\" --group series tells them apart; or choose rows with --where, or fold them with --aggregate sum, mean, min or max" ]
	for kind in bar slope small-multiples diffusion trend heatmap; do
		run "$KENG" plot "$kind" twice.csv --x year --y rate --group place --output x.svg
		[ "$status" -eq 1 ]
		[[ "$output" == *"'2010' is there twice for A"* ]]
	done
	[ ! -e x.svg ]
	"$KENG" plot bar twice.csv --x place --y rate --aggregate mean --output x.svg
	grep -q 'Highest: B (3.5). Lowest: A (3.0)' x.svg
	"$KENG" plot bar twice.csv --x place --y rate --group series --let "series=place || ', ' || sex" --output x.svg
	run "$KENG" plot bar twice.csv --x place --aggregate mean --output x.svg
	[ "$status" -eq 2 ]
	[[ "$output" == *"'--aggregate' folds what --y names; name the column with --y"* ]]
}

@test "a figure remembers its command without what depends on the machine" {
	mkdir -p deep/folder
	cp places.csv deep/folder
	"$KENG" plot line places.csv --y rate --group place --output a.svg
	"$KENG" plot line "$PWD/deep/folder/places.csv" --y rate --group place --quiet --threads 1 "--output=$PWD/b.svg"
	cmp a.svg b.svg
	grep -qF "<metadata>$("$KENG" --version); command: keng plot line places.csv --y rate --group place; data:" a.svg
}

@test "the command that a figure remembers can be given to a shell again" {
	command -v xmllint > /dev/null || skip "xmllint is not installed"
	title="it's; touch touched; \$(touch touched) \"x\" {a,b} !"
	"$KENG" plot line places.csv --y rate --group place --title "$title" --output a.svg
	command=$(xmllint --xpath 'string(//*[local-name()="metadata"])' a.svg | sed 's/^[^;]*; command: //; s/; data: [0-9a-f]*$//')
	eval "${command/keng/\"$KENG\"} --output b.svg"
	[ ! -e touched ]
	cmp a.svg b.svg
}

@test "a LaTeX figure compiles, whatever is in its texts" {
	command -v pdflatex > /dev/null || skip "pdflatex is not installed"
	kpsewhich t5enc.def > /dev/null || skip "LaTeX has no Vietnamese"
	"$KENG" plot line places.csv --y rate --low low --high high --group place --output f.tex \
		--title '100% & $5 _under_ {brace} ~^\ #1 <Lạc Sơn> "quoted" '\''so'\'''
	"$KENG" plot tile squares.csv --x code --y value --lang vi --output g.tex
	printf '%s\n' '\documentclass{article}' '\usepackage[T5,T1]{fontenc}' '\usepackage[utf8]{inputenc}' \
		'\usepackage{graphicx,xcolor}' '\begin{document}' '\input{f.tex}' '\input{g.tex}' '\end{document}' > d.tex
	HOME=$PWD run pdflatex -interaction=nonstopmode -halt-on-error d.tex
	[ "$status" -eq 0 ]
	! grep -q '^! ' d.log || false
	[ -s d.pdf ]
}

@test "the footer says the level of the data, not of a habit" {
	printf 'place,n,people\nA,12,1000\nB,40,2000\nC,5,\n' > counts.csv
	"$KENG" participation counts.csv --count n --population people --by place --conf-level 0.9 --plot p.svg --quiet > p.csv
	tr '\n' ' ' < p.svg | grep -qF 'Whiskers: 90% intervals. No estimate (1; missing): C.'
	grep -qF '<text>no data</text>' p.svg
	"$KENG" plot bar p.csv --x place --output q.svg
	grep -q 'Whiskers: 90% intervals\.' q.svg
	"$KENG" plot trend breaks.csv --x year --y persons --conf-level 0.8 --output t.svg
	grep -q 'Least-squares line with its 80% band' t.svg
	"$KENG" plot fit places.csv --x rate --y attained --conf-level 0.99 --lang vi --output f.svg
	tr '\n' ' ' < f.svg | grep -q 'dải tin cậy 99%'
	! cmp -s <("$KENG" plot trend breaks.csv --output u.svg --conf-level 0.5 && cat u.svg) t.svg || false
}

@test "rows of a forest that share a name are told apart; ratios stand around 1 in every language" {
	printf 'year,group,n,people\n1,a,10,100\n1,b,20,100\n2,a,12,100\n2,b,30,100\n' > groups.csv
	for lang in en vi; do
		"$KENG" compare groups.csv --count n --population people --group group --by year --lang "$lang" --plot c.svg --quiet > c.csv
		grep -qF '<text>b, 1</text>' c.svg
		grep -qF '<text>b, 2</text>' c.svg
		grep -qF '<text>1</text>' c.svg
		! grep -qF '<text>0</text>' c.svg || false
	done
}

@test "each segment of a log-linear model bears its annual percent change" {
	for i in 0 1 2 3 4 5 6 7 8 9; do
		echo "$((2000 + i)),$(awk "BEGIN{printf \"%.6f\", 100 * exp(log(1.05) * ($i < 5 ? $i : 5) + log(0.97) * ($i < 5 ? 0 : $i - 5)) * (1 + 0.0005 * ($i % 2))}")"
	done | sed '1i year,v' > bent.csv
	"$KENG" joinpoint bent.csv --time year --value v --plot j.svg --quiet > /dev/null
	[ "$(grep -c '<text>APC ' j.svg)" -eq 2 ]
	"$KENG" joinpoint bent.csv --time year --value v --lang vi --plot j.svg --quiet > /dev/null
	grep -q '<text>[45],[0-9]*% mỗi năm' j.svg
}

@test "a table is written even where its chart cannot be drawn" {
	printf 'place,n,people\nA,12,\n' > none.csv
	run "$KENG" participation none.csv --count n --population people --by place --plot p.svg --format csv --quiet
	[ "$status" -eq 1 ]
	[[ "$output" == *"place,term,method,estimate"* ]]
	[[ "$output" == *"no row has an estimate (note 'missing'): nothing to draw"* ]]
	[ ! -e p.svg ]
}

@test "fit: outcomes at one value make one mean, and no curve is said to be so" {
	command -v gnuplot > /dev/null || skip "gnuplot is not installed"
	printf '%s\n' x,y 5,0 5,1 5,0 5,1 5,0 5,1 > "$BATS_TEST_TMPDIR/equal.csv"
	"$KENG" plot fit "$BATS_TEST_TMPDIR/equal.csv" --x x --y y --output "$BATS_TEST_TMPDIR/equal.svg" --with-script --quiet
	grep -q "No curve: all values are the same" "$BATS_TEST_TMPDIR/equal.svg"
	[ "$(grep -c "^5 0.5 *$" "$BATS_TEST_TMPDIR/equal.gp")" -eq 1 ]
}

@test "long names of rows do not run into each other: the chart grows" {
	{ echo g,v; for i in $(seq 30); do echo "\"Xã số $i của huyện Lương Sơn, tỉnh Hòa Bình, vùng Tây Bắc, nước Việt Nam\",$i"; done; } > long.csv
	for kind in bar forest; do
		"$KENG" plot $kind long.csv --x g --y v --output long.svg --quiet
		height=$(sed -n 's/.*viewBox="0 0 [0-9.]* \([0-9.]*\)".*/\1/p' long.svg | head -1)
		[ "${height%.*}" -ge $((30 * 31)) ]
	done
}

@test "quarters are named as quarters along the axis" {
	printf '%s\n' t,v 2019-Q1,1 2019-Q2,3 2019-Q3,2 2019-Q4,5 2020-Q1,4 > quarters.csv
	"$KENG" plot line quarters.csv --x t --y v --output q.svg --lang vi --quiet
	grep -q '>Quý III/2019<' q.svg
	! grep -q '>07/2019<' q.svg || false
	"$KENG" plot line quarters.csv --x t --y v --output q.svg --quiet
	grep -q '>2019-Q3<' q.svg
}

@test "equal values stand in one bar about their place" {
	{ echo v; for i in $(seq 9); do echo 7; done; } > equal.csv
	"$KENG" plot histogram equal.csv --x v --output equal.txt --quiet
	grep -q 'median 7' equal.txt
	awk '/\*\*\*\*/ { print index($0, "*"), length($0); exit }' equal.txt > where
	read -r first _ < where
	[ "$first" -gt 30 ]
	[ "$first" -lt 48 ] # the middle fifth of 80 columns and more
}

@test "a heat map writes its values in all cells or in none" {
	{ echo p,y,v; for p in a b c; do for y in $(seq 2001 2024); do echo "$p,$y,123456"; done; done; } > narrow.csv
	sed -i 's/^a,\(.*\),.*/a,\1,5/' narrow.csv
	"$KENG" plot heatmap narrow.csv --x y --y p --label v --output narrow.svg --quiet
	! grep -q '>5<' narrow.svg || false
	grep -v 20[12] narrow.csv > wide.csv
	"$KENG" plot heatmap wide.csv --x y --y p --label v --output wide.svg --quiet
	grep -q '>5<' wide.svg
	grep -q '>123,456<' wide.svg
}

@test "drawn with characters, a map shows classes by letters, as its key does" {
	printf '%s' '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"p"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,3],[3,3],[3,1],[1,1]]]}},{"type":"Feature","properties":{"code":"q"},"geometry":{"type":"Polygon","coordinates":[[[4,0],[8,0],[8,4],[4,4],[4,0]]]}},{"type":"Feature","properties":{"code":"r"},"geometry":{"type":"Polygon","coordinates":[[[8,0],[9,0],[9,4],[8,4],[8,0]]]}}]}' > two.geojson
	printf '%s\n' code,v p,1 q,100 > two.csv
	"$KENG" plot map two.csv --x code --y v --shapes two.geojson --output map.txt --quiet
	grep -Eq '^ A{9} {17}A{8}E{33}-{9} ' map.txt # the hole of the first is empty, the third has no data
	grep -Eq '  E [0-9]+–100 \(1\)' map.txt
	grep -Eq '  - no data \(1\)' map.txt
}

@test "an interval without an end is drawn open, in every kind with whiskers" {
	printf '%s\n' place,year,term,estimate,conf_low,conf_high A,2015,rate,5,3,7 A,2016,rate,6,4, A,2017,rate,7,,9 > open.csv
	for kind in line slope bar scatter; do
		"$KENG" plot $kind open.csv --x year --y estimate --output $kind.svg --with-script --quiet \
			$([ $kind != slope ] || echo --group place)
		grep -qE 'vectors (nohead|head filled)' $kind.gp
		grep -q 'vectors head filled' $kind.gp
		grep -q 'Intervals with an arrow are open there' $kind.svg
	done
	awk '/^2017 7 0 / { print $4 }' line.gp | sort -n > ends # a line up to 9 and an arrow down
	awk 'NR == 1 && $1 < 0 || NR == 2 && $1 == 2 { fine++ } END { exit fine != 2 }' ends
	"$KENG" plot forest open.csv --x year --output forest.svg --with-script --quiet
	grep -qF '>6 (≥ 4)<' forest.svg
	grep -qF '>7 (≤ 9)<' forest.svg
	grep -q 'vectors head filled' forest.gp
}

@test "bounds below point down; the bar of a figure below 13 says so" {
	printf '%s\n' year,term,estimate,conf_low,conf_high,bound_low,bound_high 2011,rate,5,,,,5 2012,rate,6,,,, > a.csv
	"$KENG" plot line a.csv --x year --y estimate --output a.svg --with-script --quiet
	grep -q '^2011 5 0 -' a.gp
	grep -q 'vectors head filled' a.gp
	printf '%s\n' place,v A,\<13 B,\>10 C,12 > b.csv
	"$KENG" plot bar b.csv --x place --y v --output b.svg --quiet
	grep -qF '>≤ 12<' b.svg
	grep -qF '> 10<' b.svg
}

@test "no model is claimed that is not drawn" {
	printf '%s\n' year,v 2001,1 2002,2 > two.csv
	"$KENG" plot trend two.csv --x year --y v --output two.svg --quiet
	grep -q 'No line: it takes three values or more' two.svg
	! grep -q 'Least-squares' two.svg || false
	printf '%s\n' x,y 1,1 2,1 3,1 > same.csv
	"$KENG" plot fit same.csv --x x --y y --output same.svg --quiet
	grep -q 'No curve: all outcomes are the same' same.svg
	printf '%s\n' year,v 2001,12.5 > one.csv
	"$KENG" plot line one.csv --x year --y v --output one.svg --quiet
	grep -q '<desc>V, 2001. V is 12.5 (2001). n = 1.</desc>' one.svg
}

@test "labels of an axis in powers of ten are exact" {
	printf '%s\n' x,y 1e12,1 1.2e12,2 2e12,3 > huge.csv
	"$KENG" plot scatter huge.csv --x x --y y --output huge.svg --quiet
	grep -qF '>1.25×10¹²<' huge.svg
	grep -qF '>1.75×10¹²<' huge.svg
	grep -qF '>1.5×10¹²<' huge.svg
}

@test "words of series breaks do not run into each other" {
	mkdir -p breaks
	{ echo year,v; for i in $(seq 2005 2020); do echo "$i,$i"; done; } > breaks/t.csv
	printf '%s' '{"name":"b","resources":[{"name":"t","path":"t.csv","schema":{"fields":[{"name":"year","type":"integer"},{"name":"v","type":"integer"}]},"breaks":[{"period":"2008","label":"boundary change"},{"period":"2017","label":"new series of the general statistics office"}]}]}' > breaks/datapackage.json
	"$KENG" plot line breaks#t --x year --y v --output b.svg --with-script --quiet
	sed -n "s/.*'\(boundary change\|new series of[^']*\)' at screen [0-9.]*,\([0-9.]*\) .*/\2/p" b.gp | sort -u > heights
	[ "$(wc -l < heights)" -eq 2 ]
}

@test "n of a chart of estimates is that of the data, not of the rows" {
	printf '%s\n' district,term,estimate,conf_low,conf_high,n 'A,odds ratio,1.2,.8,2,210' 'B,odds ratio,1.5,1.1,2,190' > odds.csv
	for kind in forest bar; do
		"$KENG" plot $kind odds.csv --x district --output n.svg --quiet
		[ "$(grep -c 'n = 190 to 210, by estimate\.' n.svg)" -eq 2 ] # the footer and the description
	done
	sed 's/190/210/' odds.csv > same.csv
	"$KENG" plot forest same.csv --x district --output n.svg --lang vi --quiet
	grep -q 'n = 210 cho mỗi ước lượng\.' n.svg
}

@test "a slope chart cuts its lines at a series break and keeps the words clear of them" {
	"$KENG" plot slope .#breaks --x year --y persons --let "place='A'" --group place --output s.svg --with-script --quiet
	grep -q '^2003.3 ' s.gp
	grep -q '^2003.7 ' s.gp # from 2001 to 2006, with a gap in the middle
	"$KENG" plot slope .#breaks --x year --y persons --let "place='A'" --group place --where 'year<2004' --output s.svg --with-script --quiet
	! grep -q '^200[0-9][.]' s.gp || false
}

@test "a long name leaves the value at the end of its line, and a label beside its point" {
	name="Ủy ban nhân dân xã Đông Bắc huyện Kim Bôi tỉnh Hòa Bình vùng Tây Bắc nước Cộng hòa xã hội chủ nghĩa Việt Nam"
	printf '%s\n' g,year,v,w "$name,2001,1.5,3" "$name,2002,17.5,5" > long.csv
	"$KENG" plot line long.csv --x year --y v --group g --output l.svg --quiet
	grep -q '… 17\.5</text>' l.svg
	"$KENG" plot scatter long.csv --x v --y w --label g --output s.svg --quiet
	[ "$(grep -c '<text>Ủy ban nhân dân.*…</text>' s.svg)" -eq 2 ]
}

@test "a forest of wide numbers in a column leaves its plot room, and ticks theirs" {
	printf '%s\n' g,v,l,h 'Kim Bôi 2015,3.9e12,3.5e12,4.3e12' 'Kim Bôi 2012,1.7e12,1.5e12,1.9e12' > wide.csv
	"$KENG" plot forest wide.csv --x g --y v --low l --high h --size column --output w.svg --with-script --quiet
	[ "$(grep -o "×10¹²' at screen [0-9.]*,[0-9.]* center" w.gp | wc -l)" -le 2 ]
	awk '/^set lmargin at screen/ { l = $5 } /^set rmargin at screen/ { r = $5 } END { exit !(r - l > 0.17) }' w.gp
}

@test "an axis of nothing but zeros shows no negative numbers" {
	printf '%s\n' year,v 2001,0 2002,0 > zero.csv
	for kind in line scatter trend; do
		"$KENG" plot $kind zero.csv --x year --y v --output z.svg --quiet
		! grep -q '>−' z.svg || false
	done
}
