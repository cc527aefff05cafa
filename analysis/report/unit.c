#include "report/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"

static const char *const phrase[] = {
#define KG_UNIT(english) english,
#include "report/units.def"
#undef KG_UNIT
};

/* Length of the longest phrase that stands at `text` as whole words, and which it is; 0 = none. */
static size_t find_phrase(const char *text, const char **found)
{
	size_t longest = 0;

	for (size_t i = 0; i < sizeof phrase / sizeof *phrase; i++) {
		size_t length = strlen(phrase[i]);

		if (length <= longest || strncmp(text, phrase[i], length) != 0 || (text[length] && text[length] != ' '))
			continue;
		longest = length;
		*found = phrase[i];
	}
	return longest;
}

/* A number that stands as a whole word; its length, 0 = none. */
static size_t add_number(struct kg_buffer *words, const char *text, enum kg_language language)
{
	size_t length = strspn(text, "0123456789");

	if (!length || length > 15 || (text[length] && text[length] != ' '))
		return 0;
	kg_number_fixed(words, strtod(text, NULL), 0, language);
	return length;
}

const char *kg_unit_words(const char *unit, enum kg_language language, struct kg_arena *arena)
{
	struct kg_buffer words;
	const char *at = unit;

	if (!unit || language == KG_ENGLISH)
		return unit;
	words = kg_buffer_new(arena);
	while (*at) {
		const char *found = NULL;
		size_t length = find_phrase(at, &found);

		if (length) {
			kg_buffer_add(&words, kg_translate(language, found));
		} else {
			length = add_number(&words, at, language);
			if (!length) {
				length = strcspn(at, " ");
				kg_buffer_printf(&words, "%.*s", (int)length, at);
			}
		}
		at += length;
		for (; *at == ' '; at++)
			kg_buffer_add(&words, " ");
	}
	return words.failed || !words.text ? unit : words.text;
}
