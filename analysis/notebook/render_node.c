#include "notebook/render_node.h"

#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/text.h"
#include "notebook/engine.h"
#include "notebook/render_image.h"
#include "notebook/render_table.h"
#include "report/html.h"

#define MARKER "<!-- keng:"

/* Nodes in the order of the text. */
struct nodes {
	cmark_node **node;
	size_t count, room;
};

static void add_text(cmark_node *node, struct kg_buffer *out)
{
	const char *literal = cmark_node_get_literal(node);
	cmark_node_type type = cmark_node_get_type(node);

	if (literal && type != CMARK_NODE_HTML_INLINE && type != CMARK_NODE_HTML_BLOCK)
		kg_buffer_add(out, literal);
	if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
		kg_buffer_add(out, " ");
	for (cmark_node *child = cmark_node_first_child(node); child; child = cmark_node_next(child))
		add_text(child, out);
}

char *kg_node_text(cmark_node *node, struct kg_arena *arena)
{
	struct kg_buffer out = kg_buffer_new(arena);

	add_text(node, &out);
	return out.failed ? NULL : out.text;
}

/* Puts HTML in the place of a node. */
static void replace(cmark_node *node, bool block, const char *html)
{
	cmark_node *raw = cmark_node_new(block ? CMARK_NODE_HTML_BLOCK : CMARK_NODE_HTML_INLINE);

	cmark_node_set_literal(raw, html);
	if (cmark_node_replace(node, raw))
		cmark_node_free(node);
	else
		cmark_node_free(raw);
}

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* What a value comment asks, without the comment's end. */
static void add_asked(const char *at, struct kg_buffer *html)
{
	const char *end = strstr(at, "-->");

	at += strspn(at, " ");
	while (end && end > at && end[-1] == ' ')
		end--;
	kg_html_text_n(html, at, end ? (size_t)(end - at) : strlen(at));
}

/* Markers become the elements they stand for; all other raw HTML is left out. */
static enum kg_status render_raw(struct kg_rendering *rendering, cmark_node *node)
{
	const char *at = cmark_node_get_literal(node);
	struct kg_buffer html = kg_buffer_new(rendering->arena);

	at += strspn(at, " ");
	if (starts(at, MARKER "out")) {
		at += strcspn(at, "#");
		kg_buffer_add(&html, "<section class=\"result\" id=\"result-");
		at += *at == '#';
		rendering->region = kg_arena_text_n(rendering->arena, at, strcspn(at, " "));
		kg_html_text_n(&html, at, strcspn(at, " "));
		kg_buffer_add(&html, "\">");
	} else if (starts(at, MARKER "end")) {
		rendering->region = NULL;
		kg_buffer_add(&html, "</section>");
	} else if (starts(at, MARKER "=")) {
		kg_buffer_add(&html, "<span class=\"value\" title=\"");
		add_asked(at + strlen(MARKER "="), &html);
		kg_buffer_add(&html, "\">");
	} else if (starts(at, MARKER ".")) {
		kg_buffer_add(&html, "</span>");
	}
	if (html.failed)
		return kg_error_memory(rendering->error);
	cmark_node_set_literal(node, html.text);
	return KG_OK;
}

static enum kg_status render_code(const struct kg_rendering *rendering, cmark_node *node)
{
	const char *info = cmark_node_get_fence_info(node);
	struct kg_buffer html = kg_buffer_new(rendering->arena);
	enum kg_language language = kg_engine_style(rendering->book).language;
	bool claim;

	if (!info || strncmp(info, "keng", 4) != 0 || (info[4] && info[4] != ' ' && info[4] != '-'))
		return KG_OK;
	if (rendering->paper) {
		replace(node, true, "");
		return KG_OK;
	}
	claim = info[4] == '-';
	kg_buffer_printf(&html, "<details class=\"commands\"><summary>%s <code>",
			 claim ? kg_translate(language, "Claim") : kg_translate(language, "Commands"));
	kg_html_text(&html, strchr(info, '#') ? strchr(info, '#') : "");
	kg_buffer_add(&html, "</code></summary><pre><code>");
	kg_html_text(&html, cmark_node_get_literal(node));
	kg_buffer_add(&html, "</code></pre></details>");
	if (html.failed)
		return kg_error_memory(rendering->error);
	replace(node, true, html.text);
	return KG_OK;
}

/* Addresses within the page's folder, and of the web and mail; no scripts. */
static bool is_safe_url(const char *url)
{
	static const char *const scheme[] = { "http:", "https:", "mailto:" };
	size_t length = strcspn(url, ":/?#");

	for (size_t i = 0; i < sizeof scheme / sizeof scheme[0]; i++)
		if (strncasecmp(url, scheme[i], strlen(scheme[i])) == 0)
			return true;
	return url[length] != ':';
}

/* Links to other notebooks lead to their pages. */
static enum kg_status render_link(const struct kg_rendering *rendering, cmark_node *node)
{
	const char *url = cmark_node_get_url(node), *end;
	char *page;

	if (!is_safe_url(url))
		cmark_node_set_url(node, "");
	url = cmark_node_get_url(node);
	end = strstr(url, ".md");
	if (!end || (end[3] && end[3] != '#') || strstr(url, "://"))
		return KG_OK;
	page = kg_arena_format(rendering->arena, "%.*s.html%s", (int)(end - url), url, end + 3);
	if (!page)
		return kg_error_memory(rendering->error);
	cmark_node_set_url(node, page);
	return KG_OK;
}

/* A picture that is a paragraph of its own becomes a figure with a number. */
static enum kg_status render_image(struct kg_rendering *rendering, cmark_node *node)
{
	const char *url = cmark_node_get_url(node);
	cmark_node *parent = cmark_node_parent(node);
	bool alone =
	    cmark_node_get_type(parent) == CMARK_NODE_PARAGRAPH && !cmark_node_next(node) && !cmark_node_previous(node);
	struct kg_buffer html = kg_buffer_new(rendering->arena);
	char *alt = kg_node_text(node, rendering->arena),
	     *path = kg_file_join(rendering->book->folder, url, rendering->arena);
	enum kg_language language = kg_engine_style(rendering->book).language;

	if (!alt || !path)
		return kg_error_memory(rendering->error);
	if (strstr(url, "://") || *url == '/' || !is_safe_url(url))
		return render_link(rendering, node);
	rendering->figure[rendering->nfigure++] = kg_arena_format(rendering->arena, "](%s)", url);
	if (alone)
		kg_buffer_printf(&html,
				 "<figure id=\"figure-%zu\"><div class=\"picture\" tabindex=\"0\" role=\"region\" "
				 "aria-label=\"%s %zu\">",
				 rendering->nfigure, kg_translate(language, "Figure"), rendering->nfigure);
	KG_TRY(kg_image_embed(path, alt, rendering->nfigure, &html, rendering->error));
	if (alone) {
		kg_buffer_printf(&html, "</div><figcaption>%s %zu. ", kg_translate(language, "Figure"),
				 rendering->nfigure);
		kg_html_text(&html, alt);
		kg_buffer_add(&html, "</figcaption></figure>");
	}
	KG_TRY(kg_buffer_check(&html, rendering->error));
	replace(alone ? parent : node, alone, html.text);
	return KG_OK;
}

static enum kg_status render_heading(struct kg_rendering *rendering, cmark_node *node)
{
	size_t count = rendering->nheading;
	char *text = kg_node_text(node, rendering->arena), *id = text ? kg_text_slug(text, rendering->arena) : NULL;
	struct kg_page_heading *longer =
	    kg_arena_grow(rendering->arena, rendering->heading, count * sizeof *longer, (count + 1) * sizeof *longer);

	if (!id || !longer)
		return kg_error_memory(rendering->error);
	for (size_t i = 0; i < count; i++)
		if (strcmp(longer[i].id, id) == 0)
			id = kg_arena_format(rendering->arena, "%s-%zu", id, count);
	if (!id)
		return kg_error_memory(rendering->error);
	longer[count] = (struct kg_page_heading){ cmark_node_get_heading_level(node), *id ? id : "section", text };
	rendering->heading = longer;
	rendering->nheading = count + 1;
	return KG_OK;
}

static enum kg_status render_node(struct kg_rendering *rendering, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE)
		return render_raw(rendering, node);
	if (type == CMARK_NODE_CODE_BLOCK)
		return render_code(rendering, node);
	if (type == CMARK_NODE_LINK)
		return render_link(rendering, node);
	if (type == CMARK_NODE_HEADING)
		return render_heading(rendering, node);
	if (strcmp(cmark_node_get_type_string(node), "table") == 0)
		return kg_render_table(rendering, node);
	return KG_OK;
}

/* Number of the first figure that a block's region shows; 0 = none. */
static size_t find_figure(const struct kg_rendering *rendering, const struct kg_book_block *block)
{
	const char *content = rendering->book->text + block->content_start;
	size_t length = block->has_region ? block->content_end - block->content_start : 0;

	for (size_t i = 0; i < rendering->nfigure; i++)
		if (rendering->figure[i] && memmem(content, length, rendering->figure[i], strlen(rendering->figure[i])))
			return i + 1;
	return 0;
}

/* A link without text to a block, `[](#growth)`, reads "Figure 2", or "Table 3" where it shows no figure, and leads
 * there; `[](#growth.table)` leads to the table of a block that shows both. */
static enum kg_status refer(const struct kg_rendering *rendering, cmark_node *node)
{
	enum kg_language language = kg_engine_style(rendering->book).language;
	const struct kg_book *book = rendering->book;
	const char *url = cmark_node_get_url(node), *id = url + (*url == '#'), *dot = strstr(id, ".table");
	size_t length = dot && !dot[6] ? (size_t)(dot - id) : strlen(id);
	size_t block = *url == '#' ? kg_book_find(book, id, length) : book->nblock, figure, table;
	cmark_node *text;
	char *words, *target;

	if (cmark_node_first_child(node) || block == book->nblock)
		return KG_OK;
	figure = id[length] ? 0 : find_figure(rendering, &book->block[block]);
	table = figure ? 0 : kg_render_table_find(rendering, book->block[block].id);
	words = figure	? kg_arena_format(rendering->arena, "%s %zu", kg_translate(language, "Figure"), figure)
		: table ? kg_arena_format(rendering->arena, "%s %zu", kg_translate(language, "Table"), table)
			: kg_arena_text(rendering->arena, book->block[block].id);
	target = figure	 ? kg_arena_format(rendering->arena, "#figure-%zu", figure)
		 : table ? kg_arena_format(rendering->arena, "#table-%zu", table)
			 : kg_arena_format(rendering->arena, "#result-%s", book->block[block].id);
	if (!words || !target)
		return kg_error_memory(rendering->error);
	text = cmark_node_new(CMARK_NODE_TEXT);
	cmark_node_set_literal(text, words);
	cmark_node_append_child(node, text);
	cmark_node_set_url(node, target);
	return KG_OK;
}

static bool add_node(struct nodes *nodes, cmark_node *node, struct kg_arena *arena)
{
	if (nodes->count == nodes->room) {
		size_t room = nodes->room ? nodes->room * 2 : 256;

		nodes->node = kg_arena_grow(arena, nodes->node, nodes->count * sizeof node, room * sizeof node);
		if (!nodes->node)
			return false;
		nodes->room = room;
	}
	nodes->node[nodes->count++] = node;
	return true;
}

static bool is_inside_image(cmark_node *node)
{
	while ((node = cmark_node_parent(node)))
		if (cmark_node_get_type(node) == CMARK_NODE_IMAGE)
			return true;
	return false;
}

/* The tree is changed only after the walk. kind[0]: most nodes; [1]: pictures, which may take their paragraph away;
 * [2]: links without text, once the pictures have numbers. */
static enum kg_status gather(cmark_node *root, struct kg_arena *arena, struct nodes *const *kind,
			     struct kg_error *error)
{
	cmark_iter *walk = cmark_iter_new(root);
	bool fine = true;

	while (fine && cmark_iter_next(walk) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(walk);

		cmark_node_type type = cmark_node_get_type(node);

		if (cmark_iter_get_event_type(walk) != CMARK_EVENT_ENTER || is_inside_image(node))
			continue;
		fine = add_node(kind[type == CMARK_NODE_IMAGE], node, arena) &&
		       (type != CMARK_NODE_LINK || cmark_node_first_child(node) || add_node(kind[2], node, arena));
	}
	cmark_iter_free(walk);
	return fine ? KG_OK : kg_error_memory(error);
}

enum kg_status kg_render_nodes(struct kg_rendering *rendering)
{
	struct nodes other = { 0 }, image = { 0 }, link = { 0 };

	KG_TRY(
	    gather(rendering->root, rendering->arena, (struct nodes *[]){ &other, &image, &link }, rendering->error));
	rendering->figure = KG_ARRAY(rendering->arena, const char *, image.count + 1);
	if (!rendering->figure)
		return kg_error_memory(rendering->error);
	for (size_t i = 0; i < other.count; i++)
		KG_TRY(render_node(rendering, other.node[i]));
	for (size_t i = 0; i < image.count; i++)
		KG_TRY(render_image(rendering, image.node[i]));
	for (size_t i = 0; i < link.count; i++)
		KG_TRY(refer(rendering, link.node[i]));
	return KG_OK;
}
