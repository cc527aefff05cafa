/* A table in GitHub-flavoured Markdown, padded so that it reads well unrendered. */
#include "report/write.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "report/display.h"

/* Cells wider than this are not padded: the source would be all blanks. */
#define PADDED_MOST 40

static bool is_word(char letter)
{
	return isalnum((unsigned char)letter) || (unsigned char)letter >= 0x80;
}

/* True where Markdown would take a character for markup; `before`: the character before it, 0 at the start. */
static bool is_markup(const char *at, char before)
{
	if (*at == '_')
		return !is_word(before) || !is_word(at[1]);
	if (*at == '&')
		return at[1] == '#' || is_word(at[1]);
	return strchr("|\\`*[]<~$", *at) || (*at == '>' && !before);
}

static void add_escaped(struct kg_buffer *out, const char *text)
{
	for (char before = 0; *text; before = *text++) {
		if (is_markup(text, before))
			kg_buffer_add_char(out, '\\');
		kg_buffer_add_char(out, *text == '\n' || *text == '\r' ? ' ' : *text);
	}
}

static char *escape(const char *text, struct kg_arena *scratch)
{
	struct kg_buffer buffer = kg_buffer_new(scratch);

	add_escaped(&buffer, text);
	return buffer.failed ? NULL : buffer.text;
}

struct column {
	char *heading, **cell;
	size_t width;
	bool number;
};

static enum kg_status escape_column(const struct kg_display *display, size_t j, struct kg_arena *scratch,
				    struct column *column, struct kg_error *error)
{
	const struct kg_display_column *from = &display->column[j];

	column->number = from->number;
	column->heading = escape(from->heading, scratch);
	column->cell = KG_ARRAY(scratch, char *, display->nrow + 1);
	if (!column->heading || !column->cell)
		return kg_error_memory(error);
	column->width = kg_text_width(column->heading) > 3 ? kg_text_width(column->heading) : 3;
	for (size_t i = 0; i < display->nrow; i++) {
		size_t wide;

		column->cell[i] = escape(from->cell[i], scratch);
		if (!column->cell[i])
			return kg_error_memory(error);
		wide = kg_text_width(column->cell[i]);
		if (wide > column->width && wide <= PADDED_MOST)
			column->width = wide;
	}
	return KG_OK;
}

static void add_cell(struct kg_buffer *out, const struct column *column, const char *cell)
{
	size_t wide = kg_text_width(cell), blanks = column->width > wide ? column->width - wide : 0;

	kg_buffer_add(out, " ");
	kg_buffer_repeat(out, " ", column->number ? blanks : 0);
	kg_buffer_add(out, cell);
	kg_buffer_repeat(out, " ", column->number ? 0 : blanks);
	kg_buffer_add(out, " |");
}

static void add_grid(struct kg_buffer *out, const struct kg_display *display, const struct column *column)
{
	kg_buffer_add_char(out, '|');
	for (size_t j = 0; j < display->ncol; j++)
		add_cell(out, &column[j], column[j].heading);
	kg_buffer_add(out, "\n|");
	for (size_t j = 0; j < display->ncol; j++) {
		kg_buffer_add(out, " ");
		kg_buffer_repeat(out, "-", column[j].width - (column[j].number ? 1 : 0));
		kg_buffer_add(out, column[j].number ? ": |" : " |");
	}
	kg_buffer_add_char(out, '\n');
	for (size_t i = 0; i < display->nrow; i++) {
		kg_buffer_add_char(out, '|');
		for (size_t j = 0; j < display->ncol; j++)
			add_cell(out, &column[j], column[j].cell[i]);
		kg_buffer_add_char(out, '\n');
	}
}

static void add_sentences(struct kg_buffer *out, const struct kg_display *display)
{
	const char *between = "\n";

	if (display->synthetic) {
		kg_buffer_printf(out, "%s**%s.**", between, display->synthetic);
		between = " ";
	}
	for (size_t i = 0; i < display->nbelow; i++) {
		kg_buffer_add(out, between);
		add_escaped(out, display->below[i]);
		between = " ";
	}
	kg_buffer_add(out, *between == ' ' ? "\n" : "");
}

static enum kg_status write_markdown(const struct kg_result *result, const struct kg_style *style,
				     struct kg_arena *scratch, struct kg_buffer *out, struct kg_error *error)
{
	struct kg_display display;
	struct column *column;

	KG_TRY(kg_display_make(result, style, scratch, &display, error));
	column = KG_ARRAY(scratch, struct column, display.ncol + 1);
	if (!column)
		return kg_error_memory(error);
	for (size_t j = 0; j < display.ncol; j++)
		KG_TRY(escape_column(&display, j, scratch, &column[j], error));
	if (display.title) {
		kg_buffer_add(out, "**");
		add_escaped(out, display.title);
		kg_buffer_add(out, ".**");
	}
	if (display.same) {
		kg_buffer_add(out, display.title ? " " : "");
		add_escaped(out, display.same);
	}
	kg_buffer_add(out, display.title || display.same ? "\n\n" : "");
	add_grid(out, &display, column);
	add_sentences(out, &display);
	return kg_buffer_check(out, error);
}

const struct kg_format kg_format_markdown = { "markdown", "table in GitHub-flavoured Markdown", write_markdown };
