#!/usr/bin/env bats
# What charts do with tables that are hard to draw: few rows, many groups, bounds, breaks, large and small numbers.

setup() {
	KENG=$(realpath "${KENG:-build/keng}")
	command -v gnuplot > /dev/null || skip "gnuplot is not installed"
	cd "$BATS_TEST_TMPDIR"
}

draw() { "$KENG" plot "$@" --output x.svg --with-script --quiet; }
tell() { sed -n 's/^<desc>\(.*\)<\/desc>$/\1/p' x.svg; }
texts() { sed -n 's/^[[:space:]]*<text>\(.*\)<\/text>$/\1/p' x.svg; }

@test "a Lorenz curve of many groups names only the most unequal one" {
	echo group,value > many.csv
	for g in $(seq 10 69); do printf 'g%s,1\ng%s,%s\n' "$g" "$g" "$g"; done >> many.csv
	draw lorenz many.csv --y value --group group
	[ "$(texts | grep -c Gini)" -eq 1 ]
	texts | grep -q '^g69, Gini 0\.486$' # (69 - 1) / (69 + 1) / 2
	[[ "$(tell)" == *"g10, Gini 0.409: the half with the least has 9%."*"Series: 60. n = 120." ]]
	draw lorenz many.csv --y value --group group --highlight g33
	texts | grep -q '^g33, Gini'
}

@test "a long name never cuts the Gini index; values without a name are counted" {
	name=$(printf 'Huyện có tên rất dài %.0s' $(seq 5))
	printf 'group,value\n%s,1\n%s,3\nb,2\nb,\n' "$name" "$name" > long.csv
	draw lorenz long.csv --y value --group group
	texts | grep -q '0\.250$'
	texts | grep -qF 'Rows without a value: 1.'
}

@test "whole numbers have bins of their own, the last one too" {
	{ echo v; printf '%s\n' 0 0 0 1 1 2 3 3 3 3 4; } > whole.csv
	draw histogram whole.csv --x v
	[ "$(sed -n '/^\$data/,/^END/p' x.gp | grep -c ' ')" -ge 5 ]
	grep -q '^-0.5 3 -0.5 0.5 0 3$' x.gp
	grep -q '^2.5 4 2.5 3.5 0 4$' x.gp
	grep -q '^3.5 1 3.5 4.5 0 1$' x.gp
	[ "$(tell)" = "V. From 0 to 4, median 2. n = 11." ]
	{ echo v; seq 0 100; } > range.csv
	draw histogram range.csv --x v # 100 is not thrown in with 80 to 99
	grep -q '^100 1 100 120 0 1$' x.gp
	grep -q '^80 20 80 100 0 20$' x.gp
}

@test "a median between two values has the decimal that it needs" {
	printf 'v\n-5\n-3\n-2\n-9\n-4\n-1\n' > six.csv
	draw histogram six.csv --x v
	texts | grep -qx 'median −3.5'
}

@test "boxes tell their medians apart" {
	printf 'g,v\na,100.01\na,100.02\na,100.03\nb,100.11\nb,100.12\nb,100.13\n' > near.csv
	draw box near.csv --x g --y v
	[ "$(tell)" = "V. Highest median: b (100.1). Lowest median: a (100.0). n = 6." ]
}

@test "pyramids show bounds, and names of sides that fit" {
	printf 'age,n,sex\n0,10,women\n0,>20,men\n1,<5,women\n1,7,men\n' > bounds.csv
	draw pyramid bounds.csv --x age --y n --group sex
	grep -q 'with vectors head filled' x.gp
	texts | grep -q 'Arrows: bounds, the value lies farther on\.'
	sed -i "s/,women/,$(printf 'Phụ nữ trong độ tuổi lao động %.0s' $(seq 4))/" bounds.csv
	draw pyramid bounds.csv --x age --y n --group sex
	texts | grep -q '^Phụ nữ .*…$'
}

@test "charts that cannot show bounds count them" {
	printf 'g,v\na,1\na,>20\nb,3\nb,<5\n' > bounds.csv
	for chart in "lorenz --y v" "histogram --x v" "box --x g --y v"; do
		kind=${chart%% *}
		draw "$kind" bounds.csv ${chart#* }
		texts | grep -qF 'Bounds, taken at the figure stated: 2.'
	done
}

@test "maps and tiles say how many places their intervals leave in doubt" {
	echo code,v,low,high,lon,lat > places.csv
	for i in $(seq 0 9); do echo "c$i,$((i * 10)),$((i * 10 - 1)),$((i * 10 + 1)),$((i % 3)),$((i / 3))"; done >> places.csv
	echo c10,55,5,105,4,4 >> places.csv # limits 20 40 55 70: c2, c4, c7 and c10 cross one
	draw tile places.csv --x code --y v --low low --high high
	texts | tr '\n' ' ' | grep -q 'interval reaches into another class: 4 of 11\.'
	draw tile places.csv --x code --y v
	! texts | grep -q 'another class' || false
}

@test "small multiples mark series breaks and say them once" {
	cp "$BATS_TEST_DIRNAME/data/breaks.csv" "$BATS_TEST_DIRNAME/data/datapackage.json" .
	draw small-multiples breaks.csv --x year --y persons
	texts | grep -qF 'Dashed: series breaks (boundary change).'
	grep -q "dt (6,5)" x.gp
}

@test "ticks in powers of ten are written as they are" {
	{ echo v; for i in $(seq 0 8); do echo "$((1000000000000 + i * 142857142857))"; done; } > huge.csv
	draw histogram huge.csv --x v
	texts | grep -qx '1.25×10¹²'
	! texts | grep -qx '1.2×10¹²' || false
}

@test "a few large values leave the others in classes of their own; whole numbers have whole limits" {
	echo code,v,lon,lat > skew.csv
	for i in $(seq 1 25); do echo "c$i,$((i * i * i)).5,$((i % 5)),$((i / 5))"; done >> skew.csv
	echo c26,900000,5,5 >> skew.csv
	draw tile skew.csv --x code --y v
	[ "$(texts | grep -c '–.* ([0-9]*)$')" -eq 5 ]
	[ "$(texts | grep -c '([56])$')" -eq 5 ]
	echo code,v,lon,lat > whole.csv
	for i in $(seq 1 20); do echo "c$i,$((i % 5)),$((i % 5)),$((i / 5))"; done >> whole.csv
	draw tile whole.csv --x code --y v
	! texts | grep -q '\.[0-9]*–' || false
}

@test "one point is said as one point, equal values as equal" {
	printf 'year,v\n2000,7\n' > one.csv
	draw diffusion one.csv --x year --y v
	[ "$(tell)" = "V, 2000. V is 7 (2000). n = 1." ]
	printf 'code,v,lon,lat\na,3,1,1\nb,3,2,2\n' > same.csv
	draw tile same.csv --x code --y v
	[ "$(tell)" = "V. All values: 3. n = 2." ]
}

@test "a Moran chart says its slope and its quadrants" {
	printf 'v,lag\n1,1\n2,1\n3,4\n4,4\n' > moran.csv
	draw moran moran.csv --x v --y lag
	[ "$(tell)" = "Mean of the neighbours by v. Slope: 1.20. High among high: 2, low among low: 2, high among low: 0, low among high: 0. n = 4." ]
}

@test "drawn with characters: the axis's name below its labels, two lines of a name in two rows" {
	{ echo v; seq 0 3 99; } > numbers.csv
	"$KENG" plot histogram numbers.csv --x v --output x.txt --quiet
	grep -q '^ *V *$' x.txt
	grep -q '^ *0  *20  *40  *60  *80  *100 *$' x.txt
	printf 'g,v\nThành phố Hòa Bình là đơn vị hành chính cấp huyện,1\nb,2\nb,3\n' > names.csv
	"$KENG" plot box names.csv --x g --y v --output x.txt --quiet
	[ "$(grep -c 'Thành phố Hòa Bình\|hành chính cấp huyện' x.txt)" -eq 2 ]
}

@test "diffusion says what the squares on its curve are" {
	printf 'year,n\n2000,1\n2001,3\n2002,8\n2003,20\n2004,45\n2005,70\n2006,86\n2007,94\n2008,98\n' > spread.csv
	"$KENG" diffusion spread.csv --time year --value n --method logistic --quiet --output out.csv --plot x.svg
	texts | grep -qF 'Square: where growth is fastest.'
}

@test "characters that no font has are shown as such, and do not fill a picture" {
	printf 'g,v\na 🎉 日本 ok ộ,1\nb,2\n' > emoji.csv
	for ending in png pdf eps; do
		"$KENG" plot box emoji.csv --x g --y v --output "x.$ending" --with-script --quiet
		grep -qF "'a � �� ok ộ'" x.gp
	done
	"$KENG" plot box emoji.csv --x g --y v --output x.svg --quiet
	texts | grep -qx 'a 🎉 日本 ok ộ'
}
