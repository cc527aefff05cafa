#include "report/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

static const char *const phrase[] = {
#define KG_UNIT(english) english,
#include "report/units.def"
#undef KG_UNIT
};

/* Words for the longest phrase that stands at a place as whole words. */
struct found {
	const char *words;
	size_t length; /* of the phrase, 0 = none */
};

struct reading {
	const struct kg_provenance *from;
	enum kg_language language;
	struct kg_arena *arena;
};

static bool is_longer(const struct found *found, const char *words, const char *text)
{
	size_t length = strlen(words);

	return length > found->length && strncmp(text, words, length) == 0 && (!text[length] || text[length] == ' ');
}

/* Phrases of the data: units, or names of columns. */
static void find_own(const struct reading *reading, bool column, const char *text, struct found *found)
{
	const struct kg_provenance *from = reading->from;

	for (size_t i = 0; from && i < from->nwording; i++) {
		const struct kg_wording *wording = &from->wording[i];
		const char *words;

		if (wording->column != column || !is_longer(found, wording->text, text))
			continue;
		words = kg_message_text(wording->words, reading->language, reading->arena);
		if (words && *words)
			*found = (struct found){ column ? kg_text_within(words, reading->arena) : words,
						 strlen(wording->text) };
	}
}

/* Of equally long phrases the unit of the data comes first, the name of a column last. */
static struct found find_phrase(const struct reading *reading, const char *text)
{
	struct found found = { NULL, 0 };

	find_own(reading, false, text, &found);
	for (size_t i = 0; i < sizeof phrase / sizeof *phrase; i++)
		if (is_longer(&found, phrase[i], text))
			found = (struct found){ kg_translate(reading->language, phrase[i]), strlen(phrase[i]) };
	find_own(reading, true, text, &found);
	return found;
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

const char *kg_unit_words(const char *unit, const struct kg_provenance *from, enum kg_language language,
			  struct kg_arena *arena)
{
	const struct reading reading = { from, language, arena };
	struct kg_buffer words;
	const char *at = unit;

	if (!unit || language == KG_ENGLISH)
		return unit;
	words = kg_buffer_new(arena);
	while (*at) {
		struct found found = find_phrase(&reading, at);
		size_t length = found.length;

		if (length) {
			kg_buffer_add(&words, found.words ? found.words : "");
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
