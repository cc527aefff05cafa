#!/usr/bin/env bats
# Text in data never becomes a command: it comes out literally in the figure, and nothing else happens.

setup() {
	KENG=$(realpath "${KENG:-build/keng}")
	command -v gnuplot > /dev/null || skip "gnuplot is not installed"
	cd "$BATS_TEST_TMPDIR"
	cat > names <<'END'
`touch touched`
'; system("touch touched") #
"; system('touch touched') #
EOD
END_OF_DATA
e
@x
\U+0041
$x
<touch touched
|touch touched
%s %d %n
{/Bold x}_2^3
a''b\'c
set output "touched"
-5e3 # 'x
\
END
	{
		echo place,year,value,low,high,outcome
		while IFS= read -r name; do
			quoted=$(printf %s "$name" | sed 's/"/""/g')
			printf '"%s",2019,1.5,1,2,0\n"%s",2020,2.5,2,3,1\n' "$quoted" "$quoted"
		done < names
	} > hostile.csv
}

# Every name stands in the figure as one whole text; & and < are escaped as in any XML.
all_literal() {
	while IFS= read -r name; do
		escaped=$(printf %s "$name" | sed 's/&/\&amp;/g; s/</\&lt;/g')
		grep -qF -- "<text>$escaped</text>" "$1" || { echo "not in $1: $name"; return 1; }
	done < names
	[ ! -e touched ]
}

@test "names of categories" {
	"$KENG" plot bar hostile.csv --x place --y value --where year=2020 --output bar.svg
	all_literal bar.svg
}

@test "names of groups in a key" {
	"$KENG" plot scatter hostile.csv --x value --y low --label place --height 900 --where year=2020 --output a.svg
	"$KENG" plot bar hostile.csv --x year --y value --group place --output b.svg
	[ ! -e touched ]
}

@test "titles, subtitles, sources and notes" {
	while IFS= read -r name; do
		escaped=$(printf %s "$name" | sed 's/&/\&amp;/g; s/</\&lt;/g')
		"$KENG" plot line hostile.csv --x year --y value --group place --title="$name" --subtitle="$name" \
			--note="$name" --output title.svg
		[ "$(grep -cF -- "<text>$escaped</text>" title.svg)" -ge 2 ]
		[ ! -e touched ]
	done < names
}

@test "every kind and every medium draws it, or says why not" {
	for kind in $("$KENG" plot --help | sed -n '/^Kinds:/,/^$/s/^  \([a-z-]*\) .*/\1/p'); do
		for ending in svg pdf png eps tex txt; do
			run "$KENG" plot "$kind" hostile.csv --title '`touch touched`' --output "x.$ending"
			[ "$status" -le 2 ]
			[ ! -e touched ]
		done
	done
}

@test "LaTeX gets no command either" {
	printf '%s\n' 'place,value' '\input{/etc/passwd},1' '$x_1^2 & #,2' > tex.csv
	"$KENG" plot bar tex.csv --x place --y value --output x.tex
	grep -qF '\textbackslash{}input\{/etc/passwd\}' x.tex
	! grep -qF '\input{/etc' x.tex || false
}

@test "control characters and what is no UTF-8 are left out" {
	"$KENG" plot line hostile.csv --x year --y value --group place --title $'a\tb\ec\x7fd\u202ee' --output c.svg
	grep -qF '<text>a b'  c.svg
	! grep -qP '[\x00-\x08\x0b-\x1f\x7f]' c.svg || false
	! grep -qF $'\u202e' c.svg || false
}
