#!/bin/sh
# Compiled catalogues (vi.mo ...) as C source on standard output: analysis/base/catalogue.h says what it defines.
set -eu
echo '#include "base/catalogue.h"'
echo '#include "base/message.h"'
for file; do
	name=$(basename "$file" .mo)
	printf 'static const unsigned char %s[] = {' "$name"
	od -An -v -tx1 "$file" | sed 's/ \(..\)/0x\1,/g'
	echo '};'
done
echo 'const struct kg_catalogue kg_catalogues[KG_LANGUAGES] = {'
for file; do
	name=$(basename "$file" .mo)
	case $name in
	vi) echo "	[KG_VIETNAMESE] = { $name, sizeof $name }," ;;
	*) echo "no enum kg_language for $name" >&2 && exit 1 ;;
	esac
done
echo '};'
