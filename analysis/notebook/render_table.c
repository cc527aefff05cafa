#include "notebook/render_table.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

#include "base/text.h"
#include "notebook/engine.h"
#include "report/display.h"

/* A character, and the blanks of a cell on paper, in sizes of the font: those of the page's style, bold. */
#define CHARACTER_EM 0.6
#define CELL_EM 1.0
/* Longer texts break in their cell: 28em. */
#define MOST_CHARACTERS 46

/* Text of a cell; NULL when memory is out. */
static char *read_cell(const struct kg_rendering *rendering, cmark_node *row, size_t column, cmark_node **cell)
{
	*cell = cmark_node_first_child(row);
	for (size_t j = 0; j < column && *cell; j++)
		*cell = cmark_node_next(*cell);
	return *cell ? kg_node_text(*cell, rendering->arena) : kg_arena_text(rendering->arena, "");
}

/* Blanks after the numbers of a right-aligned column, so that decimal characters stand below each other. */
static enum kg_status pad_column(const struct kg_rendering *rendering, cmark_node *table, size_t column)
{
	enum kg_language language = kg_engine_style(rendering->book).language;
	size_t most = 0;

	for (int pass = 0; pass < 2; pass++)
		for (cmark_node *row = cmark_node_next(cmark_node_first_child(table)); row;
		     row = cmark_node_next(row)) {
			cmark_node *cell, *pad;
			char *text = read_cell(rendering, row, column, &cell);
			size_t fraction;

			if (!text)
				return kg_error_memory(rendering->error);
			fraction = kg_display_fraction(text, language);
			if (!pass)
				most = fraction > most ? fraction : most;
			if (!pass || fraction >= most || !*text || *text == '<')
				continue;
			pad = cmark_node_new(CMARK_NODE_HTML_INLINE);
			text = kg_arena_format(rendering->arena, "<span class=\"pad\" style=\"width:%.1fch\"></span>",
					       (double)(most - fraction) - (fraction ? 0 : 0.5));
			cmark_node_set_literal(pad, text ? text : "");
			cmark_node_append_child(cell, pad);
		}
	return KG_OK;
}

/* Characters of the longest word: a header breaks between words. */
static size_t measure_words(char *text)
{
	size_t most = 0, width;
	char *rest = NULL;

	for (char *word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
		width = kg_text_width(word);
		most = width > most ? width : most;
	}
	return most;
}

/* Characters of a column that is not broken: numbers reach as far to both sides of their decimal characters as any. */
static enum kg_status measure_column(const struct kg_rendering *rendering, cmark_node *table, size_t column,
				     size_t *characters)
{
	enum kg_language language = kg_engine_style(rendering->book).language;
	bool right = cmark_gfm_extensions_get_table_alignments(table)[column] == 'r';
	cmark_node *head = cmark_node_first_child(table), *cell;
	char *text = read_cell(rendering, head, column, &cell);
	size_t before = 0, after = 0, header = text ? measure_words(text) : 0;

	for (cmark_node *row = cmark_node_next(head); row && text; row = cmark_node_next(row)) {
		size_t width, fraction;

		text = read_cell(rendering, row, column, &cell);
		width = text ? kg_text_width(text) : 0;
		fraction = right && text ? kg_display_fraction(text, language) : 0;
		width = width > MOST_CHARACTERS && !right ? MOST_CHARACTERS : width;
		before = width - fraction > before ? width - fraction : before;
		after = fraction > after ? fraction : after;
	}
	*characters = before + after > header ? before + after : header;
	return text ? KG_OK : kg_error_memory(rendering->error);
}

/* "Table 3. " before the bold title above the table, or as a line of its own where there is none. */
static enum kg_status number_table(const struct kg_rendering *rendering, cmark_node *table, size_t number)
{
	enum kg_language language = kg_engine_style(rendering->book).language;
	cmark_node *above = cmark_node_previous(table), *mark = cmark_node_new(CMARK_NODE_HTML_INLINE), *title;
	char *html;

	title = above && cmark_node_get_type(above) == CMARK_NODE_PARAGRAPH ? cmark_node_first_child(above) : NULL;
	if (title && cmark_node_get_type(title) != CMARK_NODE_STRONG)
		title = NULL;
	html = kg_arena_format(rendering->arena, "<span id=\"table-%zu\">%s %zu.</span> ", number,
			       kg_translate(language, "Table"), number);
	cmark_node_set_literal(mark, html ? html : "");
	if (title) {
		cmark_node_prepend_child(title, mark);
	} else {
		above = cmark_node_new(CMARK_NODE_PARAGRAPH);
		title = cmark_node_new(CMARK_NODE_STRONG);
		cmark_node_append_child(title, mark);
		cmark_node_append_child(above, title);
		cmark_node_insert_before(table, above);
	}
	return html ? KG_OK : kg_error_memory(rendering->error);
}

enum kg_status kg_render_table(struct kg_rendering *rendering, cmark_node *table)
{
	uint16_t columns = cmark_gfm_extensions_get_table_columns(table);
	const uint8_t *alignment = cmark_gfm_extensions_get_table_alignments(table);
	size_t count = rendering->ntable, characters;
	struct kg_rendered_table *longer =
	    kg_arena_grow(rendering->arena, rendering->table, count * sizeof *longer, (count + 1) * sizeof *longer);

	if (!longer)
		return kg_error_memory(rendering->error);
	longer[count] = (struct kg_rendered_table){ .region = rendering->region };
	rendering->table = longer;
	rendering->ntable++;
	for (uint16_t j = 0; j < columns; j++) {
		KG_TRY(measure_column(rendering, table, j, &characters));
		longer[count].width += (double)characters * CHARACTER_EM + CELL_EM;
		if (alignment[j] == 'r')
			KG_TRY(pad_column(rendering, table, j));
	}
	if (!rendering->region)
		return KG_OK;
	longer[count].number = ++rendering->nnumbered;
	return number_table(rendering, table, longer[count].number);
}

size_t kg_render_table_find(const struct kg_rendering *rendering, const char *id)
{
	for (size_t i = 0; i < rendering->ntable; i++)
		if (rendering->table[i].region && strcmp(rendering->table[i].region, id) == 0)
			return rendering->table[i].number;
	return 0;
}
