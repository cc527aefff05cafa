#!/bin/sh
# Every text for readers is in every catalogue, translated, with the same conversions; no catalogue holds others.
status=0
number=0
texts=$(mktemp)
trap 'rm -f "$texts"' EXIT
po/update.sh --template > "$texts"
check() { # what it means, the offending texts
	number=$((number + 1))
	if [ -z "$2" ]; then
		echo "ok $number $1"
	else
		echo "not ok $number $1"
		echo "$2" | sed 's/^/# /'
		echo "# 'make messages' brings new texts into the catalogues; translate them there"
		status=1
	fi
}
list() { sed -n 's/^msgid "\(..*\)"$/\1/p' | sort; }
set -- po/*.po
echo "1..$(($# * 4))"
for catalogue; do
	check "$catalogue holds every text" "$(msgcat --no-wrap "$texts" | list > "$texts.all"
		msgcat --no-wrap "$catalogue" | list | comm -23 "$texts.all" -)"
	check "$catalogue holds no other text" "$(msgcat --no-wrap "$catalogue" | list | comm -13 "$texts.all" -)"
	check "$catalogue is translated" "$(msgattrib --untranslated --no-wrap "$catalogue" | list)"
	check "$catalogue has the same conversions" "$(msgfmt --check-format --output-file=/dev/null "$catalogue" 2>&1)"
	rm -f "$texts.all"
done
exit $status
