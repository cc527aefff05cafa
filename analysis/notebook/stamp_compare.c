/* What a notebook says about itself against what holds now. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "notebook/stamp.h"

#define FROM "<!-- keng:from "
#define TOLD " told="
/* Of a value: four of what it asks, four of its text. */
#define TOLD_DIGITS 8

/* Four digits for a text. */
static void add_digits(struct kg_buffer *out, const char *text, size_t length)
{
	struct kg_digest digest = kg_digest_new();
	char hash[KG_DIGEST_SIZE];

	kg_digest_add(&digest, text, length);
	kg_digest_end(&digest, hash);
	kg_buffer_add_n(out, hash, TOLD_DIGITS / 2);
}

void kg_stamp_told(struct kg_buffer *out, const char *asked, const char *text, size_t length)
{
	add_digits(out, asked, strlen(asked));
	add_digits(out, text, length);
}

static void hash_bytes(const char *bytes, size_t length, char hash[KG_DIGEST_SIZE])
{
	struct kg_digest digest = kg_digest_new();

	kg_digest_add(&digest, bytes, length);
	kg_digest_end(&digest, hash);
}

void kg_stamp_out(const char *content, size_t length, char out[KG_DIGEST_SIZE])
{
	struct kg_digest digest = kg_digest_new();

	for (const char *end = content + length; content < end;) {
		const char *cut = memmem(content, (size_t)(end - content), "\r\n", 2);

		kg_digest_add(&digest, content, (size_t)((cut ? cut : end) - content));
		content = cut ? cut + 1 : end;
	}
	kg_digest_end(&digest, out);
}

void kg_stamp_line(const struct kg_stamp *stamp, const struct kg_stamp_made *made, struct kg_buffer *out)
{
	kg_buffer_add(out, "<!-- keng:from");
	for (size_t i = 0; i < stamp->npart; i++)
		kg_buffer_printf(out, " %s%s%s=%s", stamp->part[i].kind, *stamp->part[i].name ? ":" : "",
				 stamp->part[i].name, stamp->part[i].hash);
	for (size_t i = 0; i < made->nfile; i++) {
		char hash[KG_DIGEST_SIZE];

		hash_bytes(made->file[i].bytes, made->file[i].length, hash);
		kg_buffer_printf(out, " file:%s=%s", made->file[i].name, hash);
	}
	if (stamp->nvalue)
		kg_buffer_printf(out, " asked=%s told=%s", stamp->asked, made->told);
	kg_buffer_add(out, made->fails ? " holds=no" : "");
	kg_buffer_add(out, made->synthetic ? " synthetic=yes -->\n" : " -->\n");
}

/* The line of parts in a region, without its comment marks; "" when there is none. */
static const char *find_line(const struct kg_book *book, const struct kg_book_block *block, struct kg_arena *arena)
{
	const char *content = book->text + block->content_start;
	size_t length = block->has_region ? block->content_end - block->content_start : 0;
	const char *from = length ? memmem(content, length, FROM, strlen(FROM)) : NULL;

	if (!from)
		return "";
	from += strlen(FROM) - 1;
	return kg_arena_text_n(arena, from, strcspn(from, "\n"));
}

/* Copies the value of ` key=value` out of the line; false when it is not there. */
static bool find_part(const char *line, const char *kind, const char *name, char hash[KG_DIGEST_SIZE])
{
	char key[200];
	const char *at;

	snprintf(key, sizeof key, " %s%s%s=", kind, *name ? ":" : "", name);
	at = strstr(line, key);
	if (!at)
		return false;
	at += strlen(key);
	snprintf(hash, KG_DIGEST_SIZE, "%.*s", (int)strcspn(at, " "), at);
	return true;
}

/* The first part that differs; "" when none does (then a part was dropped). */
static const char *name_cause(const struct kg_stamp *stamp, const char *line, struct kg_arena *arena)
{
	for (size_t i = 0; i < stamp->npart; i++)
		if (strcmp(stamp->part[i].hash, "missing") == 0)
			return kg_arena_format(arena, "%s is missing", stamp->part[i].what);
	for (size_t i = stamp->npart; i-- > 0;) {
		const struct kg_stamp_part *part = &stamp->part[i];
		char hash[KG_DIGEST_SIZE];

		if (find_part(line, part->kind, part->name, hash) && strcmp(hash, part->hash) != 0)
			return kg_arena_format(arena, "%s changed", part->what);
	}
	return "a command changed";
}

/* One `file:NAME=HASH` of the line against the file. */
static enum kg_fresh compare_file(const struct kg_book *book, const char *at, struct kg_arena *arena,
				  const char **cause)
{
	size_t length = strcspn(at, "=");
	char *name = kg_arena_text_n(arena, at, length), *path, hash[KG_DIGEST_SIZE];
	struct kg_digest digest = kg_digest_new();
	struct kg_error ignored;

	path = name ? kg_file_join(book->folder, name, arena) : NULL;
	if (!path || kg_digest_file(&digest, path, &ignored) != KG_OK) {
		*cause = kg_arena_format(arena, "%s is missing", name ? name : "a file");
		return KG_STALE;
	}
	kg_digest_end(&digest, hash);
	if (at[length] == '=' && strncmp(at + length + 1, hash, strlen(hash)) == 0)
		return KG_FRESH;
	*cause = kg_arena_format(arena, "%s was changed by hand", name);
	return KG_EDITED;
}

static enum kg_fresh compare_files(const struct kg_book *book, const char *line, struct kg_arena *arena,
				   const char **cause)
{
	enum kg_fresh fresh = KG_FRESH;

	for (const char *at = line; fresh == KG_FRESH && (at = strstr(at, " file:")); at += 6)
		fresh = compare_file(book, at + 6, arena, cause);
	return fresh;
}

/* Whether the text of a value is what was told. A value that was not asked then is new, whatever stands in it. */
static bool is_told(const char *told, const struct kg_book *book, const struct kg_book_value *value,
		    struct kg_arena *arena)
{
	struct kg_buffer now = kg_buffer_new(arena);
	bool is_new = true;

	kg_stamp_told(&now, value->asked, book->text + value->start, value->end - value->start);
	for (size_t left = strcspn(told, " "); !now.failed && left >= TOLD_DIGITS;
	     left -= TOLD_DIGITS, told += TOLD_DIGITS) {
		if (strncmp(told, now.text, TOLD_DIGITS) == 0)
			return true;
		is_new = is_new && strncmp(told, now.text, TOLD_DIGITS / 2) != 0;
	}
	return is_new;
}

/* The texts of the values against the digits kept of them. One that was emptied is filled again. */
static enum kg_fresh compare_told(const struct kg_book *book, const struct kg_stamp *stamp, const char *line,
				  struct kg_arena *arena, struct kg_stamp_state *state)
{
	const char *told = strstr(line, TOLD);
	enum kg_fresh fresh = KG_FRESH;

	for (size_t i = 0; told && i < stamp->nvalue; i++) {
		const struct kg_book_value *value = &book->value[stamp->value[i]];

		if (is_told(told + strlen(TOLD), book, value, arena))
			continue;
		state->line = value->line;
		state->cause = "a value of the text is empty";
		fresh = KG_STALE;
		if (value->start == value->end)
			continue;
		state->cause = kg_arena_format(arena, "the value '%.*s' was edited by hand",
					       (int)(value->end - value->start), book->text + value->start);
		return KG_EDITED;
	}
	return fresh;
}

static enum kg_fresh compare(const struct kg_book *book, const struct kg_book_block *block,
			     const struct kg_stamp *stamp, struct kg_arena *arena, struct kg_stamp_state *state)
{
	const char *line = find_line(book, block, arena);
	char hash[KG_DIGEST_SIZE] = "";
	enum kg_fresh fresh;

	state->fails = line && strstr(line, " holds=no");
	state->cause = "it has not been run yet";
	if (!line || !block->has_region || !*block->in)
		return KG_STALE;
	kg_stamp_out(book->text + block->content_start, block->content_end - block->content_start, hash);
	if (strcmp(hash, block->out) != 0) {
		state->cause = "its result was edited by hand";
		state->line = block->region_line;
		return KG_EDITED;
	}
	fresh = compare_files(book, line, arena, &state->cause);
	if (fresh != KG_FRESH)
		return fresh;
	fresh = compare_told(book, stamp, line, arena, state);
	if (fresh == KG_EDITED)
		return fresh;
	if (!find_part(line, "asked", "", hash))
		*hash = '\0';
	if (strcmp(hash, stamp->asked) != 0) {
		state->line = block->line;
		state->cause = "the text asks other values of it";
		fresh = KG_STALE;
	}
	if (strcmp(block->in, stamp->in) == 0)
		return fresh;
	state->line = block->line;
	state->cause = name_cause(stamp, line, arena);
	return KG_STALE;
}

enum kg_status kg_stamp_compare(const struct kg_book *book, size_t block, const struct kg_stamp *stamp,
				struct kg_arena *arena, struct kg_stamp_state *state, struct kg_error *error)
{
	state->line = book->block[block].line;
	state->fresh = compare(book, &book->block[block], stamp, arena, state);
	if (state->fresh == KG_FRESH)
		state->cause = NULL;
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}

bool kg_stamp_synthetic(const struct kg_book *book)
{
	for (size_t i = 0; i < book->nblock; i++) {
		const struct kg_book_block *block = &book->block[i];
		const char *mark = " synthetic=yes -->";

		if (block->has_region && memmem(book->text + block->content_start,
						block->content_end - block->content_start, mark, strlen(mark)))
			return true;
	}
	return false;
}
