#include "plots/say.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "plots/choose.h"
#include "report/label.h"
#include "report/unit.h"

const char *kg_say(const struct kg_canvas *canvas, const char *english, ...)
{
	struct kg_message message;
	va_list list;

	va_start(list, english);
	message = kg_message_format(canvas->arena, english, list);
	va_end(list);
	return message.in[canvas->language] ? message.in[canvas->language] : "";
}

/* Names of terms that stand as titles of axes. */
static const char *const term[] = { KG_MESSAGE("Difference"), KG_MESSAGE("Odds ratio"), KG_MESSAGE("Per event"),
				    KG_MESSAGE("Proportion"), KG_MESSAGE("Rate"),	KG_MESSAGE("Ratio"),
				    KG_MESSAGE("Value") };

static const char *translate_term(const struct kg_canvas *canvas, const char *text)
{
	for (size_t i = 0; i < sizeof term / sizeof term[0]; i++)
		if (strcmp(term[i], text) == 0)
			return kg_translate(canvas->language, text);
	return text;
}

static bool ends_in_language(const char *text, size_t length)
{
	return length > 3 && (strcmp(text + length - 3, "_en") == 0 || strcmp(text + length - 3, "_vi") == 0);
}

const char *kg_say_column(const struct kg_canvas *canvas, const struct kg_column *column)
{
	const char *title = kg_label_title(column, canvas->language, canvas->arena);
	const char *own = title ? title : kg_label_find(column->name, canvas->language);
	char *text = own ? NULL : kg_arena_text(canvas->arena, column->name);

	if (own)
		return own;
	if (!text)
		return "";
	if (ends_in_language(text, strlen(text)))
		text[strlen(text) - 3] = '\0';
	for (char *at = text; *at; at++)
		if (*at == '_')
			*at = ' ';
	*text = (char)toupper((unsigned char)*text);
	return translate_term(canvas, text);
}

const char *kg_say_unit(const struct kg_canvas *canvas, const char *unit, const char *name)
{
	const char *words, *within = kg_text_within(name, canvas->arena);

	if (!unit || !*unit || strcasecmp(unit, name) == 0)
		return NULL;
	words = kg_unit_words(unit, canvas->picture->table->from, canvas->language, canvas->arena);
	return words && within && strcmp(words, within) == 0 ? NULL : words;
}

const char *kg_say_cell(const struct kg_picture *picture, const struct kg_column *column, size_t row,
			struct kg_arena *arena)
{
	const struct kg_label_place at = { picture->table->name, column->name, picture->table->from };
	const char *cell = kg_column_cell(column, row, arena);

	if (!cell || column->type != KG_TEXT || !kg_choose_is_tidy(picture->table))
		return cell;
	return kg_label_cell(&at, cell, picture->language, arena);
}
