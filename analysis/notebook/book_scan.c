#include "notebook/book_scan.h"

#include <ctype.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "notebook/book_value.h"

#define MARKER "<!-- keng:"

/* Where the reading stands. */
struct scan {
	struct kg_book *book;
	struct kg_arena *arena;
	struct kg_error *error;
	const char *line;	     /* current line, `length` bytes without its end */
	size_t number, length, next; /* next: byte after the line's end */
	size_t block_room, value_room;
	char fence; /* '`' or '~' inside a fenced block, else 0 */
	size_t fence_length, fence_line;
	struct kg_book_block *open;   /* keng block whose fence is open */
	struct kg_book_block *region; /* block whose region is open */
	struct kg_buffer joined;      /* of a command over several lines */
	size_t joined_line;
	bool after_block; /* nothing but blank lines since the last block */
};

static bool starts(const struct scan *scan, const char *with)
{
	return scan->length >= strlen(with) && strncmp(scan->line, with, strlen(with)) == 0;
}

static bool is_blank(const struct scan *scan)
{
	for (size_t i = 0; i < scan->length; i++)
		if (!isspace((unsigned char)scan->line[i]))
			return false;
	return true;
}

/* Length of a fence at the line's start (after blanks), 0 when it is none. */
static size_t measure_fence(const struct scan *scan, char *kind, size_t *indent)
{
	size_t at = 0, count = 0;

	while (at < scan->length && scan->line[at] == ' ')
		at++;
	*indent = at;
	*kind = at < scan->length ? scan->line[at] : 0;
	if (*kind != '`' && *kind != '~')
		return 0;
	while (at + count < scan->length && scan->line[at + count] == *kind)
		count++;
	if (*kind == '`' && memchr(scan->line + at + count, '`', scan->length - at - count))
		return 0;
	return count >= 3 ? count : 0;
}

/* The word after a `#`; NULL when there is none or it is no id. */
static char *read_id(const char *at, const char *end, struct kg_arena *arena)
{
	const char *start;

	while (at < end && *at == ' ')
		at++;
	if (at == end || *at != '#')
		return NULL;
	start = ++at;
	while (at < end && (isalnum((unsigned char)*at) || *at == '-' || *at == '_'))
		at++;
	return at > start && (at == end || *at == ' ' || *at == '\r')
		   ? kg_arena_text_n(arena, start, (size_t)(at - start))
		   : NULL;
}

static enum kg_status add_block(struct scan *scan, char *id, bool claim)
{
	struct kg_book *book = scan->book;
	size_t twin = kg_book_find(book, id, strlen(id));

	if (twin < book->nblock)
		return kg_book_refuse(book, scan->number, scan->error,
				      "two blocks have the id '#%s': here and in line %zu; rename one", id,
				      book->block[twin].line);
	if (book->nblock == scan->block_room) {
		size_t room = scan->block_room ? scan->block_room * 2 : 16;

		book->block = kg_arena_grow(scan->arena, book->block, book->nblock * sizeof *book->block,
					    room * sizeof *book->block);
		if (!book->block)
			return kg_error_memory(scan->error);
		scan->block_room = room;
	}
	scan->open = &book->block[book->nblock++];
	*scan->open = (struct kg_book_block){
		.id = id, .line = scan->number, .start = (size_t)(scan->line - book->text), .claim = claim
	};
	scan->joined = kg_buffer_new(scan->arena);
	return KG_OK;
}

static enum kg_status open_fence(struct scan *scan, size_t fence, size_t indent)
{
	const char *info = scan->line + indent + fence, *end = scan->line + scan->length, *rest;
	bool claim;
	char *id;

	while (info < end && *info == ' ')
		info++;
	if (end - info < 4 || strncmp(info, "keng", 4) != 0 || (info + 4 < end && isalnum((unsigned char)info[4])))
		return KG_OK;
	claim = end - info >= 10 && strncmp(info, "keng-claim", 10) == 0;
	if (indent)
		return kg_book_refuse(scan->book, scan->number, scan->error,
				      "a keng block is indented; move it to the start of the line");
	id = read_id(info + (claim ? 10 : 4), end, scan->arena);
	if (!id)
		return kg_book_refuse(scan->book, scan->number, scan->error,
				      "a keng block has no id; write '```keng #name' (letters a to z, digits, '-' and '_')");
	rest = strchr(info, '#') + 1 + strlen(id);
	rest += strspn(rest, " \r");
	if (rest < end)
		return kg_book_refuse(scan->book, scan->number, scan->error,
				      "'%.*s' stands after the id '#%s' of a block; an id has no blanks (letters a to z, "
				      "digits, '-' and '_'), and commands start on the next line",
				      (int)strcspn(rest, " \r\n"), rest, id);
	return add_block(scan, id, claim);
}

static enum kg_status add_command(struct scan *scan)
{
	struct kg_book_block *block = scan->open;
	struct kg_book_command *larger;

	larger = kg_arena_grow(scan->arena, (void *)block->command, block->ncommand * sizeof *larger,
			       (block->ncommand + 1) * sizeof *larger);
	if (!larger || scan->joined.failed)
		return kg_error_memory(scan->error);
	larger[block->ncommand++] = (struct kg_book_command){ scan->joined.text, scan->joined_line };
	block->command = larger;
	scan->joined = kg_buffer_new(scan->arena);
	return KG_OK;
}

/* A line inside a keng block: a command, a part of one, a comment or nothing. */
static enum kg_status read_command(struct scan *scan)
{
	const char *at = scan->line, *end = at + scan->length;
	bool more;

	while (at < end && isspace((unsigned char)*at))
		at++;
	while (end > at && isspace((unsigned char)end[-1]))
		end--;
	if (!scan->joined.length && (at == end || *at == '#'))
		return KG_OK;
	if (end - at >= 3 && (strncmp(at, "```", 3) == 0 || strncmp(at, "~~~", 3) == 0 || strncmp(at, "<!-", 3) == 0))
		return kg_book_refuse(scan->book, scan->open->line, scan->error,
				      "the block '#%s' is not closed before line %zu; end its commands with a line '%.*s'",
				      scan->open->id, scan->number,
				      (int)strspn(scan->book->text + scan->open->start, "`~"),
				      scan->book->text + scan->open->start);
	more = end > at && end[-1] == '\\';
	if (!scan->joined.length)
		scan->joined_line = scan->number;
	else
		kg_buffer_add_char(&scan->joined, ' ');
	kg_buffer_add_n(&scan->joined, at, (size_t)(end - at) - more);
	return more ? KG_OK : add_command(scan);
}

static enum kg_status close_fence(struct scan *scan)
{
	scan->fence = 0;
	if (!scan->open)
		return KG_OK;
	if (scan->joined.length)
		KG_TRY(add_command(scan));
	scan->open->after = scan->next;
	scan->open = NULL;
	scan->after_block = true;
	return KG_OK;
}

static enum kg_status read_fenced(struct scan *scan, char kind, size_t fence, size_t indent)
{
	bool closes = kind == scan->fence && fence >= scan->fence_length;

	for (size_t i = indent + fence; closes && i < scan->length; i++)
		closes = isspace((unsigned char)scan->line[i]);
	if (closes)
		return close_fence(scan);
	return scan->open ? read_command(scan) : KG_OK;
}

static enum kg_status say_unknown_id(const struct scan *scan, const char *id)
{
	const struct kg_book *book = scan->book;
	const char **known = KG_ARRAY(scan->arena, const char *, book->nblock + 1), *near;

	if (!known)
		return kg_error_memory(scan->error);
	for (size_t i = 0; i < book->nblock; i++)
		known[i] = book->block[i].id;
	near = kg_text_nearest(id, known, book->nblock);
	return kg_book_refuse(book, scan->number, scan->error,
			      near
				  ? "'#%s' is the id of no block above; did you mean '#%s'?"
				  : "'#%s' is the id of no block above; delete its lines from 'keng:out' to 'keng:end'",
			      id, near);
}

static enum kg_status open_region(struct scan *scan)
{
	struct kg_book *book = scan->book;
	const char *at = scan->line + strlen(MARKER "out");
	char *id = read_id(at, scan->line + scan->length, scan->arena);
	struct kg_book_block *last = book->nblock ? &book->block[book->nblock - 1] : NULL;
	size_t found;

	if (!id)
		return kg_book_refuse(book, scan->number, scan->error,
				      "the marker names no block; write '<!-- keng:out #name -->'");
	found = kg_book_find(book, id, strlen(id));
	if (found == book->nblock)
		return say_unknown_id(scan, id);
	if (last != &book->block[found] || !scan->after_block || last->has_region)
		return kg_book_refuse(book, scan->number, scan->error,
				      "the result of '#%s' stands away from its block in line %zu; move it below the "
				      "block, or delete it and run again",
				      id, book->block[found].line);
	last->has_region = true;
	last->region_line = scan->number;
	last->region_start = (size_t)(scan->line - book->text);
	last->content_start = scan->next;
	scan->region = last;
	return KG_OK;
}

static void read_hash(const char *line, size_t length, const char *name, char hash[KG_DIGEST_SIZE])
{
	size_t skip = strlen(name);

	for (size_t at = 0; at + skip + 8 <= length; at++)
		if (strncmp(line + at, name, skip) == 0 && strspn(line + at + skip, "0123456789abcdef") == 8) {
			memcpy(hash, line + at + skip, 8);
			return;
		}
}

static enum kg_status close_region(struct scan *scan)
{
	struct kg_book_block *block = scan->region;
	char *id = read_id(scan->line + strlen(MARKER "end"), scan->line + scan->length, scan->arena);

	if (!id || strcmp(id, block->id) != 0)
		return kg_book_refuse(
		    scan->book, scan->number, scan->error,
		    "the result of '#%s' (line %zu) ends with the marker of another block; delete both "
		    "results and run again",
		    block->id, block->region_line);
	block->content_end = (size_t)(scan->line - scan->book->text);
	block->region_end = scan->next;
	read_hash(scan->line, scan->length, " in=", block->in);
	read_hash(scan->line, scan->length, " out=", block->out);
	scan->region = NULL;
	scan->after_block = false;
	return KG_OK;
}

static enum kg_status refuse_open_region(const struct scan *scan)
{
	return kg_book_refuse(scan->book, scan->region->region_line, scan->error,
			      "the result of '#%s' is not closed; end it with '<!-- keng:end #%s -->', or delete it "
			      "and run again",
			      scan->region->id, scan->region->id);
}

static enum kg_status check_conflict(const struct scan *scan)
{
	if (!starts(scan, "<<<<<<< ") && !starts(scan, ">>>>>>> "))
		return KG_OK;
	return kg_book_refuse(scan->book, scan->number, scan->error,
			      "conflict markers of a merge; choose one side, then run again");
}

static bool holds(const struct scan *scan, const char *what)
{
	return memmem(scan->line, scan->length, what, strlen(what)) != NULL;
}

static enum kg_status read_prose(struct scan *scan)
{
	char kind;
	size_t indent, fence = measure_fence(scan, &kind, &indent);
	const char *misplaced = holds(scan, MARKER "out ") ? "out" : holds(scan, MARKER "end ") ? "end" : NULL;

	if (fence) {
		scan->fence = kind;
		scan->fence_length = fence;
		scan->fence_line = scan->number;
		return open_fence(scan, fence, indent);
	}
	if (starts(scan, MARKER "out"))
		return open_region(scan);
	if (starts(scan, MARKER "end"))
		return kg_book_refuse(scan->book, scan->number, scan->error,
				      "'keng:end' without a 'keng:out' above it; delete the line and run again");
	if (!is_blank(scan))
		scan->after_block = false;
	KG_TRY(kg_book_values(&(struct kg_book_line){ scan->book, scan->line, scan->length, scan->number, true },
			      &scan->value_room, scan->arena, scan->error));
	if (misplaced && !holds(scan, "`"))
		return kg_book_refuse(scan->book, scan->number, scan->error,
				      "the marker 'keng:%s' stands inside a line; put it on a line of its own",
				      misplaced);
	return KG_OK;
}

static enum kg_status read_line(struct scan *scan)
{
	char kind;
	size_t indent, fence;

	if (!scan->fence || scan->open)
		KG_TRY(check_conflict(scan));
	if (scan->number <= scan->book->front.lines)
		return kg_book_values(
		    &(struct kg_book_line){ scan->book, scan->line, scan->length, scan->number, false },
		    &scan->value_room, scan->arena, scan->error);
	if (scan->region) {
		if (starts(scan, MARKER "end"))
			return close_region(scan);
		return starts(scan, MARKER "out") ? refuse_open_region(scan) : KG_OK;
	}
	if (!scan->fence)
		return read_prose(scan);
	fence = measure_fence(scan, &kind, &indent);
	return read_fenced(scan, kind, fence, indent);
}

/* Every [](#id) leads to a block, or to its table. */
static enum kg_status check_references(const struct scan *scan)
{
	const struct kg_book *book = scan->book;
	const char **known = KG_ARRAY(scan->arena, const char *, book->nblock + 1), *near;

	for (size_t i = 0; known && i < book->nblock; i++)
		known[i] = book->block[i].id;
	for (size_t i = 0; known && i < book->nreference; i++) {
		const char *id = book->reference[i].id, *dot = id ? strstr(id, ".table") : NULL;

		if (!id || kg_book_find(book, id, dot && !dot[6] ? (size_t)(dot - id) : strlen(id)) < book->nblock)
			continue;
		near = kg_text_nearest(id, known, book->nblock);
		return kg_book_refuse(
		    book, book->reference[i].line, scan->error,
		    near ? "'[](#%s)' leads to no block; did you mean '#%s'?"
			 : "'[](#%s)' leads to no block; write the id of one, or a text between [ and ]",
		    id, near);
	}
	return known && !kg_arena_failed(scan->arena) ? KG_OK : kg_error_memory(scan->error);
}

enum kg_status kg_book_scan(struct kg_book *book, struct kg_arena *arena, struct kg_error *error)
{
	struct scan scan = { .book = book, .arena = arena, .error = error };
	const char *text = book->text;

	for (size_t at = 0; at < book->length; at = scan.next) {
		scan.line = text + at;
		scan.length = strcspn(scan.line, "\n");
		scan.next = at + scan.length + (text[at + scan.length] == '\n');
		scan.number++;
		KG_TRY(read_line(&scan));
	}
	if (scan.region)
		return refuse_open_region(&scan);
	if (scan.open)
		return kg_book_refuse(book, scan.open->line, error, "the block '#%s' is not closed; end it with '```'",
				      scan.open->id);
	if (scan.fence)
		return kg_book_refuse(book, scan.fence_line, error,
				      "the fence that starts here is never closed; end it with a line '%.*s'",
				      (int)scan.fence_length, scan.fence == '~' ? "~~~~~~~~~~" : "``````````");
	return check_references(&scan);
}
