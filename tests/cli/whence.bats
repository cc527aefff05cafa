#!/usr/bin/env bats
# whence: which command, rows and data made a figure, a table or a number.

bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_DIRNAME/../.."
	KENG=$(realpath "${KENG:-build/keng}")
	cd "$BATS_TEST_TMPDIR"
	export TMPDIR=$PWD
	printf '%s\n' 'level,x,n' 'a,10,50' 'b,30,60' > d.csv
	cat > n.md <<-'E'
	---
	title: Shares
	keng: 1
	params: {least: "5"}
	data: {d: d.csv}
	---
	## Shares

	```keng #shares
	participation d --count x --denominator n --by level --as proportion --where "x > {{least}}"
	```

	In a it is <!-- keng:= shares[level=a].estimate *100 %.0f%% -->?<!-- keng:. -->, as 777 said.

	```keng #higher
	query shares --sql "select level, estimate from shares where estimate > 0.3"
	```
	E
}

@test "whence tells what made a figure or a number" {
	printf '\n```keng #drawn\nplot line d --x n --y x\n```\n\nAs [](#drawn) and [](#shares) show.\n' >> n.md
	"$KENG" notebook run n.md
	run "$KENG" notebook whence drawn.svg n.md
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == "n.md:"*": drawn.svg" ]]
	[ "${lines[2]}" = "    keng plot line d --x n --y x" ]
	[ "${lines[3]}" = "      rows: 2 read, 2 used" ]
	[[ "${lines[4]}" == "    data d = d.csv (SHA-256 "*"...)" ]]
	run "$KENG" whence figures/drawn.svg
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == "figures/drawn.svg says: keng "*"; command: plot line d --x n --y x; data: "* ]]
	[[ "${lines[1]}" == "n.md:"*": drawn.svg" ]]
	mkdir elsewhere && cp figures/drawn.svg elsewhere
	cd elsewhere
	run "$KENG" whence drawn.svg
	[[ "$output" == "drawn.svg says: keng "* ]]
	run "$KENG" whence 20%
	[ "$output" = "keng: there is no notebook in this folder; write 'keng whence figures/growth.svg FILE.md'" ]
	cd ..
	run "$KENG" whence 20%
	[[ "${lines[0]}" == "n.md:"*": 20% is shares[level=a].estimate"* ]]
	run "$KENG" notebook whence 20% n.md
	[[ "${lines[0]}" == "n.md:"*": 20% is shares[level=a].estimate *100 %.0f%%" ]]
	echo 'c,1,2' >> d.csv
	run "$KENG" notebook whence 20% n.md
	[ "${lines[1]}" = "  not up to date: d.csv changed" ]
	run "$KENG" notebook whence 21% n.md
	[ "$status" -eq 1 ]
	[ "$output" = "keng: '21%' is no figure, table, block or number of n.md; write it as it is printed, such as 20%, 'Table 2', growth.svg or '#growth'" ]
	"$KENG" notebook render n.md
	grep -q 'As <a href="#figure-1">Figure 1</a> and <a href="#table-1">Table 1</a> show.' n.html
	grep -q '<strong><span id="table-1">Table 1.</span> Participation: x per n by level.</strong>' n.html
	grep -q '<section class="result" id="result-shares">' n.html
}

@test "whence says the parameters' values, and figures their commands as written" {
	printf '\n```keng #drawn\nplot line d --x n --y x --where "x > {{least}}"\n```\n' >> n.md
	"$KENG" notebook run n.md
	run "$KENG" whence figures/drawn.svg
	[[ "${lines[0]}" == *'; command: plot line d --x n --y x --where "x > 5"; data: '* ]]
	[[ "$output" == *"    parameter least = 5"* ]]
}

@test "whence finds a number of a table, as a whole and as it is printed" {
	"$KENG" notebook run n.md
	run "$KENG" whence 0.2000 n.md
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == n.md:*": 0.2000 stands in the result of #shares" ]]
	run "$KENG" whence 0.200 n.md
	[ "$status" -eq 1 ]
}

@test "whence says how many rows a command read and used, and the row a value stands in" {
	printf 'c,3,9\n' >> d.csv
	"$KENG" notebook run n.md
	run "$KENG" whence 20% n.md
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == *"20% is shares[level=a]"* ]]
	[[ "${lines[1]}" == "  row: level=a, term=proportion, method=wilson, estimate=0.2, std_error=0.0565685424949"*", conf_level=0.95, n=1, n_missing=0, unit=fraction" ]]
	[ "${lines[2]}" = "  block '#shares', line 9" ]
	[ "${lines[4]}" = "      rows: 3 read, 2 used" ]
	# the blocks above a block are told too, with their rows
	run "$KENG" whence '#higher' n.md
	[ "${lines[0]}" = "n.md:$(grep -n '#higher$' n.md | head -1 | cut -d: -f1): #higher" ]
	[ "${lines[3]}" = "      rows: 2 read, 1 used" ]
	[ "${lines[4]}" = "  block '#shares', line 9" ]
	[ "${lines[6]}" = "      rows: 3 read, 2 used" ]
	# asked twice in one report, told once
	run "$KENG" whence 0.5000 n.md
	[ "$(grep -c "block '#shares', line 9" <<< "$output")" -eq 2 ]
	[ "$(grep -c "block '#shares', line 9: see above" <<< "$output")" -eq 1 ]
	rm d.csv
	run "$KENG" whence higher n.md
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "  not up to date: block '#shares' above changed" ]
	[ "${lines[2]}" = "  cannot be run now: n.md:10: no such file 'd.csv'; check the path" ]
	[[ "$output" != *"rows:"* ]]
}

@test "whence takes the names that a page gives to figures and tables, in its language too" {
	printf '\n```keng #drawn\nplot line d --x n --y x\n```\n' >> n.md
	"$KENG" notebook run n.md
	run "$KENG" whence "Table 2" n.md
	[ "${lines[1]}" = "  block '#higher', line $(grep -n '#higher$' n.md | head -1 | cut -d: -f1)" ]
	run "$KENG" whence "figure 1" n.md
	[[ "${lines[0]}" == "n.md:"*": drawn.svg" ]]
	run "$KENG" whence "Figure 2" n.md
	[ "$status" -eq 1 ]
	sed -i 's/^title/lang: vi\ntitle/' n.md
	"$KENG" notebook run n.md
	run "$KENG" whence "Bảng 2" n.md
	[[ "${lines[1]}" == "  block '#higher'"* ]]
	run "$KENG" whence "Hình 1" n.md
	[[ "${lines[0]}" == "n.md:"*": drawn.svg" ]]
}

@test "whence says that a number was typed" {
	"$KENG" notebook run n.md
	run "$KENG" whence 777 n.md
	[ "$status" -eq 0 ]
	[ "$output" = "n.md:$(grep -n 777 n.md | cut -d: -f1): 777 is typed there: no command made it" ]
	run "$KENG" whence 77 n.md
	[ "$status" -eq 1 ]
}
