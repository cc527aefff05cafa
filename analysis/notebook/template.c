#include "notebook/template.h"

#include <ctype.h>
#include <string.h>

#include "notebook/template_sql.h"

/* Words that a caller may add. */
#define SPARE 4

static const char *trim_copy(const char *start, const char *stop, struct kg_arena *arena)
{
	while (start < stop && isspace((unsigned char)*start))
		start++;
	while (stop > start && isspace((unsigned char)stop[-1]))
		stop--;
	return kg_arena_text_n(arena, start, (size_t)(stop - start));
}

enum kg_status kg_template_slots(const char *text, struct kg_arena *arena, struct kg_template_slot **slot,
				 size_t *count, struct kg_error *error)
{
	*count = 0;
	*slot = KG_ARRAY(arena, struct kg_template_slot, strlen(text) / 4 + 1);
	if (!*slot)
		return kg_error_memory(error);
	for (const char *at = text, *end; (at = strstr(at, "{{")); at = end + 2) {
		bool asks = at[2] == '=';
		const char *inner;

		end = strstr(at, "}}");
		if (!end)
			return kg_error_set(error, KG_EDATA,
					    "'{{' is not closed; write {{name}} for a parameter or {{= block.column}} "
					    "for a value");
		inner = trim_copy(at + 2 + asks, end, arena);
		if (!inner)
			return kg_error_memory(error);
		(*slot)[(*count)++] = (struct kg_template_slot){ asks ? NULL : inner, asks ? inner : NULL };
	}
	return KG_OK;
}

/* Without `fill`, each slot becomes a mark. */
static const char *fill_slots(const char *text, const struct kg_template_fill *fill, struct kg_arena *arena)
{
	struct kg_buffer out = kg_buffer_new(arena);
	const char *at = text;

	for (const char *open; (open = strstr(at, "{{")) && strstr(open, "}}"); at = strstr(open, "}}") + 2) {
		kg_buffer_add_n(&out, at, (size_t)(open - at));
		if (fill)
			kg_buffer_add(&out, fill++->shown);
		else
			kg_buffer_add_char(&out, KG_TEMPLATE_MARK);
	}
	kg_buffer_add(&out, at);
	return out.failed ? NULL : out.text;
}

const char *kg_template_show(const char *text, const struct kg_template_fill *fill, struct kg_arena *arena)
{
	return fill_slots(text, fill, arena);
}

/* True for the word after one of the options, and for --option=... */
static bool follows(const struct kg_names *word, size_t index, const char *const *option)
{
	for (; *option; option++) {
		size_t length = strlen(*option);

		if (strncmp(word->name[index], *option, length) == 0 && word->name[index][length] == '=')
			return true;
		if (index && strcmp(word->name[index - 1], *option) == 0)
			return true;
	}
	return false;
}

static enum kg_status fill_word(const struct kg_names *word, size_t index, const struct kg_template_fill **fill,
				struct kg_buffer *out, struct kg_error *error)
{
	static const char *const for_readers[] = { "--title", "--subtitle", "--source", "--note", NULL };
	static const char *const of_sql[] = { "--where", "--let", "--sql", NULL };
	bool shown = follows(word, index, for_readers);

	if (follows(word, index, of_sql))
		return kg_template_sql(word->name[index], fill, out, error);
	for (const char *at = word->name[index]; *at; at++) {
		if (*at != KG_TEMPLATE_MARK) {
			kg_buffer_add_char(out, *at);
			continue;
		}
		kg_buffer_add(out, shown ? (*fill)->shown : (*fill)->machine);
		++*fill;
	}
	return KG_OK;
}

/* Words in which marks are replaced by what the slots give, in order. */
static enum kg_status fill_words(struct kg_names *word, const struct kg_template_fill *fill, struct kg_arena *arena,
				 struct kg_error *error)
{
	const char **filled = KG_ARRAY(arena, const char *, word->count + SPARE + 1);

	if (!filled)
		return kg_error_memory(error);
	for (size_t i = 0; i < word->count; i++) {
		struct kg_buffer out = kg_buffer_new(arena);

		kg_buffer_add(&out, "");
		KG_TRY(fill_word(word, i, &fill, &out, error));
		KG_TRY(kg_buffer_check(&out, error));
		filled[i] = out.text;
	}
	word->name = filled;
	return KG_OK;
}

enum kg_status kg_template_words(const char *text, const struct kg_template_fill *fill, struct kg_arena *arena,
				 struct kg_names *word, struct kg_error *error)
{
	const char *marked = fill_slots(text, NULL, arena);

	if (!marked)
		return kg_error_memory(error);
	KG_TRY(kg_command_words(marked, arena, word, error));
	return fill_words(word, fill, arena, error);
}
