#include "notebook/render.h"

#include <cmark-gfm-core-extensions.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "notebook/engine.h"
#include "notebook/render_node.h"

/* Unsafe lets raw HTML through: kg_render_nodes has replaced all there was by its own. */
#define PAGE_OPTIONS (CMARK_OPT_TABLE_PREFER_STYLE_ATTRIBUTES | CMARK_OPT_UNSAFE)

void kg_render_prepare(void)
{
	cmark_gfm_core_extensions_ensure_registered();
}

static void free_node(void *node)
{
	cmark_node_free(node);
}

static enum kg_status parse(const struct kg_book *book, struct kg_arena *arena, cmark_node **root,
			    struct kg_error *error)
{
	static const char *const extension[] = { "table", "strikethrough", "autolink", "tasklist" };
	cmark_parser *parser;

	kg_render_prepare();
	parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	for (size_t i = 0; i < sizeof extension / sizeof extension[0]; i++)
		cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extension[i]));
	cmark_parser_feed(parser, book->text + book->front.length, book->length - book->front.length);
	*root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return kg_arena_defer(arena, free_node, *root) ? KG_OK : kg_error_memory(error);
}

/* The box of a table, which says how wide it is, so that on paper its letters are small enough. */
static void open_table(const struct kg_rendering *rendering, size_t index, struct kg_buffer *out)
{
	static const struct kg_rendered_table unknown = { .width = 1 };
	const struct kg_rendered_table *table = index < rendering->ntable ? &rendering->table[index] : &unknown;

	kg_buffer_printf(out, "<div class=\"scroll\" style=\"--width:%.0f\" tabindex=\"0\" role=\"region\" aria-label=\"%s",
			 table->width, kg_translate(kg_engine_style(rendering->book).language, "Table"));
	if (table->number)
		kg_buffer_printf(out, " %zu", table->number);
	kg_buffer_add(out, "\"><table>");
}

/* cmark's HTML with what it does not write: ids of headings, scopes of table headers, boxes that scroll. */
static void polish(const struct kg_rendering *rendering, const char *html, struct kg_buffer *out)
{
	size_t heading = 0, table = 0;

	while (*html) {
		if (html[0] == '<' && html[1] == 'h' && html[2] >= '1' && html[2] <= '6' && html[3] == '>' &&
		    heading < rendering->nheading) {
			kg_buffer_printf(out, "<h%c id=\"%s\">", html[2], rendering->heading[heading++].id);
			html += 4;
		} else if (strncmp(html, "<th>", 4) == 0 || strncmp(html, "<th ", 4) == 0) {
			kg_buffer_add(out, "<th scope=\"col\"");
			html += 3;
		} else if (strncmp(html, "<table>", 7) == 0) {
			open_table(rendering, table++, out);
			html += 7;
		} else if (strncmp(html, "</table>", 8) == 0) {
			kg_buffer_add(out, "</table></div>");
			html += 8;
		} else {
			kg_buffer_add_char(out, *html++);
		}
	}
}

/* The title's text, what the run wrote as character references put back. */
static void add_title(const char *text, size_t length, struct kg_buffer *out)
{
	for (const char *at = text, *end = text + length; at < end;) {
		char *stop = NULL;
		long code = strncmp(at, "&#", 2) == 0 ? strtol(at + 2, &stop, 10) : 0;

		if (strncmp(at, "&lt;", 4) == 0) {
			kg_buffer_add(out, "<");
			at += 4;
		} else if (code > ' ' && code < 127 && *stop == ';') {
			kg_buffer_add_char(out, (char)code);
			at = stop + 1;
		} else {
			kg_buffer_add_char(out, *at++);
		}
	}
}

const char *kg_render_title(const struct kg_book *book, struct kg_arena *arena)
{
	const char *title = kg_front_text(&book->front, "title", NULL), *open;
	struct kg_buffer out = kg_buffer_new(arena);

	if (!title)
		return kg_file_stem(book->path, arena);
	while ((open = strstr(title, "<!--")) && strstr(open, "-->")) {
		add_title(title, (size_t)(open - title), &out);
		title = strstr(open, "-->") + 3;
	}
	add_title(title, strlen(title), &out);
	return out.failed ? NULL : out.text;
}

const char *kg_render_summary(const struct kg_book *book, struct kg_arena *arena)
{
	struct kg_error ignored;
	cmark_node *root, *node;

	if (parse(book, arena, &root, &ignored) != KG_OK)
		return NULL;
	for (node = cmark_node_first_child(root); node; node = cmark_node_next(node))
		if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH)
			return kg_node_text(node, arena);
	return NULL;
}

/* A first heading of level 1 is the page's title, if the front matter has none. */
static void take_title(struct kg_rendering *rendering, struct kg_page *page)
{
	cmark_node *first = cmark_node_first_child(rendering->root);
	char *text;

	if (!first || cmark_node_get_type(first) != CMARK_NODE_HEADING || cmark_node_get_heading_level(first) != 1)
		return;
	text = kg_node_text(first, rendering->arena);
	if (text && !kg_front_find(&rendering->book->front, "", "title"))
		page->title = text;
	if (text && strcmp(page->title, text) == 0) {
		cmark_node_unlink(first);
		cmark_node_free(first);
	}
}

static const char *make_byline(const struct kg_book *book, struct kg_arena *arena)
{
	const char *author = kg_front_text(&book->front, "author", ""), *date = kg_front_text(&book->front, "date", "");

	if (!*author && !*date)
		return NULL;
	return kg_arena_format(arena, "%s%s%s", author, *author && *date ? ", " : "", date);
}

enum kg_status kg_render_book(const struct kg_book *book, bool paper, struct kg_arena *arena, struct kg_page *page,
			      struct kg_error *error)
{
	struct kg_rendering rendering = { .book = book, .paper = paper, .arena = arena, .error = error };
	struct kg_buffer body = kg_buffer_new(arena);
	char *html;

	*page = (struct kg_page){ .title = kg_render_title(book, arena),
				  .byline = make_byline(book, arena),
				  .language = kg_engine_style(book).language,
				  .synthetic = kg_stamp_synthetic(book),
				  .paper = paper };
	if (!page->title)
		return kg_error_memory(error);
	KG_TRY(parse(book, arena, &rendering.root, error));
	take_title(&rendering, page);
	KG_TRY(kg_render_nodes(&rendering));
	html = cmark_render_html(rendering.root, PAGE_OPTIONS, NULL);
	if (html)
		polish(&rendering, html, &body);
	free(html);
	KG_TRY(kg_buffer_check(&body, error));
	page->body = body.text;
	page->heading = rendering.heading;
	page->nheading = rendering.nheading;
	page->footer = kg_arena_format(arena, kg_translate(page->language, "Made by keng from %s"),
				       strrchr(book->path, '/') ? strrchr(book->path, '/') + 1 : book->path);
	return page->footer ? KG_OK : kg_error_memory(error);
}

enum kg_status kg_render_numbered(const struct kg_book *book, bool figure, size_t number, struct kg_arena *arena,
				  const char **what, struct kg_error *error)
{
	struct kg_rendering rendering = { .book = book, .arena = arena, .error = error };

	*what = NULL;
	KG_TRY(parse(book, arena, &rendering.root, error));
	KG_TRY(kg_render_nodes(&rendering));
	for (size_t i = 0; !figure && i < rendering.ntable; i++)
		if (rendering.table[i].number == number)
			*what = rendering.table[i].region;
	if (figure && number - 1 < rendering.nfigure)
		*what = kg_arena_text_n(arena, rendering.figure[number - 1] + 2, strlen(rendering.figure[number - 1]) - 3);
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}

enum kg_status kg_render_page(const char *path, bool paper, struct kg_buffer *html, struct kg_card *card,
			      struct kg_error *error)
{
	struct kg_page page;
	struct kg_book book;

	KG_TRY(kg_book_read(path, html->arena, &book, error));
	KG_TRY(kg_render_book(&book, paper, html->arena, &page, error));
	*card = (struct kg_card){ .title = page.title,
				  .summary = kg_render_summary(&book, html->arena),
				  .language = page.language,
				  .synthetic = page.synthetic };
	return kg_page_write(&page, html, error);
}
