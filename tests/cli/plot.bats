#!/usr/bin/env bats
# keng plot: kinds, media, messages, and that a figure is old or new, never torn.

setup() {
	KENG=$(realpath "${KENG:-build/keng}")
	DATA=$(realpath "$BATS_TEST_DIRNAME/../charts/data")
	command -v gnuplot > /dev/null || skip "gnuplot is not installed"
	cp "$DATA"/* "$BATS_TEST_TMPDIR"
	cd "$BATS_TEST_TMPDIR"
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
	! grep -q '^! ' d.log
	[ -s d.pdf ]
}
