#include "notebook/check.h"

#include <string.h>

#include "notebook/rewrite.h"

static void add_problem(const struct kg_book *book, size_t line, size_t block, const char *cause,
			struct kg_buffer *report, struct kg_check_tally *tally)
{
	kg_buffer_printf(report, "%s:%zu: block '#%s': %s\n", book->path, line, book->block[block].id, cause);
	tally->problems++;
}

/* Parameters in the prose need no block to be known. */
static enum kg_status check_parameters(const struct kg_engine *engine, struct kg_buffer *report,
				       struct kg_check_tally *tally, struct kg_error *error)
{
	const struct kg_book *book = engine->book;

	for (size_t i = 0; i < book->nvalue; i++) {
		const struct kg_book_value *value = &book->value[i];
		size_t length = value->end - value->start;
		const char *text;

		if (strncmp(value->asked, "params.", 7) != 0)
			continue;
		KG_TRY(kg_rewrite_value(engine, value, &text, error));
		if (strlen(text) == length && strncmp(text, book->text + value->start, length) == 0)
			continue;
		kg_buffer_printf(report, "%s:%zu: '%.*s' is now '%s'\n", book->path, value->line, (int)length,
				 book->text + value->start, text);
		tally->problems++;
	}
	return KG_OK;
}

static enum kg_status check_blocks(struct kg_engine *engine, struct kg_buffer *report, struct kg_check_tally *tally,
				   struct kg_error *error)
{
	const struct kg_book *book = engine->book;

	for (size_t i = 0; i < book->nblock; i++) {
		struct kg_stamp_state state;

		tally->blocks++;
		KG_TRY(kg_engine_check(engine, i, error));
		KG_TRY(kg_stamp_compare(book, i, &engine->stamp[i], engine->arena, &state, error));
		tally->edited += state.fresh == KG_EDITED;
		tally->failing += state.fresh == KG_FRESH && state.fails;
		if (state.fresh != KG_FRESH)
			add_problem(book, state.line, i, state.cause, report, tally);
		else if (state.fails)
			add_problem(book, state.line, i, "the claim does not hold", report, tally);
	}
	return KG_OK;
}

enum kg_status kg_check_book(const char *path, struct kg_arena *arena, struct kg_buffer *report,
			     struct kg_check_tally *tally, struct kg_error *error)
{
	struct kg_engine engine;
	struct kg_stamp *stamp;
	struct kg_book book;

	*tally = (struct kg_check_tally){ 0 };
	KG_TRY(kg_book_read(path, arena, &book, error));
	KG_TRY(kg_stamp_all(&book, arena, &stamp, error));
	KG_TRY(kg_engine_new(&book, stamp, arena, &engine, error));
	KG_TRY(check_blocks(&engine, report, tally, error));
	KG_TRY(check_parameters(&engine, report, tally, error));
	tally->values = book.nvalue;
	return kg_buffer_check(report, error);
}
