/* Where a figure or a number of a notebook comes from. */
#include <ctype.h>
#include <glob.h>
#include <string.h>

#include "base/file.h"
#include "notebook/action.h"
#include "notebook/stamp.h"
#include "notebook/value.h"
#include "report/html.h"

struct asking {
	const char *target;
	struct kg_arena *arena;
	struct kg_buffer *report;
	size_t found;
};

/* The commands of a block, and the data they and the blocks above them read. */
static void tell_block(const struct asking *asking, const struct kg_book *book, const struct kg_stamp *stamp,
		       size_t index)
{
	const struct kg_book_block *block = &book->block[index];

	kg_buffer_printf(asking->report, "  block '#%s', line %zu\n", block->id, block->line);
	for (size_t i = 0; i < block->ncommand; i++)
		kg_buffer_printf(asking->report, "    keng %s\n", block->command[i].text);
	for (size_t k = 0; k < stamp[index].npart; k++) {
		const struct kg_stamp_part *part = &stamp[index].part[k];
		bool data = strcmp(part->kind, "data") == 0, param = strcmp(part->kind, "param") == 0;
		const struct kg_front_entry *entry =
		    data || param ? kg_front_find(&book->front, data ? "data" : "params", part->name) : NULL;

		if (entry && data)
			kg_buffer_printf(asking->report, "    data %s = %s (SHA-256 %s...)\n", part->name, entry->value,
					 part->hash);
		else if (entry)
			kg_buffer_printf(asking->report, "    parameter %s = %s\n", part->name, entry->value);
	}
	for (size_t k = 0; k < stamp[index].nupstream; k++)
		tell_block(asking, book, stamp, stamp[index].upstream[k]);
}

static void tell_state(const struct asking *asking, const struct kg_book *book, const struct kg_stamp *stamp,
		       size_t index)
{
	struct kg_stamp_state state;
	struct kg_error ignored;

	if (kg_stamp_compare(book, index, &stamp[index], asking->arena, &state, &ignored) == KG_OK && state.cause)
		kg_buffer_printf(asking->report, "  not up to date: %s\n", state.cause);
}

static void ask_files(struct asking *asking, const struct kg_book *book, const struct kg_stamp *stamp)
{
	const char *slash = strrchr(asking->target, '/'), *name = slash ? slash + 1 : asking->target;
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
		tell_state(asking, book, stamp, i);
		tell_block(asking, book, stamp, i);
		asking->found++;
	}
}

static enum kg_status ask_values(struct asking *asking, const struct kg_book *book, const struct kg_stamp *stamp,
				 struct kg_error *error)
{
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
		if (block == book->nblock)
			continue;
		tell_state(asking, book, stamp, block);
		tell_block(asking, book, stamp, block);
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

/* Tables that show the number, as it is printed there. */
static void ask_tables(struct asking *asking, const struct kg_book *book, const struct kg_stamp *stamp)
{
	bool number = isdigit((unsigned char)asking->target[asking->target[0] == '-']);

	for (size_t i = 0; number && i < book->nblock; i++) {
		const struct kg_book_block *block = &book->block[i];
		const char *from = book->text + block->content_start, *at;
		size_t line = block->region_line + 1;

		at = block->has_region ? find_number(from, book->text + block->content_end, asking->target) : NULL;
		if (!at)
			continue;
		for (; from < at; from++)
			line += *from == '\n';
		kg_buffer_printf(asking->report, "%s:%zu: %s stands in the result of #%s\n", book->path, line,
				 asking->target, block->id);
		tell_state(asking, book, stamp, i);
		tell_block(asking, book, stamp, i);
		asking->found++;
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

static enum kg_status whence(const struct kg_action_options *options, const struct kg_names *file,
			     struct kg_arena *arena, struct kg_buffer *report, struct kg_error *error)
{
	struct asking asking = { file->name[0], arena, report, 0 };
	struct kg_names notebook;

	(void)options;
	KG_TRY(list_notebooks(file, arena, &notebook, error));
	ask_figure(&asking);
	for (size_t i = 0; i < notebook.count; i++) {
		struct kg_stamp *stamp;
		struct kg_book book;

		KG_TRY(kg_book_read(notebook.name[i], arena, &book, error));
		KG_TRY(kg_stamp_all(&book, arena, &stamp, error));
		ask_files(&asking, &book, stamp);
		KG_TRY(ask_values(&asking, &book, stamp, error));
		ask_tables(&asking, &book, stamp);
	}
	if (asking.found)
		return KG_OK;
	if (!notebook.count)
		return kg_error_set(
		    error, KG_EUSAGE,
		    "there is no notebook in this folder; write 'keng whence figures/growth.svg FILE.md'");
	return kg_error_set(error, KG_EDATA, "'%s' is no figure, table or value of %s", asking.target,
			    notebook.count == 1 ? notebook.name[0] : "these notebooks");
}

const struct kg_action kg_action_whence = {
	"whence",
	"FIGURE|NUMBER [FILE.md ...]",
	"tells which commands and data made a figure, a table or a number of the text",
	NULL,
	0,
	whence
};
