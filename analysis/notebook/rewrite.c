#include "notebook/rewrite.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "notebook/value.h"

/* `length` bytes at `start` are replaced by `text`. */
struct edit {
	size_t start, end;
	const char *text;
};

static int compare_edits(const void *a, const void *b)
{
	const struct edit *left = a, *right = b;

	return left->start < right->start ? -1 : left->start > right->start;
}

/* Lines that end as those of the notebook do. */
static void add_lines(struct kg_buffer *out, const char *text, bool windows)
{
	for (const char *end; windows && (end = strchr(text, '\n')); text = end + 1) {
		kg_buffer_add_n(out, text, (size_t)(end - text));
		kg_buffer_add(out, "\r\n");
	}
	kg_buffer_add(out, text);
}

static void apply(const struct kg_book *book, struct edit *edit, size_t count, struct kg_buffer *out)
{
	size_t at = 0;

	qsort(edit, count, sizeof *edit, compare_edits);
	for (size_t i = 0; i < count; i++) {
		kg_buffer_add_n(out, book->text + at, edit[i].start - at);
		add_lines(out, edit[i].text, book->windows);
		at = edit[i].end;
	}
	kg_buffer_add_n(out, book->text + at, book->length - at);
}

/* Whether a character would be markup there: some only where they can open or close something. */
static bool is_markup(const char *text, const char *at)
{
	bool inside = at > text && isalnum((unsigned char)at[-1]) && isalnum((unsigned char)at[1]);

	if (*at == '_')
		return !inside;
	if (*at == '&')
		return at[1] == '#' || isalpha((unsigned char)at[1]);
	return strchr("\\`*[]|~$", *at) != NULL;
}

const char *kg_rewrite_quote(const char *text, bool prose, struct kg_arena *arena)
{
	struct kg_buffer out = kg_buffer_new(arena);

	kg_buffer_add(&out, "");
	for (const char *at = text; *at; at++) {
		if (*at == '<')
			kg_buffer_add(&out, "&lt;");
		else if (*at == '\n')
			kg_buffer_add(&out, " ");
		else if (!prose && strchr("\"'#&\\", *at))
			kg_buffer_printf(&out, "&#%d;", *at);
		else
			kg_buffer_printf(&out, prose && is_markup(text, at) ? "\\%c" : "%c", *at);
	}
	return out.failed ? NULL : out.text;
}

enum kg_status kg_rewrite_value(const struct kg_engine *engine, const struct kg_book_value *value, const char **text,
				struct kg_error *error)
{
	const struct kg_book *book = engine->book;
	struct kg_value address;
	size_t block;

	KG_TRY(kg_value_parse(value->asked, engine->arena, &address, error));
	block = kg_book_find(book, address.block, strlen(address.block));
	if (strcmp(address.block, "params") != 0 && !engine->outcome[block].done) {
		*text = kg_arena_text_n(engine->arena, book->text + value->start, value->end - value->start);
		return *text ? KG_OK : kg_error_memory(error);
	}
	KG_TRY(kg_engine_value(engine, value, text, error));
	*text = kg_rewrite_quote(*text, value->line > book->front.lines, engine->arena);
	return *text ? KG_OK : kg_error_memory(error);
}

enum kg_status kg_rewrite_region(const struct kg_engine *engine, size_t index, struct kg_buffer *out,
				 struct kg_error *error)
{
	const struct kg_book_block *block = &engine->book->block[index];
	const struct kg_stamp *stamp = &engine->stamp[index];
	const struct kg_outcome *outcome = &engine->outcome[index];
	struct kg_buffer told = kg_buffer_new(engine->arena), content = kg_buffer_new(engine->arena);
	struct kg_stamp_made made = { outcome->file, outcome->nfile, "", outcome->synthetic, outcome->fails };
	char hash[KG_DIGEST_SIZE];

	for (size_t i = 0; i < stamp->nvalue; i++) {
		const struct kg_book_value *value = &engine->book->value[stamp->value[i]];
		const char *text;

		KG_TRY(kg_rewrite_value(engine, value, &text, error));
		kg_stamp_told(&told, value->asked, text, strlen(text));
	}
	made.told = told.text;
	kg_buffer_add(&content, outcome->content);
	kg_buffer_add(&content, "\n");
	kg_stamp_line(stamp, &made, &content);
	KG_TRY(kg_buffer_check(&content, error));
	KG_TRY(kg_buffer_check(&told, error));
	kg_stamp_out(content.text, content.length, hash);
	kg_buffer_printf(out, "<!-- keng:out #%s -->\n", block->id);
	kg_buffer_add(out, content.text);
	kg_buffer_printf(out, "<!-- keng:end #%s in=%s out=%s -->\n", block->id, stamp->in, hash);
	return kg_buffer_check(out, error);
}

static enum kg_status edit_region(const struct kg_engine *engine, size_t index, struct edit *edit,
				  struct kg_error *error)
{
	const struct kg_book *book = engine->book;
	const struct kg_book_block *block = &book->block[index];
	struct kg_buffer out = kg_buffer_new(engine->arena);

	if (!block->has_region && book->text[block->after - 1] != '\n')
		kg_buffer_add(&out, "\n");
	KG_TRY(kg_rewrite_region(engine, index, &out, error));
	*edit = block->has_region ? (struct edit){ block->region_start, block->region_end, out.text }
				  : (struct edit){ block->after, block->after, out.text };
	return KG_OK;
}

enum kg_status kg_rewrite_book(const struct kg_engine *engine, struct kg_buffer *out, struct kg_error *error)
{
	const struct kg_book *book = engine->book;
	struct edit *edit = KG_ARRAY(engine->arena, struct edit, book->nblock + book->nvalue + 1);
	size_t count = 0;

	if (!edit)
		return kg_error_memory(error);
	for (size_t i = 0; i < book->nblock; i++)
		if (engine->outcome[i].drawn)
			KG_TRY(edit_region(engine, i, &edit[count++], error));
	for (size_t i = 0; i < book->nvalue; i++) {
		const struct kg_book_value *value = &book->value[i];

		edit[count] = (struct edit){ value->start, value->end, NULL };
		KG_TRY(kg_rewrite_value(engine, value, &edit[count++].text, error));
	}
	apply(book, edit, count, out);
	return kg_buffer_check(out, error);
}

/* A parameter is one line, so that it is in commands, titles and the front matter what it was. */
static enum kg_status check_line(const char *name, const char *text, struct kg_error *error)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' && *text != '\t')
			return kg_error_set(error, KG_EDATA,
					    "the parameter '%s' has a line end or control character in it; give it one "
					    "line of text",
					    name);
	return KG_OK;
}

static const char *quote_scalar(const char *text, struct kg_arena *arena)
{
	struct kg_buffer out = kg_buffer_new(arena);

	kg_buffer_add_char(&out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			kg_buffer_add_char(&out, '\\');
		kg_buffer_add_char(&out, *text);
	}
	kg_buffer_add_char(&out, '"');
	return out.failed ? NULL : out.text;
}

static enum kg_status refuse_param(const struct kg_book *book, const char *name, struct kg_arena *arena,
				   struct kg_error *error)
{
	const char **known = KG_ARRAY(arena, const char *, book->front.count + 1), *near;
	size_t count = 0;

	if (!known)
		return kg_error_memory(error);
	for (size_t i = 0; i < book->front.count; i++)
		if (strcmp(book->front.entry[i].map, "params") == 0)
			known[count++] = book->front.entry[i].name;
	near = kg_text_nearest(name, known, count);
	return kg_error_set(error, KG_EUSAGE,
			    near ? "'%s' is no parameter of %s; did you mean '%s'?"
				 : "'%s' is no parameter of %s; declare it under params: in the front matter",
			    name, book->path, near);
}

enum kg_status kg_rewrite_params(const struct kg_book *book, const struct kg_names *param, struct kg_buffer *out,
				 struct kg_error *error)
{
	struct edit *edit = KG_ARRAY(out->arena, struct edit, param->count + 1);

	if (!edit)
		return kg_error_memory(error);
	for (size_t i = 0; i < param->count; i++) {
		const char *equals = strchr(param->name[i], '='), *name;
		const struct kg_front_entry *entry;

		if (!equals)
			return kg_error_set(error, KG_EUSAGE, "'--param %s' has no value; write '--param %s=VALUE'",
					    param->name[i], param->name[i]);
		name = kg_arena_text_n(out->arena, param->name[i], (size_t)(equals - param->name[i]));
		entry = name ? kg_front_find(&book->front, "params", name) : NULL;
		if (!entry)
			return refuse_param(book, name ? name : "", out->arena, error);
		KG_TRY(check_line(name, equals + 1, error));
		edit[i] = (struct edit){ entry->start, entry->end, NULL };
		edit[i].text = strcmp(entry->value, equals + 1) == 0
				   ? kg_arena_text_n(out->arena, book->text + entry->start, entry->end - entry->start)
				   : quote_scalar(equals + 1, out->arena);
		if (!edit[i].text)
			return kg_error_memory(error);
	}
	apply(book, edit, param->count, out);
	return kg_buffer_check(out, error);
}

enum kg_status kg_rewrite_front(const struct kg_book *book, const struct kg_names *setting, struct kg_buffer *out,
				struct kg_error *error)
{
	struct edit *edit = KG_ARRAY(out->arena, struct edit, setting->count + 1);
	size_t count = 0;

	if (!edit)
		return kg_error_memory(error);
	for (size_t i = 0; i < setting->count; i++) {
		const char *dot = strchr(setting->name[i], '.'), *equals = strchr(setting->name[i], '=');
		char *map = kg_arena_text_n(out->arena, setting->name[i], (size_t)(dot - setting->name[i]));
		char *name = kg_arena_text_n(out->arena, dot + 1, (size_t)(equals - dot - 1));
		const struct kg_front_entry *entry = map && name ? kg_front_find(&book->front, map, name) : NULL;

		if (!entry)
			continue;
		KG_TRY(check_line(name, equals + 1, error));
		edit[count] = (struct edit){ entry->start, entry->end, quote_scalar(equals + 1, out->arena) };
		if (!edit[count++].text)
			return kg_error_memory(error);
	}
	apply(book, edit, count, out);
	return kg_buffer_check(out, error);
}

enum kg_status kg_rewrite_bare(const struct kg_book *book, struct kg_buffer *out, struct kg_error *error)
{
	struct edit *edit = KG_ARRAY(out->arena, struct edit, book->nblock + book->nvalue + 1);
	size_t count = 0;

	if (!edit)
		return kg_error_memory(error);
	for (size_t i = 0; i < book->nblock; i++)
		if (book->block[i].has_region)
			edit[count++] = (struct edit){ book->block[i].region_start, book->block[i].region_end, "" };
	for (size_t i = 0; i < book->nvalue; i++)
		edit[count++] = (struct edit){ book->value[i].start, book->value[i].end, "" };
	apply(book, edit, count, out);
	return kg_buffer_check(out, error);
}
