#include "notebook/render_table.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

#include "notebook/engine.h"
#include "report/display.h"

/* Blanks after the numbers of a right-aligned column, so that decimal characters stand below each other. */
static enum kg_status pad_column(const struct kg_rendering *rendering, cmark_node *table, size_t column)
{
	enum kg_language language = kg_engine_style(rendering->book).language;
	size_t most = 0;

	for (int pass = 0; pass < 2; pass++)
		for (cmark_node *row = cmark_node_next(cmark_node_first_child(table)); row;
		     row = cmark_node_next(row)) {
			cmark_node *cell = cmark_node_first_child(row), *pad;
			size_t fraction;
			char *text;

			for (size_t j = 0; j < column && cell; j++)
				cell = cmark_node_next(cell);
			text = cell ? kg_node_text(cell, rendering->arena) : "";
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

/* "Table 3. " before the bold title above the table, or as a line of its own where there is none. */
static enum kg_status number_table(struct kg_rendering *rendering, cmark_node *table)
{
	enum kg_language language = kg_engine_style(rendering->book).language;
	size_t number = ++rendering->ntable;
	const char **longer =
	    kg_arena_grow(rendering->arena, rendering->table, (number - 1) * sizeof *longer, number * sizeof *longer);
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
	if (!longer || !html)
		return kg_error_memory(rendering->error);
	longer[number - 1] = rendering->region;
	rendering->table = longer;
	return KG_OK;
}

enum kg_status kg_render_table(struct kg_rendering *rendering, cmark_node *table)
{
	uint16_t columns = cmark_gfm_extensions_get_table_columns(table);
	const uint8_t *alignment = cmark_gfm_extensions_get_table_alignments(table);

	for (uint16_t j = 0; j < columns; j++)
		if (alignment[j] == 'r')
			KG_TRY(pad_column(rendering, table, j));
	return rendering->region ? number_table(rendering, table) : KG_OK;
}

size_t kg_render_table_find(const struct kg_rendering *rendering, const char *id)
{
	for (size_t i = 0; i < rendering->ntable; i++)
		if (rendering->table[i] && strcmp(rendering->table[i], id) == 0)
			return i + 1;
	return 0;
}
