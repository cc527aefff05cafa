#!/usr/bin/env bats
# claims: a sentence bound to conditions on results, which check names when they no longer hold.

bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_DIRNAME/../.."
	KENG=$(realpath "${KENG:-build/keng}")
	cd "$BATS_TEST_TMPDIR"
	export TMPDIR=$PWD
	printf '%s\n' 'level,x,n,name' 'a,10,50,Hòa Bình' 'b,30,60,Đà Bắc' 'c,,60,' > d.csv
	cat > n.md <<-'E'
	---
	keng: 1
	data: {d: d.csv}
	---
	```keng #shares
	participation d --count x --denominator n --by level --as proportion --where "x > 0"
	```

	```keng #q
	query d --sql "select * from d"
	```
	E
}

edit() {
	sed -i "$1" n.md
}

# Adds a claim of a sentence and these conditions.
claim() {
	printf '\n```keng-claim #c\nThe sentence, as in [1]. and 3.5 times.\n' >> n.md
	printf '%s\n' "$@" '```' >> n.md
}

# The claim runs and says so.
says() {
	cp n.md before.md
	claim "${@:2}"
	"$KENG" notebook run n.md
	echo "$(grep -F '**:' n.md; grep '^\*\*' n.md)"
	grep -qF "$1" n.md
	cp before.md n.md
}

refuses() {
	cp n.md before.md
	claim "${@:2}"
	cp n.md mine.md
	run "$KENG" notebook run n.md
	echo "$output"
	[ "$status" -eq 1 ]
	[ "$output" = "keng: n.md:15: $1" ]
	cmp n.md mine.md
	cp before.md n.md
}

@test "a claim is bound to a test, and check lists it when it fails" {
	cat >> n.md <<-'E'

	```keng-claim #b-leads
	B has the larger share.
	shares[level=b].estimate > shares[level=a].estimate
	shares[level=b].estimate *100 >= 40
	```
	E
	run "$KENG" notebook run n.md
	[ "$status" -eq 0 ]
	grep -qF '**Holds:** B has the larger share. (`shares[level=b].estimate > shares[level=a].estimate`: 0.5000; `shares[level=b].estimate *100 >= 40`: 50)' n.md
	run "$KENG" notebook check n.md
	[ "$status" -eq 0 ]
	sed -i 's/^a,10/a,40/' d.csv
	run "$KENG" notebook check n.md
	[[ "$output" == *"block '#b-leads': block '#shares' above changed"* ]]
	run "$KENG" notebook run n.md
	[[ "$output" == *"; a claim does not hold, 'keng notebook check' names it" ]]
	run "$KENG" notebook check n.md
	[ "$status" -eq 1 ]
	[[ "${lines[0]}" == *"block '#b-leads': the claim does not hold" ]]
	[ "${lines[1]}" = "keng: 1 problem; change the sentence of a claim that does not hold" ]
	edit 's/^shares.level=b..estimate > .*/share.nrow > 0/'
	run "$KENG" notebook check n.md
	[ "$status" -eq 1 ]
	[[ "$output" == *"'share' is the id of no block above; a claim asks blocks above it" ]]
}

@test "all conditions must hold" {
	says "**Holds:** The sentence, as in [1]. and 3.5 times. (" 'q[level=a].x > 3' 'q.nrow == 3'
	says '**Does not hold:** The sentence, as in [1]. and 3.5 times. (`q[level=a].x > 3`: 10; `q.nrow == 4`: 3)' \
		'q[level=a].x > 3' 'q.nrow == 4'
}

@test "an empty cell never holds, whatever the sign" {
	for sign in '<' '<=' '>' '>=' '==' '!='; do
		says '**Does not hold:** The sentence' "q[level=c].x $sign 3"
		says '**Does not hold:** The sentence' "q[level=a].x $sign q[level=c].x"
	done
	says '**Does not hold:** The sentence' 'q[level=c].name != "Mai Châu"'
	says '**Does not hold:** The sentence' 'q[level=c].name == ""'
}

@test "texts are compared with a text in quotes, or with another" {
	says '(`q[level=a].name == "Hòa Bình"`: Hòa Bình)' 'q[level=a].name == "Hòa Bình"'
	says '**Does not hold:** The sentence' 'q[level=a].name != "Hòa Bình"'
	says '**Holds:** The sentence' 'q[level=a].name != q[level=b].name'
	says '**Holds:** The sentence' 'q[name="Hòa Bình"].x >= 10'
	refuses "'name' of 'q' is a text; compare it with == or !=" 'q[level=a].name > "A"'
	refuses "'name' of 'q' is no number; compare a text with a text in double quotes, a number with a number" \
		'q[level=a].name == 3'
	refuses "'x' of 'q' is a number; compare a text with a text in double quotes, a number with a number" \
		'q[level=a].x == "10"'
	# what is markup in a text is shown as it is
	printf '%s\n' 'level,x,n,name' 'a,10,50,<b>*x*`' > d.csv
	says 'q[level=a].name == "<b>*x*`" ``: &lt;b>\*x\*\`)' 'q[level=a].name == "<b>*x*`"'
}

@test "a line that looks like a condition and is none is not taken for the sentence" {
	local none="has the address of a value and is no condition; write the address, a blank, one of < <= > >= == !=, a blank and a number"
	for line in 'q[level=a].x>3' 'q[level=a].x = 3' '0 < q[level=a].x' 'q[level=a].x between 3 and 4'; do
		refuses "'$line' $none" "$line" 'q.nrow > 0'
	done
	refuses "'q.nrow>3' starts with the id of a block and is no condition; write one such as 'q.nrow > 3', with blanks around the sign" \
		'q.nrow>3' 'q.nrow > 0'
	local right="is no number, no text in double quotes and no address of a value; write one condition a line, such as 'block[column=cell].column > 0'"
	for side in 'Hòa Bình' '10,5' '3 and q[level=b].x > 3'; do
		refuses "'$side' $right" "q[level=a].x > $side"
	done
}
