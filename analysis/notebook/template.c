#include "notebook/template.h"

#include <ctype.h>
#include <string.h>

/* Stands for a slot while a line is split into words; cannot be in a notebook, which is text. */
#define PLACEHOLDER "\x01"
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

const char *kg_template_fill(const char *text, const char *const *fill, struct kg_arena *arena)
{
	struct kg_buffer out = kg_buffer_new(arena);
	const char *at = text;

	for (const char *open; (open = strstr(at, "{{")) && strstr(open, "}}"); at = strstr(open, "}}") + 2) {
		kg_buffer_add_n(&out, at, (size_t)(open - at));
		kg_buffer_add(&out, *fill++);
	}
	kg_buffer_add(&out, at);
	return out.failed ? NULL : out.text;
}

/* Words in which placeholders are replaced by the texts of the slots, in order. */
static enum kg_status fill_words(struct kg_names *word, const char *const *fill, struct kg_arena *arena,
				 struct kg_error *error)
{
	const char **filled = KG_ARRAY(arena, const char *, word->count + SPARE + 1);

	if (!filled)
		return kg_error_memory(error);
	for (size_t i = 0; i < word->count; i++) {
		struct kg_buffer out = kg_buffer_new(arena);

		for (const char *at = word->name[i]; *at; at++) {
			if (*at == *PLACEHOLDER)
				kg_buffer_add(&out, *fill++);
			else
				kg_buffer_add_char(&out, *at);
		}
		KG_TRY(kg_buffer_check(&out, error));
		filled[i] = out.text;
	}
	word->name = filled;
	return KG_OK;
}

enum kg_status kg_template_words(const char *text, const char *const *fill, size_t count, struct kg_arena *arena,
				 struct kg_names *word, struct kg_error *error)
{
	const char **mark = KG_ARRAY(arena, const char *, count + 1), *marked;

	if (!mark)
		return kg_error_memory(error);
	for (size_t i = 0; i < count; i++)
		mark[i] = PLACEHOLDER;
	marked = kg_template_fill(text, mark, arena);
	if (!marked)
		return kg_error_memory(error);
	KG_TRY(kg_command_words(marked, arena, word, error));
	return fill_words(word, fill, arena, error);
}
