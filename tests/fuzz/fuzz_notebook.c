/* Any bytes as a notebook: taken apart, its values parsed, made a page. Nothing is run and no file is read but figures
 * that the text names. */
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "notebook/render.h"
#include "notebook/template.h"
#include "notebook/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void try_parts(const struct kg_book *book, struct kg_arena *arena)
{
	struct kg_template_slot *slot;
	struct kg_value value;
	struct kg_error error;
	size_t count;

	for (size_t i = 0; i < book->nvalue; i++)
		if (kg_value_parse(book->value[i].asked, arena, &value, &error) != KG_OK && !*error.what)
			__builtin_trap();
	for (size_t i = 0; i < book->nblock; i++)
		for (size_t k = 0; k < book->block[i].ncommand; k++)
			if (kg_template_slots(book->block[i].command[k].text, arena, &slot, &count, &error) != KG_OK &&
			    !*error.what)
				__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct kg_arena *arena = kg_arena_new((size_t)64 << 20);
	char *text = arena ? kg_arena_text_n(arena, (const char *)bytes, length) : NULL;
	struct kg_book book;
	struct kg_page page;
	struct kg_error error = { .status = KG_OK };

	if (text && kg_text_invalid_at(text, length) == length &&
	    kg_book_parse("/nonexistent/n.md", text, arena, &book, &error) == KG_OK) {
		try_parts(&book, arena);
		if (kg_render_book(&book, false, arena, &page, &error) != KG_OK && !*error.what)
			__builtin_trap();
	} else if (text && error.status != KG_OK && !*error.what) {
		__builtin_trap();
	}
	kg_arena_free(arena);
	return 0;
}
