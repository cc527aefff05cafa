/* Runs a notebook in memory and compares with what it shows, at the printed precision. */
#include <ctype.h>
#include <string.h>

#include "base/file.h"
#include "notebook/check.h"
#include "notebook/crew.h"
#include "notebook/rewrite.h"

struct comparing {
	struct kg_engine *engine;
	struct kg_buffer *report;
	struct kg_check_tally *tally;
};

/* A piece of a line, blanks around it cut off. */
struct piece {
	const char *text;
	size_t length;
};

static struct piece take_piece(const char **at, const char *end, char stop)
{
	struct piece piece = { *at, 0 };
	const char *last;

	while (*at < end && **at != stop)
		*at += **at == '\\' && *at + 1 < end ? 2 : 1;
	last = *at;
	if (*at < end)
		++*at;
	while (piece.text < last && isspace((unsigned char)*piece.text))
		piece.text++;
	while (last > piece.text && isspace((unsigned char)last[-1]))
		last--;
	piece.length = (size_t)(last - piece.text);
	return piece;
}

static void report_pieces(const struct comparing *comparing, size_t line, struct piece old, struct piece new)
{
	kg_buffer_printf(comparing->report, "%s:%zu: old '%.*s', new '%.*s'\n", comparing->engine->book->path, line,
			 (int)old.length, old.text, (int)new.length, new.text);
	comparing->tally->problems++;
}

static bool are_same(struct piece a, struct piece b)
{
	return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

/* Rows of dashes follow the widths of the columns. */
static bool is_rule(struct piece piece)
{
	return piece.length && strspn(piece.text, "-:") >= piece.length;
}

/* One line of the region against the new one: cell by cell where it is a row of a table. */
static void compare_lines(const struct comparing *comparing, size_t number, struct piece old, struct piece new)
{
	bool row = old.length && new.length &&*old.text == '|' && *new.text == '|';
	const char *left = old.text, *right = new.text;
	const char *left_end = left + old.length, *right_end = right + new.length;

	while (left < left_end || right < right_end) {
		struct piece a = take_piece(&left, left_end, row ? '|' : '\n');
		struct piece b = take_piece(&right, right_end, row ? '|' : '\n');

		if (!are_same(a, b) && !(is_rule(a) && is_rule(b)))
			report_pieces(comparing, number, a, b);
	}
}

/* A row of dashes between the head of a table and its rows. */
static bool is_rule_row(struct piece line)
{
	return line.length && *line.text == '|' && strspn(line.text, "|-: ") >= line.length;
}

/* Rows of a table about the same thing: their first cells are the same, and those after it up to the first number. */
static bool are_rows_alike(struct piece a, struct piece b)
{
	const char *left = a.text + 1, *right = b.text + 1, *left_end = a.text + a.length, *right_end = b.text + b.length;

	if (!a.length || !b.length || *a.text != '|' || *b.text != '|')
		return false;
	for (bool first = true; left < left_end && right < right_end; first = false) {
		struct piece old = take_piece(&left, left_end, '|'), new = take_piece(&right, right_end, '|');

		if (!first && old.length && (isdigit((unsigned char)*old.text) || *old.text == '-'))
			break;
		if (!are_same(old, new))
			return false;
	}
	return true;
}

static bool are_alike(struct piece a, struct piece b)
{
	return are_same(a, b) || (is_rule_row(a) && is_rule_row(b)) || are_rows_alike(a, b);
}

struct lines {
	struct piece *line;
	size_t count;
};

static bool split_lines(const char *from, const char *end, struct kg_arena *arena, struct lines *lines)
{
	size_t most = 1;

	for (const char *at = from; at < end; at++)
		most += *at == '\n';
	*lines = (struct lines){ KG_ARRAY(arena, struct piece, most + 1), 0 };
	while (lines->line && from < end)
		lines->line[lines->count++] = take_piece(&from, end, '\n');
	return lines->line != NULL;
}

/* `common`, [old.count + 1][new.count + 1]: how many lines the rests of the two have in common, in order. */
static void count_common(const struct lines *old, const struct lines *new, size_t *common)
{
	size_t width = new->count + 1;

	for (size_t i = old->count; i-- > 0;)
		for (size_t j = new->count; j-- > 0;) {
			size_t down = common[(i + 1) * width + j], right = common[i * width + j + 1];

			common[i * width + j] = are_alike(old->line[i], new->line[j])
						    ? common[(i + 1) * width + j + 1] + 1
						    : (down > right ? down : right);
		}
}

/* Regions of different length: lines that both have, or are alike, stand beside each other, those between them are compared in order,
 * and what is left over has no counterpart. `common` as above. */
static void compare_aligned(const struct comparing *comparing, size_t number, const struct lines *old,
			    const struct lines *new, const size_t *common)
{
	size_t width = new->count + 1, i = 0, j = 0;

	while (i < old->count || j < new->count) {
		size_t a = i, b = j;

		while ((a < old->count || b < new->count) &&
		       !(a < old->count && b < new->count && are_alike(old->line[a], new->line[b])))
			if (b == new->count ||
			    (a < old->count && common[(a + 1) * width + b] >= common[a * width + b + 1]))
				a++;
			else
				b++;
		for (; i < a || j < b; i += i < a, j += j < b)
			compare_lines(comparing, number + i, i < a ? old->line[i] : (struct piece){ "", 0 },
				      j < b ? new->line[j] : (struct piece){ "", 0 });
		if (a < old->count && b < new->count)
			compare_lines(comparing, number + a, old->line[a], new->line[b]);
		i = a + (a < old->count);
		j = b + (b < new->count);
	}
}

static enum kg_status compare_region(const struct comparing *comparing, size_t index, struct kg_error *error)
{
	const struct kg_book *book = comparing->engine->book;
	const struct kg_book_block *block = &book->block[index];
	struct kg_arena *arena = comparing->engine->arena;
	const char *from = book->text + block->content_start, *shown = comparing->engine->outcome[index].content;
	const char *end = memmem(from, block->content_end - block->content_start, "\n<!-- keng:from", 15);
	struct lines old, new;
	size_t *common;

	if (!split_lines(from, end ? end : book->text + block->content_end, arena, &old) ||
	    !split_lines(shown, shown + strlen(shown), arena, &new))
		return kg_error_memory(error);
	if (old.count == new.count) {
		for (size_t i = 0; i < old.count; i++)
			compare_lines(comparing, block->region_line + 1 + i, old.line[i], new.line[i]);
		return KG_OK;
	}
	common = KG_ARRAY(arena, size_t, (old.count + 1) * (new.count + 1));
	if (!common)
		return kg_error_memory(error);
	count_common(&old, &new, common);
	compare_aligned(comparing, block->region_line + 1, &old, &new, common);
	return KG_OK;
}

/* Where a figure names the version of keng that drew it; another version may draw the same. */
static struct piece find_version(const char *bytes, size_t length)
{
	static const char mark[] = "<metadata>keng ";
	const char *found = memmem(bytes, length, mark, sizeof mark - 1), *stop;

	found = found ? found + sizeof mark - 1 : NULL;
	stop = found ? memchr(found, ';', (size_t)(bytes + length - found)) : NULL;
	return stop ? (struct piece){ found, (size_t)(stop - found) } : (struct piece){ bytes, 0 };
}

static bool is_same_file(const char *bytes, size_t length, const struct kg_stamp_file *file)
{
	struct piece old = find_version(bytes, length), new = find_version(file->bytes, file->length);
	size_t before = (size_t)(old.text - bytes), after = length - before - old.length;

	return before == (size_t)(new.text - file->bytes) &&
	       after == file->length - before - new.length &&memcmp(bytes, file->bytes, before) == 0 &&
	       memcmp(old.text + old.length, new.text + new.length, after) == 0;
}

static void compare_files(const struct comparing *comparing, size_t index)
{
	const struct kg_engine *engine = comparing->engine;
	const struct kg_outcome *outcome = &engine->outcome[index];

	for (size_t k = 0; k < outcome->nfile; k++) {
		char *path = kg_file_join(engine->book->folder, outcome->file[k].name, engine->arena), *bytes;
		struct kg_error ignored;
		size_t length;

		if (path && kg_file_read(path, engine->arena, &bytes, &length, &ignored) == KG_OK &&
		    is_same_file(bytes, length, &outcome->file[k]))
			continue;
		kg_buffer_printf(comparing->report, "%s:%zu: block '#%s': %s comes out differently\n",
				 engine->book->path, engine->book->block[index].line, engine->book->block[index].id,
				 outcome->file[k].name);
		comparing->tally->problems++;
	}
}

static enum kg_status compare_values(const struct comparing *comparing, struct kg_error *error)
{
	const struct kg_book *book = comparing->engine->book;

	for (size_t i = 0; i < book->nvalue; i++) {
		const struct kg_book_value *value = &book->value[i];
		const char *text;
		struct piece old = { book->text + value->start, value->end - value->start }, new;

		KG_TRY(kg_rewrite_value(comparing->engine, value, &text, error));
		new = (struct piece){ text, strlen(text) };
		if (!are_same(old, new))
			report_pieces(comparing, value->line, old, new);
	}
	return KG_OK;
}

static enum kg_status rerun(const struct comparing *comparing, struct kg_error *error)
{
	const struct kg_book *book = comparing->engine->book;
	bool *all = KG_ARRAY(comparing->engine->arena, bool, book->nblock + 1);

	if (!all)
		return kg_error_memory(error);
	memset(all, true, book->nblock);
	KG_TRY(kg_crew_run(comparing->engine, all, 0, error));
	for (size_t i = 0; i < book->nblock; i++) {
		comparing->tally->blocks++;
		if (book->block[i].has_region) {
			KG_TRY(compare_region(comparing, i, error));
			compare_files(comparing, i);
			continue;
		}
		kg_buffer_printf(comparing->report, "%s:%zu: block '#%s': it has not been run yet\n", book->path,
				 book->block[i].line, book->block[i].id);
		comparing->tally->problems++;
	}
	comparing->tally->values = book->nvalue;
	return compare_values(comparing, error);
}

enum kg_status kg_check_rerun(const char *path, struct kg_arena *arena, struct kg_buffer *report,
			      struct kg_check_tally *tally, struct kg_error *error)
{
	struct kg_engine engine;
	struct comparing comparing = { &engine, report, tally };
	struct kg_stamp *stamp;
	struct kg_book book;

	*tally = (struct kg_check_tally){ 0 };
	KG_TRY(kg_book_read(path, arena, &book, error));
	KG_TRY(kg_stamp_all(&book, arena, &stamp, error));
	KG_TRY(kg_engine_new(&book, stamp, arena, &engine, error));
	KG_TRY(rerun(&comparing, error));
	return kg_buffer_check(report, error);
}
