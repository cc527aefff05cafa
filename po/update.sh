#!/bin/sh
# Brings catalogues up to date with the texts in the source: new texts come in untranslated, texts that are gone go.
# po/update.sh po/vi.po ...   With --template: only writes all texts, untranslated, to standard output.
set -eu
cd "$(dirname "$0")/.."
collect() {
	find analysis plots -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort |
		xgettext --files-from=- --language=C --from-code=UTF-8 --output=- --no-location --sort-output \
			--omit-header --keyword --keyword=kg_result_remark:3 --keyword=kg_result_title:3 \
			--keyword=kg_translate:2 --keyword=kg_message_make:2 --flag=kg_message_make:2:c-format --keyword=KG_MESSAGE:1 --keyword=KG_LABEL:2 --flag=KG_LABEL:2:no-c-format --keyword=kg_say:2 \
			--keyword=KG_CELL:3 --flag=KG_CELL:3:no-c-format --keyword=KG_WHY:3 --keyword=KG_UNIT:1 --flag=KG_UNIT:1:no-c-format --flag=kg_result_remark:3:c-format --flag=kg_result_title:3:c-format --flag=kg_say:2:c-format
}
if [ "${1:-}" = --template ]; then
	collect
	exit
fi
texts=$(mktemp)
trap 'rm -f "$texts"' EXIT
{ printf 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'; collect; } > "$texts"
for catalogue; do
	msgmerge --quiet --no-fuzzy-matching --no-location --sort-output --no-wrap --output-file="$catalogue.new" \
		"$catalogue" "$texts"
	msgattrib --no-obsolete --no-wrap --output-file="$catalogue" "$catalogue.new"
	rm -f "$catalogue.new"
done
