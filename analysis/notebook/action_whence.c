/* Where a figure or a number of a notebook comes from. */
#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "notebook/action.h"
#include "notebook/render.h"
#include "notebook/whence_tell.h"
#include "report/html.h"

struct asking {
	const char *target;
	struct kg_arena *arena;
	struct kg_buffer *report;
	size_t found;
};

/* The block of that id. */
static void ask_block(struct asking *asking, const struct kg_whence *whence, const char *id)
{
	size_t block = kg_book_find(whence->book, id, strlen(id));

	if (block == whence->book->nblock)
		return;
	kg_buffer_printf(asking->report, "%s:%zu: %s\n", whence->book->path, whence->book->block[block].line,
			 asking->target);
	kg_whence_tell(whence, block, NULL);
	asking->found++;
}

/* The block that makes a file of figures/ or tables/. */
static void ask_files(struct asking *asking, const struct kg_whence *whence, const char *target)
{
	const char *slash = strrchr(target, '/'), *name = slash ? slash + 1 : target;
	const struct kg_book *book = whence->book;
	char *figure = kg_arena_format(asking->arena, " file:figures/%s=", name);
	char *table = kg_arena_format(asking->arena, " file:tables/%s=", name);

	for (size_t i = 0; figure && table && i < book->nblock; i++) {
		const struct kg_book_block *block = &book->block[i];
		const char *content = book->text + block->content_start;
		size_t length = block->content_end - block->content_start;

		if (!block->has_region || (!memmem(content, length, figure, strlen(figure)) &&
					   !memmem(content, length, table, strlen(table))))
			continue;
		kg_buffer_printf(asking->report, "%s:%zu: %s\n", book->path, block->region_line, name);
		kg_whence_tell(whence, i, NULL);
		asking->found++;
	}
}

/* The number after "Figure" or "Table", in English or the notebook's language; 0 = the target is something else. */
static size_t read_numbered(const struct asking *asking, const struct kg_book *book, const char *word)
{
	const char *local = kg_translate(kg_engine_style(book).language, word), *target = asking->target;
	size_t length = strncasecmp(target, word, strlen(word)) == 0 ? strlen(word)
			: strncmp(target, local, strlen(local)) == 0 ? strlen(local)
								      : 0;

	target += length;
	target += strspn(target, " ");
	return length && strspn(target, "0123456789") == strlen(target) ? strtoul(target, NULL, 10) : 0;
}

/* "Figure 2" or "Table 3", as they are called on the page. */
static enum kg_status ask_numbered(struct asking *asking, const struct kg_whence *whence, struct kg_error *error)
{
	size_t figure = read_numbered(asking, whence->book, "Figure"),
	       table = read_numbered(asking, whence->book, "Table");
	const char *what = NULL;

	if (!figure && !table)
		return KG_OK;
	KG_TRY(kg_render_numbered(whence->book, figure, figure ? figure : table, asking->arena, &what, error));
	if (what && figure)
		ask_files(asking, whence, what);
	else if (what)
		ask_block(asking, whence, what);
	return KG_OK;
}

static enum kg_status ask_values(struct asking *asking, const struct kg_whence *whence, struct kg_error *error)
{
	const struct kg_book *book = whence->book;
	size_t length = strlen(asking->target);

	for (size_t i = 0; i < book->nvalue; i++) {
		const struct kg_book_value *value = &book->value[i];
		struct kg_value address;
		size_t block;

		if (value->end - value->start != length ||
		    strncmp(book->text + value->start, asking->target, length) != 0)
			continue;
		KG_TRY(kg_value_parse(value->asked, asking->arena, &address, error));
		kg_buffer_printf(asking->report, "%s:%zu: %s is %s\n", book->path, value->line, asking->target,
				 value->asked);
		asking->found++;
		block = kg_book_find(book, address.block, strlen(address.block));
		if (block < book->nblock)
			kg_whence_tell(whence, block, &address);
	}
	return KG_OK;
}

static bool is_part_of_number(const char *at)
{
	return isalnum((unsigned char)*at) || (strchr(".,", *at) && isdigit((unsigned char)at[1]));
}

/* Where the number that is asked for stands in a result, as a whole; NULL = nowhere. */
static const char *find_number(const char *from, const char *end, const char *number)
{
	size_t length = strlen(number);

	for (const char *at = from; (at = memmem(at, (size_t)(end - at), number, length)); at++) {
		const char *line = memrchr(from, '\n', (size_t)(at - from));
		bool before = at > from && (isalnum((unsigned char)at[-1]) || strchr(".,-", at[-1]));

		if (!before && !is_part_of_number(at + length) && strncmp(line ? line + 1 : from, "<!--", 4) != 0)
			return at;
	}
	return NULL;
}

static size_t count_lines(const char *from, const char *end)
{
	size_t lines = 0;

	for (; from < end; from++)
		lines += *from == '\n';
	return lines;
}

/* Tables that show the number, as it is printed there. */
static void ask_tables(struct asking *asking, const struct kg_whence *whence)
{
	const struct kg_book *book = whence->book;

	for (size_t i = 0; i < book->nblock; i++) {
		const struct kg_book_block *block = &book->block[i];
		const char *from = book->text + block->content_start, *at;

		at = block->has_region ? find_number(from, book->text + block->content_end, asking->target) : NULL;
		if (!at)
			continue;
		kg_buffer_printf(asking->report, "%s:%zu: %s stands in the result of #%s\n", book->path,
				 block->region_line + 1 + count_lines(from, at), asking->target, block->id);
		kg_whence_tell(whence, i, NULL);
		asking->found++;
	}
}

/* A number between the results that somebody typed: nothing keeps it true. */
static void ask_prose(struct asking *asking, const struct kg_book *book)
{
	const char *from = book->text + book->front.length, *at;

	for (size_t i = 0; i <= book->nblock; i++) {
		const struct kg_book_block *block = i < book->nblock ? &book->block[i] : NULL;

		at = find_number(from, book->text + (block ? block->start : book->length), asking->target);
		if (at) {
			kg_buffer_printf(asking->report, "%s:%zu: %s is typed there: no command made it\n", book->path,
					 1 + count_lines(book->text, at), asking->target);
			asking->found++;
		}
		if (block)
			from = book->text + (block->has_region ? block->region_end : block->after);
	}
}

/* What a figure says of itself, wherever it is now. */
static void ask_figure(struct asking *asking)
{
	const char *dot = strrchr(asking->target, '.'), *open, *close;
	struct kg_error ignored;
	size_t length;
	char *svg;

	if (!dot || strcmp(dot, ".svg") != 0 ||
	    kg_file_read(asking->target, asking->arena, &svg, &length, &ignored) != KG_OK)
		return;
	open = strstr(svg, "<metadata>keng ");
	close = open ? strstr(open, "</metadata>") : NULL;
	if (!close)
		return;
	open += strlen("<metadata>");
	kg_buffer_printf(asking->report, "%s says: ", asking->target);
	kg_html_plain(asking->report, open, (size_t)(close - open));
	kg_buffer_add(asking->report, "\n");
	asking->found++;
}

/* The notebooks named, else those of the folder that the figure belongs to: the one above figures/, or this one. */
static enum kg_status list_notebooks(const struct kg_names *file, struct kg_arena *arena, struct kg_names *notebook,
				     struct kg_error *error)
{
	const char *figures = strstr(file->name[0], "figures/"), **name;
	char *pattern = kg_arena_format(arena, "%.*s*.md", figures ? (int)(figures - file->name[0]) : 0, file->name[0]);
	glob_t found = { 0 };

	*notebook = (struct kg_names){ file->name + 1, file->count - 1 };
	if (notebook->count)
		return KG_OK;
	if (!pattern)
		return kg_error_memory(error);
	if (glob(pattern, 0, NULL, &found) != 0)
		found.gl_pathc = 0;
	name = KG_ARRAY(arena, const char *, found.gl_pathc + 1);
	for (size_t i = 0; name && i < found.gl_pathc; i++)
		name[i] = kg_arena_text(arena, found.gl_pathv[i]);
	*notebook = (struct kg_names){ name, found.gl_pathc };
	globfree(&found);
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}

static enum kg_status ask_book(struct asking *asking, const char *path, struct kg_error *error)
{
	const char *id = asking->target + (*asking->target == '#');
	bool number = isdigit((unsigned char)asking->target[asking->target[0] == '-']);
	struct kg_whence whence = { .report = asking->report };
	size_t found = asking->found;
	struct kg_engine engine;
	struct kg_stamp *stamp;
	struct kg_book book;

	KG_TRY(kg_book_read(path, asking->arena, &book, error));
	KG_TRY(kg_stamp_all(&book, asking->arena, &stamp, error));
	KG_TRY(kg_engine_new(&book, stamp, asking->arena, &engine, error));
	whence.book = &book;
	whence.stamp = stamp;
	whence.engine = &engine;
	whence.told = KG_ARRAY(asking->arena, bool, book.nblock + 1);
	if (!whence.told)
		return kg_error_memory(error);
	ask_block(asking, &whence, id);
	ask_files(asking, &whence, asking->target);
	KG_TRY(ask_numbered(asking, &whence, error));
	KG_TRY(ask_values(asking, &whence, error));
	if (number)
		ask_tables(asking, &whence);
	if (number && asking->found == found)
		ask_prose(asking, &book);
	return kg_engine_end(&engine, error);
}

static enum kg_status whence(const struct kg_action_options *options, const struct kg_names *file,
			     struct kg_arena *arena, struct kg_buffer *report, struct kg_error *error)
{
	struct asking asking = { file->name[0], arena, report, 0 };
	struct kg_names notebook;

	(void)options;
	KG_TRY(list_notebooks(file, arena, &notebook, error));
	ask_figure(&asking);
	for (size_t i = 0; i < notebook.count; i++)
		KG_TRY(ask_book(&asking, notebook.name[i], error));
	if (asking.found)
		return KG_OK;
	if (!notebook.count)
		return kg_error_set(
		    error, KG_EUSAGE,
		    "there is no notebook in this folder; write 'keng whence figures/growth.svg FILE.md'");
	return kg_error_set(error, KG_EDATA,
			    "'%s' is no figure, table, block or number of %s; write it as it is printed, such as 20%%, "
			    "'Table 2', growth.svg or '#growth'",
			    asking.target, notebook.count == 1 ? notebook.name[0] : "these notebooks");
}

const struct kg_action kg_action_whence = {
	"whence",
	"FIGURE|NUMBER [FILE.md ...]",
	"tells which commands, rows and data made a figure, a table or a number: growth.svg, 'Table 2', '#growth', 20%",
	NULL,
	0,
	whence
};
