#include "notebook/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "notebook/render.h"
#include "notebook/rewrite.h"
#include "notebook/run.h"

/* Why a row's slug names no folder of its own; NULL when it does. */
static const char *judge_slug(const struct kg_table *table, const struct kg_column *column, const char *const *slug,
			      size_t row, struct kg_arena *arena)
{
	const char *why =
	    *slug[row] ? NULL : "the cell gives no folder a name; fill it, or name another column with --slug";
	char text[1024];
	struct kg_error error;

	for (size_t k = 0; k < row && !why; k++)
		if (strcmp(slug[k], slug[row]) == 0)
			why = kg_arena_format(arena,
					      "the folder '%s' is that of line %zu too; name a column of different "
					      "names with --slug",
					      slug[row], kg_table_line(table, k));
	if (!why)
		return NULL;
	kg_error_cell(&error, KG_EDATA, table->from->file, kg_table_line(table, row), column->name, "%s", why);
	kg_error_text(&error, text, sizeof text);
	return kg_arena_text(arena, text);
}

enum kg_status kg_batch_slugs(struct kg_batch *batch, const char *named, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_table *table = batch->table;
	const struct kg_column *column = kg_table_find(table, "slug");
	const char **made = KG_ARRAY(arena, const char *, table->nrow + 1);
	const char **cause = KG_ARRAY(arena, const char *, table->nrow + 1);

	if (!made || !cause)
		return kg_error_memory(error);
	if (named)
		KG_TRY(kg_table_column(table, named, &column, error));
	column = column ? column : table->column;
	for (size_t i = 0; i < table->nrow; i++) {
		const char *cell = kg_column_missing(column, i) ? "" : kg_column_cell(column, i, arena);

		made[i] = cell ? kg_text_slug(cell, arena) : NULL;
		if (!made[i])
			return kg_error_memory(error);
		cause[i] = judge_slug(table, column, made, i, arena);
	}
	batch->slug = made;
	batch->cause = cause;
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}

/* Way from one folder to another, both real: "../../data". */
static const char *find_way(const char *from, const char *to, struct kg_arena *arena)
{
	struct kg_buffer way = kg_buffer_new(arena);
	size_t common = 0;

	for (size_t i = 0;; i++) {
		bool ends = (!from[i] || from[i] == '/') && (!to[i] || to[i] == '/');

		common = ends ? i : common;
		if (!from[i] || !to[i] || from[i] != to[i])
			break;
	}
	for (const char *at = from + common; *at; at++)
		if (*at == '/')
			kg_buffer_add(&way, "../");
	if (to[common])
		kg_buffer_printf(&way, "%s/", to + common + 1);
	return way.failed ? NULL : way.text;
}

/* The way from a row's folder back to the template's. */
static enum kg_status find_back(const struct kg_batch *batch, const char *folder, struct kg_arena *arena,
				const char **back, struct kg_error *error)
{
	char *from = realpath(folder, NULL), *to = realpath(batch->template->folder, NULL);

	*back = from && to ? find_way(from, to, arena) : NULL;
	free(from);
	free(to);
	return *back ? KG_OK : kg_error_set(error, KG_EIO, "the folder '%s' cannot be found", folder);
}

/* Settings of the front matter for one row: parameters from its cells, data seen from its folder. */
static enum kg_status list_settings(const struct kg_batch *batch, size_t row, const char *back, struct kg_arena *arena,
				    struct kg_names *setting, struct kg_error *error)
{
	const struct kg_front *front = &batch->template->front;
	const char **name = KG_ARRAY(arena, const char *, front->count + 1);

	*setting = (struct kg_names){ name, 0 };
	for (size_t i = 0; name && i < front->count; i++) {
		const struct kg_front_entry *entry = &front->entry[i];
		const struct kg_column *column = kg_table_find(batch->table, entry->name);
		const char *value = NULL;

		if (strcmp(entry->map, "params") == 0 && column && kg_column_missing(column, row))
			return kg_error_cell(error, KG_EDATA, batch->table->from->file,
					     kg_table_line(batch->table, row), column->name,
					     "the parameter is empty; fill the cell");
		if (strcmp(entry->map, "params") == 0 && column)
			value = kg_column_cell(column, row, arena);
		else if (strcmp(entry->map, "data") == 0)
			value = kg_arena_format(arena, "%s%s", *entry->value == '/' ? "" : back, entry->value);
		if (value)
			name[setting->count++] = kg_arena_format(arena, "%s.%s=%s", entry->map, entry->name, value);
	}
	return name && !kg_arena_failed(arena) ? KG_OK : kg_error_memory(error);
}

/* True when the notebook that is there was made from the same template and cells. */
static bool is_same(const char *path, const char *text, struct kg_arena *arena)
{
	struct kg_buffer stripped = kg_buffer_new(arena);
	struct kg_book book;
	struct kg_error ignored;

	return kg_book_read(path, arena, &book, &ignored) == KG_OK &&
	       kg_rewrite_bare(&book, &stripped, &ignored) == KG_OK && strcmp(stripped.text, text) == 0;
}

/* Puts the row's notebook in its place, without results, unless the right one is there. */
static enum kg_status place_notebook(const struct kg_batch *batch, size_t row, const char *folder, const char *path,
				     struct kg_arena *arena, struct kg_error *error)
{
	struct kg_buffer set = kg_buffer_new(arena), text = kg_buffer_new(arena);
	struct kg_names setting;
	struct kg_book book;
	const char *back;

	KG_TRY(find_back(batch, folder, arena, &back, error));
	KG_TRY(list_settings(batch, row, back, arena, &setting, error));
	KG_TRY(kg_rewrite_front(batch->template, &setting, &set, error));
	KG_TRY(kg_book_parse(path, set.text, arena, &book, error));
	KG_TRY(kg_rewrite_bare(&book, &text, error));
	return is_same(path, text.text, arena) ? KG_OK : kg_file_write(path, text.text, text.length, error);
}

static enum kg_status run_row(const struct kg_batch *batch, size_t row, const struct kg_run_plan *plan,
			      struct kg_arena *arena, struct kg_batch_row *result, struct kg_error *error)
{
	const char *slash = strrchr(batch->template->path, '/'), *name = slash ? slash + 1 : batch->template->path;
	const char *folder = kg_file_join(batch->folder, batch->slug[row], arena);
	char *path = folder ? kg_file_join(folder, name, arena) : NULL, *text;
	char *kept = folder ? kg_file_join(folder, "results.csv", arena) : NULL;
	struct kg_run_tally tally;
	struct kg_buffer csv = kg_buffer_new(arena);
	size_t length;

	if (!path || !kept)
		return kg_error_memory(error);
	KG_TRY(place_notebook(batch, row, folder, path, arena, error));
	KG_TRY(kg_run_book(path, plan, arena, &tally, error));
	result->status = tally.run ? "ok" : "fresh";
	if (!tally.run && kg_file_read(kept, arena, &text, &length, NULL) == KG_OK && strchr(text, '\n')) {
		result->csv = strchr(text, '\n') + 1;
		return KG_OK;
	}
	kg_buffer_add(&csv, kg_batch_header);
	KG_TRY(kg_batch_results(path, batch->slug[row], arena, &csv, error));
	result->csv = csv.text + strlen(kg_batch_header);
	return kg_file_write(kept, csv.text, csv.length, error);
}

/* The row's page, beside its notebook; written only when it changed. */
static enum kg_status make_page(const struct kg_batch *batch, size_t row, const char *folder, struct kg_arena *arena,
				struct kg_batch_row *result, struct kg_error *error)
{
	const char *name = strrchr(batch->template->path, '/'), *stem = kg_file_stem(batch->template->path, arena);
	char *page = kg_arena_format(arena, "%s/%s.html", folder, stem ? stem : ""), *kept;
	char *path = kg_file_join(folder, name ? name + 1 : batch->template->path, arena);
	struct kg_buffer html = kg_buffer_new(arena);
	size_t length;

	if (!stem || !page || !path)
		return kg_error_memory(error);
	KG_TRY(kg_render_page(path, false, &html, &result->card, error));
	result->card.file = kg_arena_format(arena, "%s/%s.html", batch->slug[row], stem);
	if (kg_file_read(page, arena, &kept, &length, NULL) == KG_OK && length == html.length &&
	    memcmp(kept, html.text, length) == 0)
		return KG_OK;
	return kg_file_write(page, html.text, html.length, error);
}

enum kg_status kg_batch_row(const struct kg_batch *batch, size_t row, struct kg_gnuplot *gnuplot,
			    struct kg_arena *arena, struct kg_batch_row *result, struct kg_error *error)
{
	struct kg_run_plan plan = { .jobs = 1, .gnuplot = gnuplot };
	const char *folder = kg_file_join(batch->folder, batch->slug[row], arena);
	enum kg_status status;
	char text[sizeof error->what + sizeof error->file];

	*result = (struct kg_batch_row){ .status = "failed", .cause = "", .csv = "" };
	if (!folder)
		return kg_error_memory(error);
	if (batch->cause[row]) {
		result->cause = batch->cause[row];
		return KG_OK;
	}
	KG_TRY(kg_file_folder(folder, arena, error));
	status = run_row(batch, row, &plan, arena, result, error);
	if (status == KG_OK && batch->pages)
		status = make_page(batch, row, folder, arena, result, error);
	if (status == KG_OK || status == KG_ENOMEM || status == KG_EBUG)
		return status;
	kg_error_text(error, text, sizeof text);
	result->status = "failed";
	result->cause = kg_arena_text(arena, text);
	return result->cause ? KG_OK : kg_error_memory(error);
}
